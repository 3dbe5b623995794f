import { type Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DataClass } from '../../src';
import { hospital } from '../support/hospital';

interface Tagged {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}

/** Tags are a list on most types, and a map on a few, under several names. */
function tagsOf({ Properties }: Tagged): Record<string, unknown> | undefined {
  const [, tags] =
    Object.entries(Properties ?? {}).find(([name, value]) => /Tags$/.test(name) && typeof value === 'object') ?? [];
  if (Array.isArray(tags)) {
    return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  }
  return tags as Record<string, unknown> | undefined;
}

function resourcesOf(stack: Stack): [string, Tagged][] {
  return Object.entries<Tagged>(Template.fromStack(stack).toJSON().Resources);
}

const OURS = { 'ehr:system': 'hapi-fhir', 'ehr:tier': 'LIFE_CRITICAL', 'ehr:data-class': 'PHI' };

describe('a system in two Regions', () => {
  const { stack, recoveryStack, dr } = hospital();

  test.each([
    ['the primary', stack],
    ['the recovery', recoveryStack],
    ['the landing', dr.landing.stack],
  ])(
    'says on everything that takes tags, in %s stack, what it belongs to, how critical that is and what its data is about',
    (_, where) => {
      const tagged = resourcesOf(where).filter(([, resource]) => tagsOf(resource));
      expect(tagged.length).toBeGreaterThan(5);
      expect(tagged.filter(([, resource]) => !contains(tagsOf(resource), OURS)).map(([id]) => id)).toEqual([]);
    },
  );

  test('leaves no store, key, secret or machine without', () => {
    const types =
      /::(DBCluster|DBInstance|Bucket|BackupVault|Key|Secret|Service|LoadBalancer|LogGroup|Topic|VPC|Subnet)$/;
    const bare = [stack, recoveryStack, dr.landing.stack]
      .flatMap(resourcesOf)
      .filter(([, resource]) => types.test(resource.Type) && !tagsOf(resource));
    expect(bare.map(([id, { Type }]) => `${id} ${Type}`)).toEqual([]);
  });
});

test('data without patients is tagged so, and a tag of the user wins', () => {
  const { stack } = hospital({
    app: (scope) => {
      Tags.of(scope).add('ehr:tier', 'ours');
      return { dataClass: DataClass.SYNTHETIC };
    },
  });
  const [, key] = resourcesOf(stack).find(([, { Type }]) => Type === 'AWS::KMS::Key') as [string, Tagged];
  expect(tagsOf(key)).toEqual({ ...OURS, 'ehr:tier': 'ours', 'ehr:data-class': 'SYNTHETIC' });
});

function contains(tags: Record<string, unknown> | undefined, wanted: Record<string, unknown>): boolean {
  return Object.entries(wanted).every(([key, value]) => tags?.[key] === value);
}
