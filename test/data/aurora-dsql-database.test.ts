import { App, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DataProtection } from '../../src/core';
import {
  type AuroraDsqlProps,
  ClinicalBackup,
  Database,
  type DatabaseBindOptions,
  type DatabaseReplicaSource,
} from '../../src/data';
import { ACCOUNT, bindDatabase, codeOf, dataStack, KEY_ALIAS_ARN, objectives, VIRGINIA } from '../support/data';

const ARNS = ['us-east-1', 'us-west-2'].map(
  (region, side) => `arn:aws:dsql:${region}:${ACCOUNT}:cluster/${'ab'[side].repeat(26)}`,
);
const multiRegion = { witnessRegion: 'us-east-2', clusterArns: ARNS };
const TARGET = { region: 'us-west-2', encryptionKeyArn: KEY_ALIAS_ARN };

function bound(props?: AuroraDsqlProps, options?: Partial<DatabaseBindOptions>, env = VIRGINIA, zones = 3) {
  const stack = dataStack(env, zones);
  const database = bindDatabase(stack, Database.auroraDsql(props), options);
  return { stack, database };
}

/** As `CrossRegionDr` uses it. */
function peers(props: AuroraDsqlProps = { multiRegion }) {
  const app = new App();
  const [here, there] = [VIRGINIA, { account: ACCOUNT, region: 'us-west-2' }].map((env) => dataStack(env, 3, app));
  const first = bindDatabase(here, Database.auroraDsql(props));
  const replicaOf = first.replication?.replicateTo(TARGET) as DatabaseReplicaSource;
  const second = bindDatabase(there, Database.auroraDsql(props), { replicaOf });
  const stacks = [first, second].map(({ dsqlCluster }) => Stack.of(dsqlCluster ?? app));
  return { app, here, first, second, stacks, templates: stacks.map((stack) => Template.fromStack(stack)) };
}

describe('Aurora DSQL in one Region', () => {
  const { stack, database } = bound();
  const template = Template.fromStack(stack);

  test('is in the stack of its system, under a customer key, protected and kept', () => {
    template.hasResource('AWS::DSQL::Cluster', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        DeletionProtectionEnabled: true,
        KmsEncryptionKey: { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] },
        MultiRegionProperties: Match.absent(),
      },
    });
  });

  test('may use its key, and no other cluster of another account may', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::KMS::Key'));
    const statements = Properties.KeyPolicy.Statement.filter(
      ({ Principal }: { Principal: { Service?: string } }) => Principal.Service === 'dsql.amazonaws.com',
    );
    const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:dsql:us-east-1:${ACCOUNT}:cluster/*`]] };
    expect(statements).toHaveLength(2);
    for (const { Condition } of statements) {
      expect(Condition.StringLike['aws:SourceArn']).toEqual(arn);
    }
    expect(statements.map(({ Action }: { Action: unknown }) => Action)).toEqual([
      ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      'kms:DescribeKey',
    ]);
    expect(statements[0].Condition.StringLike).toHaveProperty(['kms:EncryptionContext:aws:dsql:ClusterId'], '*');
  });

  test('refuses connections from outside of VPCs, whatever IAM allows', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::DSQL::Cluster'));
    expect(JSON.parse(Properties.PolicyDocument).Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: ['dsql:DbConnect', 'dsql:DbConnectAdmin'],
        Condition: { Null: { 'aws:SourceVpc': 'true' } },
      }),
    ]);
  });

  test('is reached by an interface endpoint in every zone, closed until somebody is let in', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      ServiceName: { 'Fn::GetAtt': [Match.stringLikeRegexp('Cluster'), 'VpcEndpointServiceName'] },
      SubnetIds: [Match.anyValue(), Match.anyValue(), Match.anyValue()],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    expect(database.endpoints).toMatchObject({ port: '5432', databaseName: 'postgres' });
    expect(stack.resolve(database.endpoints.writer)).toEqual({
      'Fn::GetAtt': [expect.stringMatching('Cluster'), 'VpcEndpoint'],
    });
  });

  test('has no password', () => {
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(database.credentials).toBeUndefined();
    expect(database.iamConnectAction).toBe('dsql:DbConnect');
    expect(stack.resolve(database.iamConnectArns)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching('Cluster'), 'ResourceArn'] },
    ]);
  });

  test('watches time-outs, conflicts and storage of this cluster', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    const text = JSON.stringify(alarms);
    expect(alarms).toHaveLength(3);
    expect(text).toMatch(/QueryTimeouts.*OccConflicts|OccConflicts.*QueryTimeouts/);
    expect(text).toContain('"Expression":"100 * FILL(conflicts, 0) / total"');
    expect(text).toMatch(/"Name":"ClusterId","Value":\{"Fn::GetAtt":\["[^"]*","Identifier"\]/);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/AuroraDSQL',
      MetricName: 'ClusterStorageSize',
      Threshold: Math.floor(10 * 2 ** 40 * 0.8),
    });
  });

  test('is backed up by snapshots only, and cannot follow into another Region', () => {
    expect(database.onlySnapshots).toBe(true);
    expect(database.backupResources.map(({ resource }) => stack.resolve(resource))).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching('Cluster'), 'ResourceArn'] },
    ]);
    expect(database.replication).toBeUndefined();
    expect(database.replicationAlternative).toMatch(/multiRegion before there is data/);
  });

  test('is removed with its stack where that was asked for', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'a test' });
    const other = Template.fromStack(bound({ storageQuota: Size.gibibytes(100) }, { dataProtection }).stack);
    other.hasResource('AWS::DSQL::Cluster', {
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtectionEnabled: false },
    });
    other.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: Math.floor(100 * 2 ** 30 * 0.8) });
  });
});

describe('Aurora DSQL in two Regions', () => {
  const { here, first, second, stacks, templates } = peers();

  test('has a cluster in each, both of which name both, and the same witness', () => {
    for (const template of templates) {
      template.hasResourceProperties('AWS::DSQL::Cluster', {
        MultiRegionProperties: { WitnessRegion: 'us-east-2', Clusters: ARNS },
      });
    }
  });

  test('keeps each cluster in a stack of its own, which waits for no other and says its ARN', () => {
    expect(stacks.map(({ stackName, region }) => [stackName, region])).toEqual([
      ['Data1-Database', 'us-east-1'],
      ['Data2-Database', 'us-west-2'],
    ]);
    for (const [index, stack] of stacks.entries()) {
      expect(stack.dependencies).toEqual([]);
      templates[index].hasOutput('DsqlClusterArn', {});
    }
    Template.fromStack(here).resourceCountIs('AWS::DSQL::Cluster', 0);
    expect(here.dependencies).toContain(stacks[0]);
  });

  test('encrypts each under a key of its own Region', () => {
    for (const template of templates) {
      template.resourceCountIs('AWS::KMS::Key', 1);
      expect(JSON.stringify(template.toJSON())).not.toMatch(/MultiRegion":true/);
    }
  });

  test('shares the key where it is, with an account that its backups are copied to, and lets roles of its system use it', () => {
    const system = dataStack();
    const {
      backupResources: resources,
      encryptionKey,
      dsqlCluster,
      replication,
    } = bindDatabase(system, Database.auroraDsql({ multiRegion }));
    replication?.replicateTo(TARGET);
    const copied = { systemName: 'ehr', objectives: objectives(), resources, sourceKeys: [encryptionKey] };
    new ClinicalBackup(system, 'Backup', copied).copyTo(
      'arn:aws:backup:us-east-1:222222222222:backup-vault:ehr-isolated',
    );
    const role = new iam.Role(system, 'Task', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    encryptionKey.grantDecrypt(role);
    const own = Stack.of(dsqlCluster ?? system);
    const keys = JSON.stringify(Template.fromStack(own).findResources('AWS::KMS::Key'));
    expect(keys).toContain(':iam::222222222222:root');
    expect(own.dependencies).toEqual([]);
  });

  test('takes writes in both, loses none that was answered, and promotes nothing', () => {
    expect(first.replication).toMatchObject({ writesInBoth: true, linked: true, promotion: [] });
    expect(first.replication?.recoveryPoint.toSeconds()).toBe(0);
    expect(second.replication).toBeUndefined();
    expect(second.promoteCommand).toBeUndefined();
  });

  test('keeps the logical ids that data depends on', () => {
    expect(templates.map((template) => Object.keys(template.findResources('AWS::DSQL::Cluster')))).toEqual([
      ['Cluster'],
      ['Cluster'],
    ]);
  });

  test('before both are known names the witness alone, and says that it is not linked', () => {
    const before = peers({ multiRegion: { witnessRegion: 'us-east-2' } });
    for (const template of before.templates) {
      template.hasResourceProperties('AWS::DSQL::Cluster', {
        MultiRegionProperties: { WitnessRegion: 'us-east-2', Clusters: Match.absent() },
      });
    }
    expect(before.first.replication?.linked).toBe(false);
  });

  test('is replicated again to the same Region, and to no other', () => {
    expect(first.replication?.replicateTo(TARGET)).toMatchObject({ region: 'us-east-1', globalIdentifier: ARNS[0] });
    expect(codeOf(() => first.replication?.replicateTo({ ...TARGET, region: 'ca-central-1' }))).toBe(
      'AlreadyReplicated',
    );
  });

  test.each(['eu-west-1', 'us-east-2', 'us-east-1'])(
    'is not replicated to %s: another group, its witness, itself',
    (region) => {
      const { replication } = bindDatabase(
        dataStack(),
        Database.auroraDsql({ multiRegion: { witnessRegion: 'us-east-2' } }),
      );
      expect(codeOf(() => replication?.replicateTo({ ...TARGET, region }))).toBe('InvalidDsqlRegions');
    },
  );

  test('does not synthesize in one Region alone', () => {
    const { stack } = bound({ multiRegion });
    expect(() => Template.fromStack(stack)).toThrow(/wait for the other for ever; give the system a CrossRegionDr/);
  });
});

describe('fails', () => {
  test.each<[string, AuroraDsqlProps]>([
    ['/witnessRegion must be the name/', { multiRegion: { witnessRegion: 'us-gov-west-1' } }],
    ['/witnessRegion must be the name/', { multiRegion: { witnessRegion: Token.asString({ Ref: 'Witness' }) } }],
    ['/two clusters, written out/', { multiRegion: { ...multiRegion, clusterArns: [ARNS[0]] } }],
    ['/two clusters, written out/', { multiRegion: { ...multiRegion, clusterArns: [ARNS[0], ARNS[0]] } }],
    [
      '/two clusters, written out/',
      { multiRegion: { ...multiRegion, clusterArns: [ARNS[0], Token.asString({ Ref: 'Arn' })] } },
    ],
    ['/witness must be in a third Region/', { multiRegion: { ...multiRegion, witnessRegion: 'us-west-2' } }],
    ['/storageQuota must be more/', { storageQuota: Size.gibibytes(0) }],
  ])('with %s', (message, props) => {
    expect(() => Database.auroraDsql(props)).toThrow(new RegExp(message.slice(1, -1)));
  });

  test.each([
    ['in Regions of two groups', { multiRegion: { witnessRegion: 'eu-west-1' } }, {}, VIRGINIA],
    ['beside its witness', { multiRegion: { witnessRegion: 'us-east-1' } }, {}, VIRGINIA],
    ['where none of clusterArns is', { multiRegion }, {}, { account: ACCOUNT, region: 'ca-central-1' }],
    ['in another account than clusterArns', { multiRegion }, {}, { account: '222222222222', region: 'us-east-1' }],
  ])('%s', (_, props, options, env) => {
    expect(codeOf(() => bound(props, options, env))).toBe('InvalidDsqlRegions');
  });

  test('in GovCloud (US) and China, where it was not found', () => {
    for (const region of ['us-gov-west-1', 'cn-north-1']) {
      expect(codeOf(() => bound({}, {}, { account: ACCOUNT, region }))).toBe('DsqlNotOffered');
    }
  });

  test('when it is to be made from a recovery point', () => {
    expect(codeOf(() => bound({}, { restoredFrom: 'arn:aws:backup:us-east-1:1:recovery-point:x' }))).toBe(
      'DsqlCannotBeRestored',
    );
  });

  test('in one zone, and in two Regions where its own is not known', () => {
    expect(codeOf(() => bound({}, {}, VIRGINIA, 1))).toBe('TooFewZones');
    expect(codeOf(() => bound({ multiRegion }, {}, {}, 2))).toBe('RegionMustBeKnown');
  });
});
