import { Duration, Fn, Size, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ClinicalTier,
  Compute,
  Database,
  DocumentStore,
  DrStrategy,
  Failover,
  FileShare,
  Ingress,
  Network,
  ResilienceMetadata,
  ResilienceObjectives,
  TransportEncryption,
} from '../../src';
import { certificate, certificateArn, type HospitalOptions, hospital, httpsWithoutZone } from '../support/hospital';
import { SIZE } from '../support/rds';
import { endpoints, routingControlArn } from '../support/routing-control';

test('a database on Amazon RDS follows as a read replica, whose promotion the recovery stack names', () => {
  const database = Database.rdsPostgres({ ...SIZE, databaseName: 'lis' });
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL);
  const { recoveryStack, dr } = hospital({ app: () => ({ database, objectives }) });
  const recovery = Template.fromStack(recoveryStack);
  recovery.hasResourceProperties('AWS::RDS::DBInstance', { SourceRegion: 'us-east-1', MultiAZ: true });
  recovery.hasOutput('*', { Value: Match.stringLikeRegexp('aws rds promote-read-replica --region us-west-2') });
  expect(dr.replicationLagAlarm).toBeDefined();
  expect(dr.estimate.rpo.toMinutes()).toBe(15); // of the documents; the database's is 5
});

describe('when the recovery Region is lost while users are there', () => {
  const reclaiming = (made: ReturnType<typeof hospital>) =>
    Object.entries(Template.fromStack(made.stack).findOutputs('*'))
      .filter(([id]) => id.includes('Reclaim'))
      .map(([, { Value }]) => (typeof Value === 'string' ? Value : JSON.stringify(Value)));
  const primary = reclaiming(hospital());

  test('the primary stack says how to write there again, and how users come back', () => {
    expect(primary).toHaveLength(2);
    expect(primary[0]).toMatch(
      /aws rds failover-global-cluster --region us-east-1 --global-cluster-identifier hapi-fhir-global .*cluster:hapi-fhir-us-east-1/,
    );
    expect(primary[0]).toContain('--allow-data-loss');
    expect(primary[1]).toMatch(/aws route53 update-health-check --health-check-id .*LatchHealthCheck.* --disabled/);
  });

  test('nothing of it asks the recovery Region', () => {
    expect(primary.filter((command) => command.includes('us-west-2'))).toEqual([]);
    const failover = Failover.routingControl({ routingControlArn, endpoints });
    const commands = reclaiming(hospital({ dr: () => ({ failover }) }));
    expect(commands[1]).toMatch(/--routing-control-state On --region us-east-1 .*--region eu-west-1/);
    expect(commands[1]).not.toContain('us-west-2');
  });

  test('an application that runs once is started there again', () => {
    const image = ContainerImage.fromRegistry(`engine@sha256:${'0'.repeat(64)}`);
    const compute = Compute.activePassive({ image, port: 8080 });
    const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL);
    expect(reclaiming(hospital({ app: () => ({ compute, objectives }) }))[1]).toBe(
      'aws ecs update-service --region us-east-1 --cluster hapi-fhir --service hapi-fhir --desired-count 1',
    );
  });

  test('a replica that was promoted for good has no way back, and none is claimed', () => {
    const database = Database.rdsPostgres({ ...SIZE, databaseName: 'lis' });
    const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL);
    expect(reclaiming(hospital({ app: () => ({ database, objectives }) })).join()).not.toContain('aws rds');
  });
});

describe('a warm standby', () => {
  const { stack, recoveryStack, dr } = hospital();
  const primary = Template.fromStack(stack);
  const landing = Template.fromStack(dr.landing.stack);
  const recovery = Template.fromStack(recoveryStack);

  test('the database joins one global database from both Regions, by name', () => {
    primary.hasResource('AWS::RDS::GlobalCluster', {
      Properties: {
        GlobalClusterIdentifier: 'hapi-fhir-global',
        Engine: 'aurora-postgresql',
        DeletionProtection: true,
      },
      DeletionPolicy: 'Retain',
    });
    for (const template of [primary, recovery]) {
      template.hasResourceProperties('AWS::RDS::DBCluster', { GlobalClusterIdentifier: 'hapi-fhir-global' });
    }
  });

  test('the copy brings no credentials of its own, and is encrypted with a key of its Region', () => {
    recovery.hasResourceProperties('AWS::RDS::DBCluster', {
      MasterUsername: Match.absent(),
      MasterUserPassword: Match.absent(),
      ManageMasterUserPassword: Match.absent(),
      DatabaseName: Match.absent(),
      KmsKeyId: Match.anyValue(),
      StorageEncrypted: true,
      DeletionProtection: true,
    });
  });

  test('the credentials are replicated under the key of the landing stack, by its alias', () => {
    primary.hasResourceProperties('AWS::SecretsManager::Secret', {
      ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: Match.anyValue() }],
    });
    expect(JSON.stringify(primary.findResources('AWS::SecretsManager::Secret'))).toContain('alias/hapi-fhir-recovery');
    landing.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/hapi-fhir-recovery' });
  });

  test('documents are replicated within fifteen minutes, into a bucket that is there first', () => {
    primary.hasResourceProperties('AWS::S3::Bucket', {
      ReplicationConfiguration: {
        Rules: [
          Match.objectLike({
            Destination: Match.objectLike({
              ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
              Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
            }),
          }),
        ],
      },
    });
    landing.hasResource('AWS::S3::Bucket', {
      Properties: {
        BucketName: { 'Fn::Join': ['', ['hapi-fhir-documents-', { Ref: 'AWS::AccountId' }, '-us-west-2']] },
        VersioningConfiguration: { Status: 'Enabled' },
      },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  test('backups are copied into the vault of the landing stack', () => {
    landing.hasResource('AWS::Backup::BackupVault', {
      Properties: { BackupVaultName: 'hapi-fhir-recovery' },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    const [plan] = Object.values(primary.findResources('AWS::Backup::BackupPlan'));
    const copied = plan.Properties.BackupPlan.BackupPlanRule.filter((r: { CopyActions?: unknown[] }) => r.CopyActions);
    expect(copied.length).toBeGreaterThan(0);
    expect(JSON.stringify(copied)).toContain(':us-west-2:');
    expect(JSON.stringify(copied)).toContain(':backup-vault:hapi-fhir-recovery');
  });

  test('half of the peak runs all the time, and still does when a zone of the recovery Region is lost', () => {
    primary.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 9 });
    recovery.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 6 });
  });

  test('users find the primary Region while it answers and nobody sent them away', () => {
    primary.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'ehr.example.org.',
      SetIdentifier: 'us-east-1',
      Failover: 'PRIMARY',
      HealthCheckId: Match.anyValue(),
    });
    recovery.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'ehr.example.org.',
      SetIdentifier: 'us-west-2',
      Failover: 'SECONDARY',
      HealthCheckId: Match.absent(),
    });
  });

  test('an alarm in the recovery Region tells when no recovery point has arrived for longer than an intruder may cost', () => {
    landing.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Backup',
      MetricName: 'NumberOfRecoveryPointsCompleted',
      EvaluationPeriods: 36, // RPO of 24 hours for ACCOUNT, and half a day for the job
      Period: 3600,
      TreatMissingData: 'breaching',
      AlarmActions: [Match.anyValue()],
    });
  });

  test('an alarm in the recovery Region watches how far the database is behind, against the RPO', () => {
    recovery.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 900,
      Metrics: Match.arrayWith([
        Match.objectLike({ MetricStat: { Metric: Match.objectLike({ MetricName: 'AuroraGlobalDBReplicationLag' }) } }),
      ]),
      TreatMissingData: 'breaching',
      AlarmActions: [Match.anyValue()],
    });
  });

  test('landing, primary and recovery are deployed in this order', () => {
    expect(stack.dependencies).toContain(dr.landing.stack);
    expect(recoveryStack.dependencies).toContain(stack);
  });

  test('the commands of a failover are outputs of the surviving Region and name nothing of the lost one', () => {
    const commands = Object.values(recovery.findOutputs('*')).map(({ Value }) => JSON.stringify(Value));
    const [send, promote] = ['put-metric-data', 'failover-global-cluster'].map((verb) =>
      commands.find((command) => command.includes(verb)),
    );
    expect(send).toContain('--region us-west-2');
    expect(promote).toContain('--region us-west-2');
    expect(promote).toContain('--allow-data-loss');
    for (const command of [send, promote]) {
      expect(command).not.toContain('us-east-1');
    }
  });

  test.each([
    ['PromoteDatabase', /failover-global-cluster --region us-west-2 .*--allow-data-loss/],
    ['DetachDatabase', /remove-from-global-cluster --region us-west-2 /],
    ['DemoteDatabase', /switchover-global-cluster --region us-west-2 (?!.*--allow-data-loss)/], // promises to lose nothing
  ])('the output %s has the command that it promises', (name, command) => {
    const [, output] = Object.entries(recovery.findOutputs('*')).find(([id]) => id.includes(name)) ?? [];
    expect(JSON.stringify(output?.Value)).toMatch(command);
  });

  test('both sides know each other in the template metadata, with what a Region costs', () => {
    const systems = [stack, recoveryStack].map((s) =>
      Object.values<Record<string, unknown>>(s.templateOptions.metadata?.[ResilienceMetadata.KEY].systems),
    );
    expect(systems[0]).toMatchObject([
      {
        bornAs: 'PRIMARY',
        pairedRegion: 'us-west-2',
        recoveryBudgets: expect.arrayContaining([
          expect.objectContaining({ scope: 'REGION', rtoReadOnlySeconds: 120, rtoSeconds: 3720, rpoSeconds: 900 }),
        ]),
      },
    ]);
    expect(systems[1]).toMatchObject([{ bornAs: 'RECOVERY', pairedRegion: 'us-east-1' }]);
  });

  test('the recovery network does not overlap with the primary one', () => {
    recovery.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' });
  });
});

describe('after a failover', () => {
  const before = hospital();
  const after = hospital({ dr: () => ({ activeRegion: 'us-west-2' }) });

  test('a deployment keeps the promoted Region at full capacity', () => {
    Template.fromStack(after.recoveryStack).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 9,
    });
  });

  test('a deployment changes what watches that capacity, and nothing else in any stack', () => {
    for (const stacks of [
      [before.stack, after.stack],
      [before.dr.landing.stack, after.dr.landing.stack],
      [before.recoveryStack, after.recoveryStack],
    ]) {
      const [was, is] = stacks.map((s) => Template.fromStack(s).toJSON());
      expect(differences(was.Resources, is.Resources)).toEqual(
        stacks[0] === before.recoveryStack
          ? ['AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard']
          : [],
      );
    }
  });
});

test('how long the application keeps connections that only read counts until users can write', () => {
  const [usual, slow] = [undefined, Duration.minutes(40)].map((reconnectTime) =>
    hospital({ dr: () => ({ reconnectTime }) }),
  );
  expect(usual.dr.reconnectTime.toMinutes()).toBe(15);
  expect(slow.dr.estimate.rto.toMinutes() - usual.dr.estimate.rto.toMinutes()).toBe(25);
  expect(slow.dr.estimate.rtoReadOnly.toSeconds()).toBe(usual.dr.estimate.rtoReadOnly.toSeconds());
});

test('a hot standby runs at full capacity', () => {
  const { recoveryStack } = hospital({ dr: () => ({ strategy: DrStrategy.hotStandby() }) });
  Template.fromStack(recoveryStack).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
    MinCapacity: 9,
  });
});

test('an application without data needs neither replication nor vault', () => {
  const { stack, dr } = hospital({
    app: () => ({ database: undefined, documents: undefined, compute: stateless() }),
  });
  Template.fromStack(stack).resourceCountIs('AWS::RDS::GlobalCluster', 0);
  expect(dr.landing.vault).toBeUndefined();
  expect(dr.landing.documents).toBeUndefined();
  expect(dr.estimate.rpo.toSeconds()).toBe(0);
});

test('what differs in the recovery Region can be given', () => {
  const { recoveryStack } = hospital({
    dr: (stack) => ({
      failover: manual,
      recovery: {
        network: Network.dedicated({ cidr: '10.9.0.0/16' }),
        compute: stateless('other'),
        ingress: [httpsWithoutZone(stack)],
      },
    }),
  });
  const template = Template.fromStack(recoveryStack);
  template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.9.0.0/16' });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Image: `other@sha256:${'0'.repeat(64)}` })],
  });
  template.resourceCountIs('AWS::Route53::RecordSet', 0);
});

describe('users who are sent away by a name find it in the recovery Region', () => {
  const named = (domainName: string, hostedZoneId = 'Z1') => ({
    dr: (stack: Stack) => ({
      recovery: {
        ingress: [
          Ingress.https({
            domainName,
            hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'There', { hostedZoneId, zoneName: 'example.org' }),
          }),
        ],
      },
    }),
  });

  test('through a way in of its own with the same name', () => {
    Template.fromStack(hospital(named('ehr.example.org')).recoveryStack).hasResourceProperties(
      'AWS::Route53::RecordSet',
      { Name: 'ehr.example.org.', Failover: 'SECONDARY' },
    );
  });

  test('or the name is one that nobody here knows yet', () => {
    expect(() => hospital(named('ehr.example.org', Fn.importValue('ZoneId')))).not.toThrow();
  });

  test.each<[string, HospitalOptions, RegExp]>([
    [
      'it has no hosted zone',
      { dr: (stack) => ({ recovery: { ingress: [httpsWithoutZone(stack)] } }) },
      /sent away from ehr.example.org of zone Z1, and nothing in us-west-2 answers to it, got no name in a hosted zone; leave recovery: \{ ingress \} out/,
    ],
    ['the name is another', named('west.example.org'), /got west.example.org of zone Z1; leave/],
    [
      'the zone is another',
      named('ehr.example.org', 'Z2'),
      /got ehr.example.org of zone Z2;.*\[NameOnlyInPrimary at EhrDr\/Dr\]/,
    ],
  ])('fails when %s', (_, options, message) => {
    expect(() => hospital(options)).toThrow(message);
  });
});

test('the certificate of the recovery Region takes the place of the one in the definition', () => {
  const { recoveryStack } = hospital({
    app: (stack) => ({ ingress: [httpsWithoutZone(stack)] }),
    dr: (stack) => ({ failover: manual, recovery: { certificate: certificate(stack, 'oregon') } }),
  });
  Template.fromStack(recoveryStack).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Certificates: [{ CertificateArn: certificateArn(recoveryStack, 'oregon') }],
  });
});

test('of feeds, too, and tells there when it ends', () => {
  const { recoveryStack } = hospital({
    app: (stack) => ({
      ingress: [
        Ingress.tcp({
          ports: [{ name: 'lab', port: 6661, targetPort: 8080 }],
          sources: [ec2.Peer.ipv4('10.99.0.0/16')],
          encryption: TransportEncryption.tlsTermination({ certificate: certificate(stack, 'virginia') }),
        }),
      ],
    }),
    dr: (stack) => ({ failover: manual, recovery: { certificate: certificate(stack, 'oregon') } }),
  });
  const template = Template.fromStack(recoveryStack);
  const oregon = certificateArn(recoveryStack, 'oregon');
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
    Certificates: [{ CertificateArn: oregon }],
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'DaysToExpiry',
    Dimensions: [{ Name: 'CertificateArn', Value: oregon }],
  });
});

describe('fails', () => {
  test('when the recovery Region is the primary one', () => {
    expect(() => hospital({ recoveryRegion: 'us-east-1' })).toThrow(
      /the recovery Region must differ from the primary's, got us-east-1 for both; .*\[InvalidCrossRegionDr at EhrDr\/Dr\]/,
    );
  });

  test('when the recovery Region is only known at deployment', () => {
    expect(() => hospital({ recoveryRegion: undefined })).toThrow(
      /the Region of stack EhrDr is only known at deployment, but the primary Region must know it by name.*\[RegionMustBeKnown/,
    );
  });

  test('when the primary Region is only known at deployment', () => {
    expect(() => hospital({ primaryRegion: undefined })).toThrow(/RegionMustBeKnown/);
  });

  test('when the Regions are in different partitions', () => {
    expect(() => hospital({ recoveryRegion: 'cn-north-1' })).toThrow(/different AWS partitions/);
  });

  test('when the accounts differ', () => {
    expect(() => hospital({ primaryAccount: '111111111111', recoveryAccount: '222222222222' })).toThrow(
      /must be in one account, because an Aurora global database is; got 111111111111 and 222222222222/,
    );
  });

  test('when both Regions are to serve, saying why that cannot be', () => {
    expect(() => hospital({ dr: () => ({ strategy: DrStrategy.activeActive() }) })).toThrow(
      /ACTIVE_ACTIVE cannot be had: the database takes writes in one Region.*use DrStrategy.hotStandby\(\)/,
    );
  });

  test('when only backups wait, and nobody knows how long a restore takes', () => {
    expect(() => hospital({ dr: () => ({ strategy: DrStrategy.backupAndRestore() }) })).toThrow(
      /BACKUP_AND_RESTORE takes as long as a restore does, which no template tells; measure it in a restore test, and give measuredRestore/,
    );
  });

  test('when the active Region is neither of the two', () => {
    expect(() => hospital({ dr: () => ({ activeRegion: 'eu-west-1' }) })).toThrow(
      /activeRegion must be us-east-1 or us-west-2, got eu-west-1/,
    );
  });

  test('when a store may lose more than the RPO, naming the store and what would be met', () => {
    const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-1' });
    expect(() => hospital({ app: () => ({ objectives }) })).toThrow(
      /WARM_STANDBY does not meet the objectives for REGION: the document store may lose 15 minutes, the RPO allows 5 minutes\. It would meet an rto of 1 hour 2 minutes, an rtoReadOnly of 2 minutes and an rpo of 15 minutes\. Of those that cost less, PILOT_LIGHT does not: until users can read takes .*; the document store .* \[ObjectivesNotMet at EhrDr\/Dr\]/,
    );
  });

  test('when recovery takes longer than the RTO, naming the longest step', () => {
    const failover = Failover.dns({ decisionTime: Duration.hours(5) });
    expect(() => hospital({ dr: () => ({ failover }) })).toThrow(
      /until users can write takes 5 hours 32 minutes, rto allows 4 hours; the longest step is "somebody decides to write in the recovery Region" with 5 hours/,
    );
  });

  test('when the networks overlap', () => {
    const network = Network.dedicated({ cidr: '10.0.128.0/17' });
    expect(() => hospital({ dr: () => ({ recovery: { network } }) })).toThrow(
      /the networks of us-east-1 \(10.0.0.0\/16\) and us-west-2 \(10.0.128.0\/17\) overlap.*\[OverlappingCidrs/,
    );
  });

  test('when the network only exists in the primary Region', () => {
    const app = (stack: Stack) => ({ network: Network.existing({ vpc: new ec2.Vpc(stack, 'Mine', { maxAzs: 3 }) }) });
    expect(() => hospital({ app })).toThrow(/recovery: \{ network.*NetworkIsRegional/);
  });

  test('when there are file shares that nothing replicates', () => {
    const rpo = Duration.hours(2);
    const app = () => ({
      files: { scans: FileShare.fsxOntap({ storageCapacity: Size.tebibytes(2), volumeSize: Size.tebibytes(20) }) },
      objectives: ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
        biaReference: 'BIA-1',
        deletion: { rto: Duration.hours(4), rpo },
        corruption: { rto: Duration.hours(24), rpo },
      }),
    });
    expect(() => hospital({ app })).toThrow(
      /the file shares scans would be missing in us-west-2.*InvalidCrossRegionDr/,
    );
  });

  test.each([
    ['SQL Server', Database.rdsSqlServer(SIZE), /logins.*run SQL Server on Amazon EC2/],
    ['a Multi-AZ DB cluster', Database.rdsMysql({ ...SIZE, databaseName: 'lis', multiAzCluster: true }), /use Aurora/],
  ])('when the database is %s, saying what would work', (_, database, instead) => {
    expect(() => hospital({ app: () => ({ database }) })).toThrow(
      /the database cannot be replicated to another Region: /,
    );
    expect(() => hospital({ app: () => ({ database }) })).toThrow(instead);
  });

  test('when documents cannot be replicated', () => {
    const app = (stack: Stack) => ({
      documents: DocumentStore.existing({
        bucket: s3.Bucket.fromBucketName(stack, 'Scans', 'scans'),
        encryptionKey: kms.Key.fromKeyArn(stack, 'ScansKey', 'arn:aws:kms:us-east-1:111111111111:key/1'),
      }),
    });
    expect(() => hospital({ app })).toThrow(/the documents cannot be replicated to another Region/);
  });

  test('when the hosted zone belongs to a stack of the primary Region', () => {
    const app = (stack: Stack) => ({
      ingress: [
        Ingress.https({
          domainName: 'ehr.example.org',
          hostedZone: new HostedZone(stack, 'Own', { zoneName: 'example.org' }),
        }),
      ],
    });
    expect(() => hospital({ app })).toThrow(
      /the hosted zone is made in a stack of the primary Region, .*HostedZone.fromHostedZoneAttributes/,
    );
  });

  test('with every mistake at once', () => {
    expect(() =>
      hospital({
        recoveryRegion: 'cn-north-1',
        dr: () => ({ strategy: DrStrategy.activeActive(), activeRegion: 'x' }),
      }),
    ).toThrow(/partitions.*activeRegion must be.*ACTIVE_ACTIVE cannot be had/);
  });
});

const manual = Failover.manual({
  decisionTime: Duration.minutes(5),
  redirectionTime: Duration.minutes(5),
  procedure: 'RUN-17',
});

function stateless(image = 'web') {
  const digest = '0'.repeat(64);
  return Compute.fargate({ image: ContainerImage.fromRegistry(`${image}@sha256:${digest}`), port: 80, peakTasks: 6 });
}

/** The types of resources that were added, removed or changed. */
function differences(was: Record<string, CfnResource>, is: Record<string, CfnResource>): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((id) => JSON.stringify(was[id]) !== JSON.stringify(is[id]))
    .map((id) => (is[id] ?? was[id]).Type)
    .filter((type, i, all) => all.indexOf(type) === i)
    .sort();
}

interface CfnResource {
  readonly Type: string;
}
