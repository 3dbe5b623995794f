import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  ActiveDirectory,
  AppSecret,
  AppSetting,
  Cache,
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  Failover,
  type FargateComputeProps,
  FileShare,
  MultiAzClinicalApp,
  NeedPresence,
  type RecoveryNeed,
  RecoveryReadiness,
  RecoveryRunbook,
  ReplicatedImage,
  ResilienceMetadata,
  ResilienceObjectives,
} from '../../src';
import { certificate, certificateArn, type HospitalOptions, hospital, httpsWithoutZone } from '../support/hospital';
import { PLAIN, type System, twoRegions } from '../support/two-region-system';

const ACCOUNT = '111122223333';
const DIGEST = `sha256:${'a'.repeat(64)}`;
const accounts = { primaryAccount: ACCOUNT, recoveryAccount: ACCOUNT };
const ecr = (region: string) => `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/clinical/app@${DIGEST}`;
const image = ecs.ContainerImage.fromRegistry(`registry.example.org/app@${DIGEST}`);

function running(props: Partial<FargateComputeProps>, options: HospitalOptions = {}) {
  const compute = Compute.fargate({ image, port: 8080, peakTasks: 6, ...props });
  return hospital({ ...accounts, ...options, app: (stack) => ({ compute, ...options.app?.(stack) }) });
}

const found = (needs: RecoveryNeed[], kind: string) => needs.filter((need) => need.kind === kind);
const presences = (needs: RecoveryNeed[], kind: string) => found(needs, kind).map(({ presence }) => presence);

describe('what a system starts with in the recovery Region', () => {
  const { dr, recoveryStack } = running(
    { secrets: { PASSWORD: AppSecret.databasePassword(), LICENCE: AppSecret.fromSecretName('vendor/licence') } },
    { app: () => ({ cache: Cache.valkey({ nodeType: 'cache.r7g.large' }) }) },
  );

  test('is listed, with where it is', () => {
    expect(dr.needs.map(({ kind, presence }) => `${kind} ${presence}`)).toEqual([
      'image ELSEWHERE',
      'secret REPLICATED',
      'secret EXPECTED',
      'certificate MADE',
      'log group MADE',
      'database REPLICATED',
      'bucket REPLICATED',
      'cache MADE',
      'keys MADE',
      'name REPLICATED',
    ]);
  });

  test('is in the metadata of the template, for whoever judges it', () => {
    const { Metadata } = Template.fromStack(recoveryStack).toJSON();
    expect(Metadata[ResilienceMetadata.KEY].recoveryNeeds).toEqual({ 'EhrDr/Dr': dr.needs });
  });

  test('does not name what it would cost to guess: digests are shortened, values are not there', () => {
    expect(found(dr.needs, 'image')[0].name).toBe('registry.example.org/app@sha256:aaaaaaaaaaaa…');
  });

  test('is in the runbook: what nobody can be sure of by name, the rest in one line', () => {
    const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'somebody' });
    expect(markdown).toContain(
      '## It starts there with\n- image registry.example.org/app@sha256:aaaaaaaaaaaa…: a registry of somebody else',
    );
    expect(markdown).toContain('- secret vendor/licence: by its name, in this Region');
    expect(markdown).toContain(
      '- made or replicated in us-west-2: secret, certificate, log group, database, bucket, cache, keys, name',
    );
  });
});

test('what is only known at deployment is no placeholder, which a parameter would show as such', () => {
  const { dr, recoveryStack } = hospital({
    app: () => ({
      compute: Compute.fargate({
        image: new ReplicatedImage({ repositoryName: 'clinical/app', digest: DIGEST }),
        port: 8080,
        peakTasks: 6,
        secrets: { KEY: AppSecret.fromParameterName('/vendor/key') },
      }),
    }),
  });
  const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'somebody' });
  const [, listed] = markdown.split('## It starts there with');
  expect(listed.split('##')[0]).not.toContain('${');
  expect(dr.needs.map(({ name }) => name).join()).not.toContain('${');
  expect(listed).toContain('- image clinical/app@sha256:aaaaaaaaaaaa…: Amazon ECR of this Region');
  expect(listed).toContain('- parameter arn:<AWS::Partition>:ssm:us-west-2:<AWS::AccountId>:parameter/vendor/key');
});

describe('an image', () => {
  test.each<[string, ecs.ContainerImage, NeedPresence, RegExp]>([
    [
      'that Amazon ECR replicates is expected there',
      new ReplicatedImage({ repositoryName: 'clinical/app', digest: DIGEST }),
      NeedPresence.EXPECTED,
      /by replication of the registry/,
    ],
    [
      'that is an asset is pushed by each deployment',
      ecs.ContainerImage.fromAsset(`${__dirname}/../../examples/hapi-fhir`),
      NeedPresence.MADE,
      /pushed to Amazon ECR of this Region/,
    ],
    [
      'of a third Region is told of',
      ecs.ContainerImage.fromRegistry(ecr('eu-west-1')),
      NeedPresence.ELSEWHERE,
      /eu-west-1, a third Region/,
    ],
  ])('%s', (_, from, presence, source) => {
    const [need] = found(running({ image: from }).dr.needs, 'image');
    expect(need).toMatchObject({ presence, source: expect.stringMatching(source) });
  });

  test('in the primary Region only is refused, with what to do', () => {
    const { app } = running({ image: ecs.ContainerImage.fromRegistry(ecr('us-east-1')) });
    expect(() => app.synth()).toThrow(
      /\[EhrDr\/Dr\] the image clinical\/app@sha256:a{12}… is in us-east-1 only, and tasks in us-west-2 would need it to start while us-east-1 is lost; replicate its repository, and name it with ReplicatedImage \[NeedsLostRegion at EhrDr\/Dr\]/,
    );
  });

  test('in the primary Region only is refused in a container that was added later, too', () => {
    const { app, dr } = running({});
    const task = dr.recovery.compute.service?.taskDefinition as ecs.TaskDefinition;
    expect(() => dr.needs).not.toThrow();
    task.addContainer('Sidecar', { image: ecs.ContainerImage.fromRegistry(ecr('us-east-1')) });
    expect(() => app.synth()).toThrow(/NeedsLostRegion/);
  });

  test('that is added after all that was asked is in the template as well', () => {
    const { dr, recoveryStack } = running({});
    new RecoveryReadiness(recoveryStack, 'Readiness', { dr });
    expect(dr.needs).not.toEqual([]);
    const task = dr.recovery.compute.service?.taskDefinition as ecs.TaskDefinition;
    task.addContainer('Sidecar', { image });
    Template.fromStack(recoveryStack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Name: 'App' }), Match.objectLike({ Name: 'Sidecar' })],
    });
  });

  test('is no reason to refuse a system of one Region', () => {
    const { app, stack } = hospital({ ...accounts });
    new MultiAzClinicalApp(new Stack(app, 'Other', { env: { account: ACCOUNT, region: 'us-west-2' } }), 'Other', {
      systemName: 'other',
      objectives: ResilienceObjectives.forTier(ClinicalTier.NON_PRODUCTION),
      compute: Compute.fargate({ image: ecs.ContainerImage.fromRegistry(ecr('us-east-1')), port: 80, peakTasks: 1 }),
      ingress: [httpsWithoutZone(stack)].map(() => httpsWithoutZone(app.node.findChild('Other') as Stack)),
      health: hospitalHealth(stack),
    });
    expect(() => app.synth()).not.toThrow();
  });
});

/** That of the hospital, which it has anyway. */
function hospitalHealth(stack: Stack) {
  return (stack.node.findChild('Ehr') as MultiAzClinicalApp).health;
}

describe('a secret or parameter', () => {
  test('by name is expected there', () => {
    const { dr } = running({ secrets: { KEY: AppSecret.fromParameterName('/vendor/key') } });
    const [need] = found(dr.needs, 'parameter');
    expect(need).toMatchObject({ presence: NeedPresence.EXPECTED });
    expect(need.name).toContain('us-west-2');
  });

  test.each([
    [
      'secret',
      (stack: Stack) =>
        ecs.Secret.fromSecretsManager(
          Secret.fromSecretCompleteArn(
            stack,
            'Theirs',
            `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:vendor/licence-AbCdEf`,
          ),
          'key',
        ),
      /the secret arn:aws:secretsmanager:us-east-1:111122223333:secret:vendor\/licence-AbCdEf is in us-east-1 only.*AppSecret\.fromSecretName/,
    ],
  ] as const)('of the primary Region is refused: %s', (_, make, message) => {
    const { app, dr, recoveryStack } = running({});
    const task = dr.recovery.compute.service?.taskDefinition as ecs.TaskDefinition;
    task.addContainer('Sidecar', { image, secrets: { KEY: make(recoveryStack) } });
    expect(() => app.synth()).toThrow(message);
  });

  test('that the stack of the recovery Region makes itself is nobody else to provide', () => {
    const { app, dr, recoveryStack } = running({});
    const before = dr.needs.length;
    const task = dr.recovery.compute.service?.taskDefinition as ecs.TaskDefinition;
    const own = ecs.Secret.fromSecretsManager(new Secret(recoveryStack, 'Own'));
    task.addContainer('Sidecar', { image, secrets: { KEY: own } });
    expect(dr.needs).toHaveLength(before);
    expect(() => app.synth()).not.toThrow();
  });
});

describe('a certificate', () => {
  test('that was given is expected there', () => {
    const { dr } = running(
      {},
      {
        app: (stack) => ({ ingress: [httpsWithoutZone(stack)] }),
        dr: (stack) => ({
          failover: Failover.manual({
            redirectionTime: Duration.minutes(5),
            decisionTime: Duration.minutes(5),
            procedure: 'DR-1',
          }),
          recovery: { certificate: certificate(stack, 'theirs') },
        }),
      },
    );
    expect(presences(dr.needs, 'certificate')).toEqual([NeedPresence.EXPECTED]);
    expect(presences(dr.needs, 'name')).toEqual([NeedPresence.ELSEWHERE]); // no hosted zone: your own DNS
  });

  test('of the primary Region that a listener was given later is refused', () => {
    const { app, dr, stack, recoveryStack } = running({});
    const listener = dr.recovery.ingress[0].applicationLoadBalancer?.listeners[0];
    const theirs = Certificate.fromCertificateArn(recoveryStack, 'Theirs', certificateArn(stack, 'theirs'));
    listener?.addCertificates('More', [theirs]);
    expect(() => app.synth()).toThrow(
      /the certificate arn:aws:acm:us-east-1:.* is in us-east-1 only.*recovery: \{ certificate \}/,
    );
  });
});

describe('a log group', () => {
  const logging = (region: string) => {
    const made = running({});
    const task = made.dr.recovery.compute.service?.taskDefinition as ecs.TaskDefinition;
    const logGroup = LogGroup.fromLogGroupName(made.recoveryStack, 'Theirs', 'shared');
    const container = task.addContainer('Sidecar', {
      image,
      logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'x' }),
    });
    const options = container.logDriverConfig?.options as Record<string, string>;
    options['awslogs-region'] = region;
    return made;
  };

  test('of somebody else is expected there', () => {
    expect(presences(logging('us-west-2').dr.needs, 'log group')).toEqual([NeedPresence.MADE, NeedPresence.EXPECTED]);
  });

  test('in the primary Region is refused: a task that cannot log does not start', () => {
    expect(() => logging('us-east-1').app.synth()).toThrow(/the log group shared is in us-east-1 only/);
  });
});

test('an environment file has a bucket of a Region that its name does not tell', () => {
  const { dr } = running({});
  const task = dr.recovery.compute.service?.taskDefinition as ecs.TaskDefinition;
  const bucket = Bucket.fromBucketName(dr.recovery, 'Theirs', 'settings');
  const environmentFiles = [ecs.EnvironmentFile.fromBucket(bucket, 'app.env')];
  task.addContainer('Sidecar', { image, environmentFiles });
  expect(found(dr.needs, 'environment file')).toEqual([
    expect.objectContaining({ name: 's3://settings/app.env', presence: NeedPresence.EXPECTED }),
  ]);
});

describe('what instances, file systems and engines start with', () => {
  const needsOf = (system: Partial<System>, more: Partial<CrossRegionDrProps> = {}) =>
    twoRegions({ ...PLAIN, ...system }, more).needs;

  test('an image of a machine is expected there by the id of that Region', () => {
    expect(found(needsOf({ compute: 'ec2Fleet' }), 'machine image')).toEqual([
      expect.objectContaining({ name: 'ami-0fedcba9876543210', presence: NeedPresence.EXPECTED }),
    ]);
  });

  test('and named once, however many instances there are', () => {
    const pair = needsOf({ strategy: 'BACKUP_AND_RESTORE', compute: 'statefulPair' });
    expect(found(pair, 'machine image').map(({ name }) => name)).toContain('ami-0fedcba9876543210');
    expect(new Set(pair.map(({ kind, name }) => `${kind} ${name}`)).size).toBe(pair.length);
  });

  test('a directory of AWS is expected there, under the same id', () => {
    const [directory] = found(needsOf({ strategy: 'BACKUP_AND_RESTORE', files: 'fsxWindows' }), 'directory');
    expect(directory).toMatchObject({ name: 'd-1234567890', presence: NeedPresence.EXPECTED });
    expect(directory.source).toMatch(/AWS Directory Service of us-west-2/);
  });

  const joining = (secretRegion: string) =>
    twoRegions(
      { ...PLAIN, strategy: 'BACKUP_AND_RESTORE', files: 'fsxWindows' },
      {
        recovery: {
          files: {
            archive: FileShare.fsxWindows({
              storageCapacity: Size.tebibytes(2),
              activeDirectory: ActiveDirectory.selfManaged({
                domainName: 'corp.example.org',
                dnsIps: ['10.9.0.10', '10.9.0.11'],
                credentials: Secret.fromSecretCompleteArn(
                  new Stack(),
                  'Join',
                  `arn:aws:secretsmanager:${secretRegion}:111111111111:secret:fsx/join-AbCdEf`,
                ),
              }),
            }),
          },
        },
      },
    );

  test('a directory of the hospital is elsewhere, and the credentials to join it are expected there', () => {
    const { needs } = joining('us-west-2');
    expect(found(needs, 'directory')).toEqual([
      expect.objectContaining({ name: 'corp.example.org', presence: NeedPresence.ELSEWHERE }),
    ]);
    expect(found(needs, 'secret')).toEqual([
      expect.objectContaining({ name: expect.stringContaining('fsx/join'), presence: NeedPresence.EXPECTED }),
    ]);
  });

  test('credentials to join it that are in the primary Region only are refused', () => {
    expect(joining('us-east-2').node.validate().join()).toMatch(
      /the secret arn:aws:secretsmanager:us-east-2:.*fsx\/join-AbCdEf is in us-east-2 only.*give recovery: \{ files \} a share.*\[NeedsLostRegion at EhrDr\/Dr\]/,
    );
  });

  test('a licence that you bring is yours to have for two Regions', () => {
    const needs = needsOf({ strategy: 'BACKUP_AND_RESTORE', database: 'rdsOracle' });
    expect(found(needs, 'licence')).toEqual([
      expect.objectContaining({ name: 'oracle-ee', presence: NeedPresence.ELSEWHERE }),
    ]);
    expect(found(needsOf({ strategy: 'BACKUP_AND_RESTORE', database: 'rdsSqlServer' }), 'licence')).toEqual([]);
  });
});

describe('a setting', () => {
  const warned = (environment: Record<string, AppSetting>) =>
    Annotations.fromStack(running({ environment }).recoveryStack).findWarning(
      '/EhrDr/Dr',
      Match.stringLikeRegexp('while us-east-1 is lost, what starts here asks it in vain.*startNamesLostRegion'),
    );

  test.each([
    ['an address', 'https://sqs.us-east-1.amazonaws.com/111122223333/orders', 'sqs.us-east-1.amazonaws.com'],
    [
      'an address of a database',
      'ehr.cluster-abc.us-east-1.rds.amazonaws.com:5432',
      'ehr.cluster-abc.us-east-1.rds.amazonaws.com',
    ],
    ['a function', 'https://abc.lambda-url.us-east-1.on.aws/', 'abc.lambda-url.us-east-1.on.aws'],
    ['an ARN', 'arn:aws:sns:us-east-1:111122223333:orders', 'arn:aws:sns:us-east-1:111122223333:orders'],
  ])('that names %s of the primary Region is warned of', (_, value, mention) => {
    const warnings = warned({ TARGET: AppSetting.of(value) });
    expect(warnings).toHaveLength(1);
    expect(String(warnings[0].entry.data)).toContain(`Task/App names ${mention}:`);
  });

  test.each([
    ['the Region itself', 'us-east-1'],
    ['the recovery Region', 'https://sqs.us-west-2.amazonaws.com/111122223333/orders'],
    ['a Region whose name only begins alike', 'https://sqs.us-east-10.amazonaws.com/x'],
  ])('that names %s is not', (_, value) => {
    expect(warned({ TARGET: AppSetting.of(value) })).toEqual([]);
  });
});
