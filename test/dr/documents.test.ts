import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  DocumentStore,
  DrStrategy,
  type IDocumentStore,
  type MultiAzClinicalAppProps,
  ObjectLock,
  RecoveryReadiness,
  RecoveryRunbook,
  ResilienceObjectives,
} from '../../src';
import { hospital } from '../support/hospital';

const aDay = { rto: Duration.hours(24), rpo: Duration.hours(24) };
const PRIMARY_BUCKET = 'hapi-fhir-documents-111111111111-us-east-1';
const LANDING_BUCKET = 'hapi-fhir-documents-111111111111-us-west-2';

function documents(dr: Partial<CrossRegionDrProps> = {}, more: Partial<MultiAzClinicalAppProps> = {}) {
  const made = hospital({
    primaryAccount: '111111111111',
    recoveryAccount: '111111111111',
    app: () => more,
    dr: () => ({ strategy: DrStrategy.warmStandby({ capacityPercent: 50 }), ...dr }),
  });
  return { ...made, landing: made.dr.landing.stack };
}

/** Documents and nothing else, served from both Regions. */
const kept = (store: IDocumentStore = DocumentStore.s3()): Partial<MultiAzClinicalAppProps> => ({
  database: undefined,
  documents: store,
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry(`letters@sha256:${'0'.repeat(64)}`),
    port: 8080,
    peakTasks: 4,
  }),
});

function documentsBucket(stack: Stack) {
  const [bucket] = Object.values(
    Template.fromStack(stack).findResources('AWS::S3::Bucket', {
      Properties: { BucketName: Match.stringLikeRegexp('documents') },
    }),
  );
  return bucket.Properties;
}

/** A store that replicates, but cannot be replicated to. */
const oneWay: IDocumentStore = {
  bind: (scope, options) => {
    const config = DocumentStore.s3().bind(scope, options);
    const replication = config.replication && {
      recoveryPoint: config.replication.recoveryPoint,
      bucketNameIn: (region: string, account: string) => config.replication?.bucketNameIn(region, account) ?? '',
      replicateTo: () => undefined,
    };
    return { ...config, replication };
  },
};

describe('before anybody says that the bucket of the primary Region was deployed', () => {
  const { stack, recoveryStack, landing, dr } = documents();

  test('documents written after a failover stay there, and a warning says what to do', () => {
    expect(documentsBucket(landing)).not.toHaveProperty('ReplicationConfiguration');
    expect(dr.returnsDocuments).toBe(false);
    Annotations.fromStack(recoveryStack).hasWarning(
      '/EhrDr/Dr',
      Match.stringLikeRegexp(
        'writes in us-west-2 after a failover stay there: deploy EhrDr-Landing and Ehr, then give returnDocuments: true.*documentsNotReturned',
      ),
    );
  });

  test('the key of the primary Region has its name already, and nothing is carried from replicas', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/hapi-fhir-documents' });
    expect(JSON.stringify(documentsBucket(stack))).not.toContain('ReplicaModifications');
  });

  test('the runbook copies them by hand', () => {
    const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the officer on duty' });
    expect(markdown).toContain(`aws s3 sync s3://${LANDING_BUCKET} s3://${PRIMARY_BUCKET}`);
  });
});

describe('documents that return', () => {
  const store = DocumentStore.s3({ objectLock: ObjectLock.governance(Duration.days(30)) });
  const { stack, recoveryStack, landing, dr } = documents({ returnDocuments: true }, { documents: store });
  const template = Template.fromStack(landing);

  test('are replicated within fifteen minutes into the bucket of the primary Region, under its key, by names alone', () => {
    expect(documentsBucket(landing).ReplicationConfiguration.Rules).toEqual([
      {
        Id: 'documents',
        Status: 'Enabled',
        Priority: 1,
        Filter: { Prefix: '' },
        DeleteMarkerReplication: { Status: 'Disabled' },
        SourceSelectionCriteria: {
          SseKmsEncryptedObjects: { Status: 'Enabled' },
          ReplicaModifications: { Status: 'Enabled' },
        },
        Destination: {
          Bucket: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${PRIMARY_BUCKET}`]] },
          EncryptionConfiguration: {
            ReplicaKmsKeyID: {
              'Fn::Join': [
                '',
                ['arn:', { Ref: 'AWS::Partition' }, ':kms:us-east-1:111111111111:alias/hapi-fhir-documents'],
              ],
            },
          },
          ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
          Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
        },
      },
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/hapi-fhir-documents' });
  });

  test('the rule of the primary Region points at the bucket that returns them, and carries changes of replicas as well', () => {
    const [rule] = documentsBucket(stack).ReplicationConfiguration.Rules;
    expect(JSON.stringify(rule.Destination.Bucket)).toContain(documentsBucket(landing).BucketName);
    expect(documentsBucket(stack).BucketName).toBe(PRIMARY_BUCKET);
    expect(rule.SourceSelectionCriteria.ReplicaModifications).toEqual({ Status: 'Enabled' });
  });

  test('both buckets are locked, and the role there may read the locks', () => {
    for (const side of [stack, landing]) {
      expect(documentsBucket(side).ObjectLockConfiguration.Rule.DefaultRetention).toEqual({
        Mode: 'GOVERNANCE',
        Days: 30,
      });
    }
    expect(JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'))).toContain('s3:GetObjectLegalHold');
  });

  test('no stack of the other Region is asked, and the order of stacks stays', () => {
    const waitsFor = (side: Stack) => side.dependencies.map(({ stackName }) => stackName).sort();
    expect([landing, stack].map(waitsFor)).toEqual([[], ['EhrDr-Landing']]);
    expect(waitsFor(recoveryStack)).toContain('Ehr');
  });

  test('alarms on them notify the topic of their Region', () => {
    for (const MetricName of ['OperationsFailedReplication', 'ReplicationLatency']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName,
        AlarmActions: [{ Ref: Match.stringLikeRegexp('^Notifications') }],
        OKActions: [{ Ref: Match.stringLikeRegexp('^Notifications') }],
        Dimensions: Match.arrayWith([{ Name: 'DestinationBucket', Value: PRIMARY_BUCKET }]),
      });
    }
  });

  test('one command takes what was there before the rule, or failed, and leaves no list of names', () => {
    const [output] = Object.values(template.findOutputs('CatchUpDocuments'));
    const command = JSON.stringify(landing.resolve(output.Value));
    expect(command).toContain('aws s3control create-job --region us-west-2 --account-id 111111111111');
    expect(command).toMatch(/EnableManifestOutput\\*":false/);
    expect(command).toMatch(/"NONE\\*",\\*"FAILED/);
    expect(command).toContain(LANDING_BUCKET);
    expect(command).toContain('"Enabled\\":false');
  });

  test('under a role of S3 Batch Operations that may start replication from this bucket and nothing else', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      Description: Match.stringLikeRegexp('Batch Operations'),
      AssumeRolePolicyDocument: {
        Statement: [
          // as AWS documents it: a condition that S3 does not send would keep every job from starting
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'batchoperations.s3.amazonaws.com' },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'] }),
          Match.objectLike({ Action: 's3:InitiateReplication' }),
        ],
      },
    });
  });

  test('nothing warns, and the runbook waits for what is on its way instead of copying it', () => {
    Annotations.fromStack(recoveryStack).hasNoWarning('*', Match.stringLikeRegexp('documentsNotReturned'));
    const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the officer on duty' });
    expect(markdown).not.toContain('s3 sync');
    expect(markdown).toMatch(
      /--stack-name EhrDr-Landing --query "Stacks\[0\].Outputs\[\?OutputKey=='CatchUpDocuments'\]/,
    );
  });
});

describe('documents that both Regions write', () => {
  const activeActive = (more: Partial<CrossRegionDrProps> = {}, store?: IDocumentStore) =>
    documents({ strategy: DrStrategy.activeActive(), ...more }, kept(store));

  describe('at the first deployment', () => {
    const { stack, recoveryStack, landing, dr } = activeActive();

    test('nothing runs in the second Region, nobody claims that it does, and a warning says what to do', () => {
      expect(() => dr.recovery).toThrow(/nothing runs in us-west-2 before its documents return.*DocumentsNotReturned/);
      Annotations.fromStack(recoveryStack).hasWarning('/EhrDr/Dr', Match.stringLikeRegexp('nothing of hapi-fhir runs'));
      expect(Template.fromStack(recoveryStack).toJSON().Resources).toBeUndefined();
      expect(Template.fromStack(recoveryStack).toJSON().Outputs).toBeUndefined();
      expect(Template.fromStack(stack).toJSON().Metadata['cdk-resilient-ehr']).not.toHaveProperty('pairedRegion');
      expect(documentsBucket(landing)).not.toHaveProperty('ReplicationConfiguration');
    });

    test('the record is what it will be, because Route 53 keeps no latency record beside a failover record', () => {
      const [record] = Object.values(Template.fromStack(stack).findResources('AWS::Route53::RecordSet'));
      expect(record.Properties).toMatchObject({ Region: 'us-east-1', SetIdentifier: 'us-east-1' });
      expect(record.Properties).not.toHaveProperty('Failover');
    });

    test('the runbook says that there is nothing to go to', () => {
      const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the officer on duty' });
      expect(markdown).toMatch(/Nothing of hapi-fhir runs in us-west-2, because returnDocuments was never given/);
    });

    test('nothing can be compared yet', () => {
      expect(() => new RecoveryReadiness(recoveryStack, 'Readiness', { dr })).toThrow(/DocumentsNotReturned/);
    });
  });

  describe('from the second on', () => {
    const { stack, recoveryStack, landing, dr } = activeActive({ returnDocuments: true });

    test('both Regions serve, and each replicates to the other', () => {
      for (const side of [stack, recoveryStack]) {
        expect(Object.keys(Template.fromStack(side).findResources('AWS::Route53::RecordSet'))).toHaveLength(1);
      }
      expect(JSON.stringify(documentsBucket(stack).ReplicationConfiguration)).toContain(LANDING_BUCKET);
      expect(JSON.stringify(documentsBucket(landing).ReplicationConfiguration)).toContain(PRIMARY_BUCKET);
    });

    test('the application of each writes to the bucket of its own Region', () => {
      const bucketsOf = (side: Stack) =>
        JSON.stringify(Template.fromStack(side).findResources('AWS::IAM::ManagedPolicy')).match(
          /hapi-fhir-documents-111111111111-us-west-2/g,
        );
      expect(bucketsOf(recoveryStack)).not.toBeNull();
    });

    test('either may lose fifteen minutes, and readers may miss what was just written in the other', () => {
      expect(dr.estimate.rpo.toMinutes()).toBe(15);
      expect(dr.estimate.untilWritable).toEqual([]);
      Annotations.fromStack(recoveryStack).hasInfo(
        '/EhrDr/Dr',
        Match.stringLikeRegexp('may be missing or old in the other for 15 minutes'),
      );
    });

    test('the record of the first Region is not changed', () => {
      const record = (side: Stack) => Object.entries(Template.fromStack(side).findResources('AWS::Route53::RecordSet'));
      expect(record(stack)).toEqual(record(activeActive().stack));
    });
  });

  test('fails when the store cannot be replicated to', () => {
    expect(() => activeActive({ returnDocuments: true }, oneWay)).toThrow(
      /the documents would be replicated one way at most.*InvalidCrossRegionDr/,
    );
  });
});

describe('fails when documents are to return', () => {
  test('and there are none', () => {
    expect(() => documents({ returnDocuments: true }, { documents: undefined })).toThrow(
      /returnDocuments is true, but the system has no documents.*InvalidReturnOfDocuments/,
    );
  });

  test('and their store cannot be replicated to', () => {
    expect(() => documents({ returnDocuments: true }, { documents: oneWay })).toThrow(
      /tells no encryptionKeyAlias of its key in us-east-1.*use DocumentStore.s3\(\)/,
    );
  });
});

test('documents of a Region that is made from copies return as well', () => {
  const { landing } = documents(
    {
      strategy: DrStrategy.backupAndRestore(),
      measuredRestore: { restoreTime: Duration.minutes(30), copyTime: Duration.minutes(30), source: 'a test' },
      returnDocuments: true,
    },
    {
      objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
        biaReference: 'BIA-1',
        region: aDay,
        twoAvailabilityZones: aDay,
        deletion: aDay,
        corruption: aDay,
      }),
    },
  );
  expect(JSON.stringify(documentsBucket(landing).ReplicationConfiguration)).toContain(PRIMARY_BUCKET);
});
