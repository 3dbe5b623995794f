import { App, Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ImageReplication, type ImageReplicationProps, SecurityBaseline } from '../../src';

const account = '111122223333';

function stackIn(region?: string, app = new App()): Stack {
  return new Stack(app, `Stack-${region}`, { env: { account, region } });
}

function replicated(props: Partial<ImageReplicationProps>, stack = stackIn('us-east-1')): Stack {
  new ImageReplication(stack, 'Images', {
    destinationRegions: ['us-west-2'],
    repositoryPrefixes: ['hospital/'],
    ...props,
  });
  return stack;
}

test('the registry copies what is pushed to the named repositories, and nothing else', () => {
  Template.fromStack(replicated({ repositoryPrefixes: ['hospital/', 'laboratory'] })).hasResourceProperties(
    'AWS::ECR::ReplicationConfiguration',
    {
      ReplicationConfiguration: {
        Rules: [
          {
            Destinations: [{ Region: 'us-west-2', RegistryId: account }],
            RepositoryFilters: [
              { Filter: 'hospital/', FilterType: 'PREFIX_MATCH' },
              { Filter: 'laboratory', FilterType: 'PREFIX_MATCH' },
            ],
          },
        ],
      },
    },
  );
});

test('its logical id is a contract: the setting exists once', () => {
  const found = Template.fromStack(replicated({})).findResources('AWS::ECR::ReplicationConfiguration');
  expect(Object.keys(found)).toEqual(['ImagesConfiguration4BA5FD9F']);
});

test('stays when its stack goes, or gives it another place: images of a Region to come would be missing', () => {
  Template.fromStack(replicated({})).hasResource('AWS::ECR::ReplicationConfiguration', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test('each Region has its own, so that images come back', () => {
  const app = new App();
  replicated({}, stackIn('us-east-1', app));
  expect(() => replicated({ destinationRegions: ['us-east-1'] }, stackIn('us-west-2', app))).not.toThrow();
});

test('stays where it is in GovCloud and China', () => {
  const gov = replicated({ destinationRegions: ['us-gov-east-1'] }, stackIn('us-gov-west-1'));
  Template.fromStack(gov).resourceCountIs('AWS::ECR::ReplicationConfiguration', 1);
});

test('takes what is only known at deployment', () => {
  expect(() => replicated({ repositoryPrefixes: [Aws.STACK_NAME], destinationRegions: [Aws.REGION] })).not.toThrow();
});

test('beside a security baseline, which exists once as well', () => {
  const stack = stackIn('us-east-1');
  new SecurityBaseline(stack, 'Security', { homeRegion: 'us-east-1', linkedRegions: [] });
  expect(() => replicated({}, stack)).not.toThrow();
});

test('fails for a second one in an account and Region: the later deployment would win', () => {
  const stack = replicated({});
  expect(
    () => new ImageReplication(stack, 'More', { destinationRegions: ['us-west-2'], repositoryPrefixes: ['a'] }),
  ).toThrow(
    'Stack-us-east-1/Images sets already what the registry in us-east-1 copies, and the later deployment would win; give that one the prefixes of both [SecondImageReplication at Stack-us-east-1/More]',
  );
});

test('fails with everything that is wrong at once', () => {
  expect(() =>
    replicated({ destinationRegions: ['us-east-1', 'us-east-1', 'cn-north-1'], repositoryPrefixes: ['', 'Hospital/'] }),
  ).toThrow(
    /us-east-1 is this registry's own Region; leave it out; destinationRegions names one twice: us-east-1, us-east-1, cn-north-1; cn-north-1 cannot get copies from us-east-1: images do not cross partitions; a prefix is .* got "", "Hospital\/" \[InvalidImageReplication at Stack-us-east-1\/Images\]/,
  );
});

test.each([0, 26])('fails with %d destinations', (count) => {
  const regions = Array.from({ length: count }, (_, i) => `eu-north-${i}`);
  expect(() => replicated({ destinationRegions: regions })).toThrow(`must name one to 25 Regions, got ${count}`);
});

test.each([0, 101])('fails with %d prefixes', (count) => {
  const prefixes = Array.from({ length: count }, (_, i) => `p${i}/`);
  expect(() => replicated({ repositoryPrefixes: prefixes })).toThrow(`one to 100 beginnings of names, got ${count}`);
});

test('fails where the Region is only known at deployment', () => {
  expect(() => replicated({}, new Stack())).toThrow(/a registry cannot copy images to itself.*RegionMustBeKnown/);
});
