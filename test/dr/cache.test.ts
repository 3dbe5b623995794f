import { CfnParameter, Duration, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  AppSecret,
  AppSetting,
  Cache,
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  DrStrategy,
  Failover,
  type MultiAzClinicalAppProps,
  RecoveryReadiness,
  RecoveryRunbook,
  ResilienceMetadata,
  ResilienceObjectives,
} from '../../src';
import { assess } from '../../src/assessment/judge';
import { type JsonObject, readAssembly } from '../../src/assessment/model';
import { FailureScope } from '../../src/core/failure-scope';
import { cacheCheck } from '../../src/dr/private/cache-check';
import { outlookFrom } from '../../src/dr/private/readiness-check';
import { certificate, type HospitalOptions, hospital, httpsWithoutZone } from '../support/hospital';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const DATASTORE = 'AWS::ElastiCache::GlobalReplicationGroup';
const ID = 'ldgnf-hapi-fhir'; // of a datastore that was made in us-east-1
const ACCOUNT = '111111111111';

const aDay = { rto: Duration.hours(24), rpo: Duration.hours(24) };
const patient = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  region: { ...aDay, rtoReadOnly: Duration.hours(4) },
  twoAvailabilityZones: aDay,
});

const followed = () => Cache.valkey({ nodeType: 'cache.m7g.large', globalDatastore: true });

/** A system whose sessions follow into the other Region. */
function portal(
  dr: Partial<CrossRegionDrProps> = {},
  app: Partial<MultiAzClinicalAppProps> = {},
  options: HospitalOptions = {},
) {
  return hospital({
    primaryAccount: ACCOUNT,
    recoveryAccount: ACCOUNT,
    ...options,
    app: (stack) => ({
      objectives: patient,
      cache: followed(),
      compute: Compute.fargate({
        image: ContainerImage.fromRegistry(`portal@sha256:${'0'.repeat(64)}`),
        port: 8080,
        peakTasks: 4,
        environment: { SESSIONS: AppSetting.format('rediss://{cache.primary}:{cache.port}') },
        secrets: { SESSIONS_PASSWORD: AppSecret.cachePassword() },
      }),
      ...app,
      ...options.app?.(stack),
    }),
    dr: (stack) => ({ strategy: DrStrategy.pilotLight(), ...dr, ...options.dr?.(stack) }),
  });
}

function groupIn(template: Template) {
  const [found] = Object.values(template.findResources(GROUP));
  return found.Properties;
}

/** A command as it is published. */
function commandIn(template: Template, id: string): string {
  const [, output] = Object.entries(template.toJSON().Outputs).filter(([key]) => key.includes(id))[0] ?? [];
  return (output as { Value: string } | undefined)?.Value ?? '';
}

describe('a cache that follows into another Region', () => {
  const { stack, recoveryStack, dr, ehr, app } = portal();
  const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'somebody' });
  new RecoveryReadiness(recoveryStack, 'Readiness', { dr });
  Tags.of(stack).add('cost-centre', '4711'); // which reaches a datastore with newer versions of aws-cdk-lib only
  const primary = Template.fromStack(stack);
  const recovery = Template.fromStack(recoveryStack);

  test('is the first member of a global datastore, which is told of no other: CloudFormation makes it with one', () => {
    const [{ Properties }] = Object.values(primary.findResources(DATASTORE));
    expect(Properties).toEqual({
      GlobalReplicationGroupIdSuffix: 'hapi-fhir',
      GlobalReplicationGroupDescription: 'Cache of hapi-fhir in two Regions',
      Members: [
        {
          ReplicationGroupId: { Ref: Object.keys(primary.findResources(GROUP))[0] },
          ReplicationGroupRegion: 'us-east-1',
          Role: 'PRIMARY',
        },
      ],
    });
    recovery.resourceCountIs(DATASTORE, 0);
  });

  test('its copy joins by the id that AWS gives in that Region, and is given nothing that it takes from the primary', () => {
    const copy = groupIn(recovery);
    expect(copy).toMatchObject({
      ReplicationGroupId: 'hapi-fhir-copy',
      GlobalReplicationGroupId: ID,
      NumCacheClusters: 3,
      Port: 6380,
      SnapshotRetentionLimit: 15,
    });
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html
    for (const inherited of [
      'Engine',
      'EngineVersion',
      'CacheNodeType',
      'CacheParameterGroupName',
      'AutomaticFailoverEnabled',
      'MultiAZEnabled',
      'NumNodeGroups',
      'AtRestEncryptionEnabled',
      'TransitEncryptionEnabled',
      'TransitEncryptionMode',
      'AutoMinorVersionUpgrade',
      'PrimaryClusterId',
      'SnapshotName',
    ]) {
      expect(copy).not.toHaveProperty(inherited);
    }
  });

  test('key, password, logs and security group are those of its own Region', () => {
    const copy = groupIn(recovery);
    expect(recovery.findResources('AWS::KMS::Key')).toHaveProperty(copy.KmsKeyId['Fn::GetAtt'][0]);
    expect(JSON.stringify(copy.AuthToken)).toContain('{{resolve:secretsmanager:');
    recovery.hasResourceProperties('AWS::SecretsManager::Secret', { Name: 'hapi-fhir/cache' });
    expect(copy.LogDeliveryConfigurations).toHaveLength(1);
    expect(copy.SecurityGroupIds).toHaveLength(1);
  });

  test('its application is told the address of its own Region, which does not change with a failover', () => {
    recovery.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: Match.arrayWith([
        Match.objectLike({
          Environment: Match.arrayWith([
            {
              Name: 'SESSIONS',
              Value: {
                'Fn::Join': [
                  '',
                  ['rediss://', { 'Fn::GetAtt': [Match.anyValue(), 'PrimaryEndPoint.Address'] }, ':6380'],
                ],
              },
            },
          ]),
        }),
      ]),
    });
  });

  test('is promoted by one call, asked of the recovery Region alone', () => {
    expect(commandIn(recovery, 'PromoteCache')).toBe(
      `aws elasticache failover-global-replication-group --region us-west-2 --global-replication-group-id ${ID} --primary-region us-west-2 --primary-replication-group-id hapi-fhir-copy`,
    );
  });

  test('returns by the same call for the other Region, which a loss of the recovery Region does not stop', () => {
    expect(commandIn(primary, 'ReclaimCache')).toBe(
      `aws elasticache failover-global-replication-group --region us-east-1 --global-replication-group-id ${ID} --primary-region us-east-1 --primary-replication-group-id hapi-fhir`,
    );
  });

  test('can be made a cache of its own, where promotion is refused, and before it is removed', () => {
    expect(commandIn(recovery, 'DetachCache')).toBe(
      `aws elasticache disassociate-global-replication-group --region us-west-2 --global-replication-group-id ${ID} --replication-group-id hapi-fhir-copy --replication-group-region us-west-2`,
    );
  });

  test('adds its promotion to the estimate, and nothing to what may be lost: it holds no record alone', () => {
    expect(dr.estimate.untilWritable.map(({ description }) => description)).toContain(
      'the copy of the cache is promoted, and takes writes',
    );
    const without = portal({}, { cache: Cache.valkey({ nodeType: 'cache.m7g.large' }) }).dr.estimate;
    expect(dr.estimate.rto.toSeconds() - without.rto.toSeconds()).toBe(300);
    expect(dr.estimate.rpo.toSeconds()).toBe(without.rpo.toSeconds());
  });

  test('is watched where it is, by the node that is the primary there, and silence is no copy', () => {
    const alarms = Object.entries(recovery.findResources('AWS::CloudWatch::Alarm'));
    const [[, { Properties }]] = alarms.filter(([id]) => id.includes('CacheReplicationLag'));
    expect(Properties).toMatchObject({ TreatMissingData: 'breaching', Threshold: 86_400, EvaluationPeriods: 3 });
    expect(Properties.Metrics).toContainEqual(
      expect.objectContaining({ Expression: 'MAX([node001, node002, node003])' }),
    );
    expect(JSON.stringify(Properties.Metrics)).toContain('GlobalDatastoreReplicationLag');
    expect(JSON.stringify(Properties.Metrics)).toContain('"Value":"hapi-fhir-copy-003"');
    expect(Properties.AlarmActions).toHaveLength(1);
  });

  test('is watched in the first Region too, where the copy is after a failover: before, there is no data', () => {
    const alarms = Object.entries(primary.findResources('AWS::CloudWatch::Alarm'));
    const [[, { Properties }]] = alarms.filter(([id]) => id.includes('RegionLagAlarm'));
    expect(Properties).toMatchObject({ TreatMissingData: 'missing', Threshold: 86_400 });
    expect(JSON.stringify(Properties.Metrics)).toContain('"Value":"hapi-fhir-001"');
    expect(Properties.AlarmActions).toHaveLength(1);
  });

  test('is a need that is replicated, and a step of the runbook, there and back', () => {
    expect(dr.needs.find(({ kind }) => kind === 'cache')).toMatchObject({ presence: 'REPLICATED' });
    const [there, back] = markdown.split('## Go back');
    expect(there).toContain(`Make the cache write here. Until it does, nobody can sign in`);
    expect(there).toContain(commandIn(recovery, 'PromoteCache'));
    expect(there).toContain(commandIn(recovery, 'DetachCache'));
    expect(back).toContain('Make the cache write in us-east-1 again');
    expect(back).toContain(commandIn(primary, 'ReclaimCache'));
    expect(back).toContain('describe-global-replication-groups --region us-east-1');
  });

  test('is promoted by the automation, before users are sent, and it may promote this one alone', () => {
    const [document] = Object.values(recovery.findResources('AWS::SSM::Document'));
    const steps = document.Properties.Content.mainSteps;
    expect(steps.map(({ name }: { name: string }) => name)).toEqual([
      'StartCompute',
      'PromoteDatabase',
      'PromoteCache',
      'SendUsersHere',
    ]);
    // one that writes here already refuses, and must not keep users away
    expect(steps[2]).toMatchObject({
      onFailure: 'Continue',
      inputs: { Service: 'elasticache', Api: 'FailoverGlobalReplicationGroup', GlobalReplicationGroupId: ID },
    });
    const statements = Object.values(recovery.findResources('AWS::IAM::ManagedPolicy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const [{ Resource }] = statements.filter(({ Action }) => Action === 'elasticache:FailoverGlobalReplicationGroup');
    expect(JSON.stringify(Resource)).toContain(`:elasticache::${ACCOUNT}:globalreplicationgroup:${ID}`);
  });

  test('is looked at by RecoveryReadiness, which may describe the caches of both Regions and no other', () => {
    const text = JSON.stringify(recovery.toJSON().Resources);
    expect(text).toContain(
      '\\"Cache\\":{\\"here\\":\\"hapi-fhir-copy\\",\\"there\\":\\"hapi-fhir\\",\\"datastore\\":\\"ldgnf-hapi-fhir\\",\\"nodes\\":3,\\"serving\\":false}',
    );
    const statements = Object.values(recovery.findResources('AWS::IAM::ManagedPolicy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const [{ Resource }] = statements.filter(({ Action }) => Action === 'elasticache:DescribeReplicationGroups');
    for (const [index, end] of [
      'us-west-2:111111111111:replicationgroup:hapi-fhir-copy',
      'us-east-1:111111111111:replicationgroup:hapi-fhir',
    ].entries()) {
      expect(JSON.stringify(Resource[index])).toMatch(new RegExp(`${end}"`));
    }
  });

  test('says its id, for who has to write it down', () => {
    const [output] = Object.entries(primary.toJSON().Outputs).filter(([key]) => key.includes('GlobalDatastoreId'));
    const [datastore] = Object.keys(primary.findResources(DATASTORE));
    expect(output[1]).toMatchObject({ Value: { 'Fn::GetAtt': [datastore, 'GlobalReplicationGroupId'] } });
    expect(ehr.cache?.replication).toBeDefined();
    expect(ehr.cache?.promoteCall).toBeUndefined();
  });

  test('the judge knows the copy for one: nothing of it is wrong or unknown', () => {
    const directory = app.synth().directory;
    const { systems, rules, notices } = assess(readAssembly([directory]));
    const [serving] = systems.flatMap(({ entryPoints }) => entryPoints.filter(({ standby }) => !standby));
    const region = serving.scopes.find(({ scope }) => scope === FailureScope.REGION);
    expect(region?.verdict).toBe('MEETS');
    const about = [...rules.failed, ...rules.unknown].filter(({ resource }) =>
      /\/Cache\/(ReplicationGroup|GlobalDatastore)/.test(resource),
    );
    expect(about.map(({ id, resource }) => `${id} ${resource}`)).toEqual([]);
    expect(JSON.stringify(notices)).not.toContain('GlobalReplicationGroup');
  });
});

describe('after a failover', () => {
  const { recoveryStack, dr } = portal({ activeRegion: 'us-west-2' });

  test('silence of the copy, which is none any more, is no alarm', () => {
    Template.fromStack(recoveryStack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('copy of the cache'),
      TreatMissingData: 'missing',
    });
  });

  test('either Region may be the one that would take over: readiness asks for the other role', () => {
    const wanted = ['us-east-1', 'us-west-2'].map((region) => cacheCheck(outlookFrom(dr, region))?.wanted);
    const common = { datastore: ID, nodes: 3 };
    expect(wanted).toEqual([
      { here: 'hapi-fhir', there: 'hapi-fhir-copy', serving: false, ...common },
      { here: 'hapi-fhir-copy', there: 'hapi-fhir', serving: true, ...common },
    ]);
  });

  test('the copy still joins the same datastore', () => {
    expect(groupIn(Template.fromStack(recoveryStack)).GlobalReplicationGroupId).toBe(ID);
  });
});

test.each([
  ['us-west-2', 'us-east-1', 'sgaui-hapi-fhir'],
  ['eu-central-1', 'eu-west-1', 'iudkw-hapi-fhir'],
])('a datastore of %s is known by its prefix', (primaryRegion, recoveryRegion, id) => {
  const { recoveryStack } = portal({}, {}, { primaryRegion, recoveryRegion });
  expect(groupIn(Template.fromStack(recoveryStack)).GlobalReplicationGroupId).toBe(id);
});

describe('where AWS documents no prefix', () => {
  const govCloud = {
    primaryRegion: 'us-gov-west-1',
    recoveryRegion: 'us-gov-east-1',
    app: (stack: Parameters<typeof httpsWithoutZone>[0]) => ({ ingress: [httpsWithoutZone(stack)] }),
    dr: (stack: Parameters<typeof certificate>[0]) => ({
      failover: Failover.manual({
        decisionTime: Duration.minutes(15),
        redirectionTime: Duration.minutes(15),
        procedure: 'RB-7',
      }),
      recovery: { certificate: certificate(stack, 'there') },
    }),
  };

  test('somebody has to say the id', () => {
    expect(() => portal({}, {}, govCloud)).toThrow(
      /AWS documents no prefix of global datastores for us-gov-west-1.*output GlobalDatastoreId.*\[GlobalDatastoreNotNamed/,
    );
  });

  test('it is taken, and names no commercial partition', () => {
    const { recoveryStack } = portal({ globalDatastoreId: 'abcde-hapi-fhir' }, {}, govCloud);
    const template = Template.fromStack(recoveryStack);
    expect(groupIn(template).GlobalReplicationGroupId).toBe('abcde-hapi-fhir');
    expect(commandIn(template, 'PromoteCache')).toContain('--global-replication-group-id abcde-hapi-fhir');
  });
});

describe('fails when', () => {
  test.each([
    ['a warm standby', DrStrategy.warmStandby(), 'could not sign in'],
    ['a hot standby', DrStrategy.hotStandby(), 'could not sign in'],
    ['active/active', DrStrategy.activeActive(), 'takes writes in one Region'],
  ])('readers of %s would come to a cache that only reads', (_, strategy, why) => {
    expect(() => portal({ strategy })).toThrow(new RegExp(`${why}.*\\[InvalidCrossRegionDr`));
  });

  test('nothing is kept running there', () => {
    expect(() =>
      portal({
        strategy: DrStrategy.backupAndRestore(),
        measuredRestore: { restoreTime: Duration.hours(1), source: 'a test' },
      }),
    ).toThrow(/the cache follows into the other Region, where BACKUP_AND_RESTORE keeps nothing running/);
  });

  test('a strategy is left out, and none but a standby is soon enough', () => {
    const region = { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(15) };
    const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-1', region });
    expect(() => portal({ strategy: undefined }, { objectives })).toThrow(/WARM_STANDBY does not meet .*sign in/);
  });

  test('a plan would send users before the cache is promoted', () => {
    expect(() =>
      portal(
        {},
        {},
        {
          dr: (stack) => ({
            failover: Failover.regionSwitch({ approvers: Role.fromRoleName(stack, 'Leads', 'leads') }),
          }),
        },
      ),
    ).toThrow(/before anybody has promoted the cache.*\[InvalidReplicatedCache/);
  });

  test('an id is given to a cache that does not follow', () => {
    const cache = Cache.valkey({ nodeType: 'cache.t4g.medium' });
    expect(() => portal({ globalDatastoreId: ID }, { cache })).toThrow(
      /globalDatastoreId is ldgnf-hapi-fhir, but the system has no cache that follows/,
    );
  });

  test.each(['sgaui-hapi-fhir', 'ldgnf-other', 'hapi-fhir'])('the id is that of another datastore: %s', (id) => {
    expect(() => portal({ globalDatastoreId: id })).toThrow(
      /globalDatastoreId must be ldgnf-hapi-fhir, written out, got .*\[InvalidGlobalDatastore/,
    );
  });

  test('the id is a token', () => {
    expect(() =>
      portal({}, {}, { dr: (stack) => ({ globalDatastoreId: new CfnParameter(stack, 'Id').valueAsString }) }),
    ).toThrow(/written out, got a token/);
  });
});

test('the claim in the templates holds the promotion', () => {
  const { stack } = portal();
  const metadata = Template.fromStack(stack).toJSON().Metadata as JsonObject;
  expect(JSON.stringify(metadata[ResilienceMetadata.KEY])).toContain('the copy of the cache is promoted');
});
