import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ClinicalTier } from '../../src/core';
import {
  BackupAudit,
  BackupPolicy,
  ClinicalBackup,
  type ClinicalBackupProps,
  RestoreTest,
  RestoreTesting,
  type RestoreTestingProps,
} from '../../src/data';
import { ACCOUNT, objectives, VIRGINIA } from '../support/data';
import { matchesPattern } from '../support/event-pattern';

const CLUSTER = `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:ehr`;
const BUCKET = 'arn:aws:s3:::ehr-documents';
const INSTANCE = `arn:aws:rds:us-east-1:${ACCOUNT}:db:ehr`;
const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/visits`;
const FILES = `arn:aws:elasticfilesystem:us-east-1:${ACCOUNT}:file-system/fs-0123456789abcdef0`;

function backedUp(policy?: BackupPolicy) {
  const stack = new Stack(new App(), 'Data', { env: VIRGINIA });
  const construct = new ClinicalBackup(stack, 'Backup', {
    systemName: 'lab-results',
    objectives: objectives(ClinicalTier.OPERATIONAL),
    resources: [backup.BackupResource.fromArn(CLUSTER)],
    policy,
  });
  return { stack, construct };
}

function tested(props: Partial<RestoreTestingProps> = {}, policy?: BackupPolicy) {
  const { stack, construct } = backedUp(policy);
  const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Empty', 'sg-1')];
  new RestoreTesting(stack, 'Restores', {
    systemName: 'lab-results',
    backup: construct,
    tests: [
      RestoreTest.aurora({ clusterArn: CLUSTER, subnetGroupName: 'isolated', securityGroups }),
      RestoreTest.s3(BUCKET),
    ],
    ...props,
  });
  return Template.fromStack(stack);
}

describe('restores are tested', () => {
  const template = tested();

  test('weekly, from the vault, under a name that AWS Backup takes', () => {
    template.hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
      RestoreTestingPlanName: 'lab_results_restores',
      ScheduleExpression: 'cron(0 5 ? * SUN *)',
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        IncludeVaults: [{ 'Fn::GetAtt': [Match.anyValue(), 'BackupVaultArn'] }],
        RecoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
        SelectionWindowDays: 7,
      },
    });
  });

  test('a cluster goes where it can be reached by nothing, and a bucket where AWS Backup puts it', () => {
    template.hasResourceProperties('AWS::Backup::RestoreTestingSelection', {
      ProtectedResourceType: 'Aurora',
      ProtectedResourceArns: [CLUSTER],
      RestoreMetadataOverrides: { dbSubnetGroupName: 'isolated', vpcSecurityGroupIds: '["sg-1"]' },
      ValidationWindowHours: 4,
    });
    template.hasResourceProperties('AWS::Backup::RestoreTestingSelection', {
      ProtectedResourceType: 'S3',
      ProtectedResourceArns: [BUCKET],
      RestoreMetadataOverrides: Match.absent(),
    });
  });

  test('an instance goes there, too; tables and files are put under the key that is given', () => {
    const { stack, construct } = backedUp();
    const encryptionKey = new kms.Key(stack, 'Mine');
    const key = stack.resolve(encryptionKey.keyArn);
    new RestoreTesting(stack, 'Restores', {
      systemName: 'lab-results',
      backup: construct,
      tests: [
        RestoreTest.rds({ instanceArn: INSTANCE, subnetGroupName: 'isolated', securityGroups: [] }),
        RestoreTest.dynamoDb({ tableArn: TABLE, encryptionKey }),
        RestoreTest.efs({ fileSystemArn: FILES, encryptionKey }),
      ],
    });
    const selections = Object.values(Template.fromStack(stack).findResources('AWS::Backup::RestoreTestingSelection'));
    expect(
      selections.map(({ Properties: { ProtectedResourceType, ProtectedResourceArns, RestoreMetadataOverrides } }) => [
        ProtectedResourceType,
        ProtectedResourceArns,
        RestoreMetadataOverrides,
      ]),
    ).toEqual([
      ['RDS', [INSTANCE], { dbSubnetGroupName: 'isolated', vpcSecurityGroupIds: '[]' }],
      ['DynamoDB', [TABLE], { encryptionType: 'KMS', kmsMasterKeyArn: key }],
      ['EFS', [FILES], { kmsKeyId: key }],
    ]);
    for (const { Properties } of selections) {
      expect(Properties.RestoreTestingSelectionName).toMatch(/^[A-Za-z0-9_]{1,50}$/);
    }
  });

  test('selections wait for the plan, which they know by name only', () => {
    const [planId] = Object.keys(template.findResources('AWS::Backup::RestoreTestingPlan'));
    const selections = Object.values(template.findResources('AWS::Backup::RestoreTestingSelection'));
    expect(selections.map(({ DependsOn }) => DependsOn)).toEqual([[planId], [planId]]);
  });

  test('somebody hears of a restore that fails, if there is somebody', () => {
    const { stack, construct } = backedUp();
    const testing = new RestoreTesting(stack, 'Restores', {
      systemName: 'lab-results',
      backup: construct,
      tests: [RestoreTest.s3(BUCKET)],
      notifications: new sns.Topic(stack, 'Topic'),
      deadLetterQueue: new sqs.Queue(stack, 'Undelivered'),
    });
    expect(testing.failureRule).toBeDefined();
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Restore Job State Change'],
        detail: { status: ['FAILED', 'ABORTED'] },
      },
      Targets: [Match.objectLike({ InputTransformer: Match.anyValue(), DeadLetterConfig: { Arn: Match.anyValue() } })],
    });
    template.resourceCountIs('AWS::Events::Rule', 0);
    // restores say status where backups and copies say state: https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
    const [rule] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
    const restore = (status: string) => ({
      source: 'aws.backup',
      'detail-type': 'Restore Job State Change',
      detail: { restoreJobId: 'j', status, resourceType: 'S3', percentDone: '0.00%' },
    });
    const heard = ['FAILED', 'ABORTED', 'COMPLETED'].filter((status) =>
      matchesPattern(rule.Properties.EventPattern, restore(status)),
    );
    expect(heard).toEqual(['FAILED', 'ABORTED']);
  });

  test('daily, where somebody wants it', () => {
    tested({ every: Duration.days(1) }).hasResourceProperties('AWS::Backup::RestoreTestingPlan', {
      ScheduleExpression: 'cron(0 5 ? * * *)',
    });
  });

  const kept = (days: number) =>
    BackupPolicy.custom([
      { name: 'D', schedule: 'cron(0 5 ? * * *)', every: Duration.days(1), retention: Duration.days(days) },
    ]);
  const shortLived = kept(20);
  const shortBesideLong = shortLived.withMonthly7Years(); // the newest is one that is kept for 20 days

  test('of what is kept for three weeks, weekly', () => {
    expect(() => tested({}, kept(21))).not.toThrow();
  });

  test('of files by the policy of files, which may keep them for less', () => {
    const { stack } = backedUp();
    const files = (filePolicy: BackupPolicy) => {
      const construct = new ClinicalBackup(stack, `Backup${filePolicy.shortestRetention.toDays()}`, {
        systemName: 'lab-results',
        objectives: objectives(ClinicalTier.OPERATIONAL),
        resources: [backup.BackupResource.fromArn(CLUSTER)],
        files: [backup.BackupResource.fromArn(FILES)],
        filePolicy,
      });
      return (tests: RestoreTest[]) =>
        new RestoreTesting(stack, `Restores${tests.length}Of${construct.node.id}`, {
          systemName: 'lab-results',
          backup: construct,
          tests: [RestoreTest.s3(BUCKET), ...tests],
        });
    };
    const share = RestoreTest.efs({ fileSystemArn: FILES, encryptionKey: new kms.Key(stack, 'Mine') });
    expect(() => files(kept(20))([share])).toThrow(/kept for 20 days/);
    expect(() => files(kept(7))([])).not.toThrow(); // none of files is tested
    expect(() => files(kept(30))([share])).not.toThrow();
  });

  test('of files alone by no other policy, and by that of the rest where they have none of their own', () => {
    const { stack } = backedUp();
    const share = RestoreTest.efs({ fileSystemArn: FILES, encryptionKey: new kms.Key(stack, 'Mine') });
    const [cluster, files] = [CLUSTER, FILES].map((arn) => backup.BackupResource.fromArn(arn));
    const shared = { systemName: 'lab-results', objectives: objectives(ClinicalTier.OPERATIONAL) };
    const restoring = (id: string, props: Pick<ClinicalBackupProps, 'resources' | 'files' | 'policy' | 'filePolicy'>) =>
      new RestoreTesting(stack, `Restores${id}`, {
        systemName: 'lab-results',
        backup: new ClinicalBackup(stack, `Backup${id}`, { ...shared, ...props }),
        tests: [share],
      });
    const apart = { resources: [cluster], policy: kept(7), files: [files], filePolicy: kept(30) };
    expect(() => restoring('Apart', apart)).not.toThrow();
    expect(() => restoring('Together', { resources: [files], policy: shortBesideLong })).toThrow(/kept for 20 days/);
  });

  test.each<[string, Partial<RestoreTestingProps>, BackupPolicy | undefined, RegExp]>([
    ['it leaves no time for two more', {}, shortLived, /kept for 20 days and tested every 7: .* at least every 6 days/],
    ['only what is kept for longer does', {}, shortBesideLong, /kept for 20 days and tested every 7/],
    [
      'no test could',
      { every: Duration.days(1) },
      kept(2),
      /kept for 2 days and tested every 1: .*; keep them for at least 3 days/,
    ],
    ['it is neither daily nor weekly', { every: Duration.days(3) }, undefined, /every must be 1 or 7 days, got 3 days/],
    ['nothing is restored', { tests: [] }, undefined, /a plan that restores nothing succeeds every time/],
    [
      'a type comes twice',
      { tests: [RestoreTest.s3(BUCKET), RestoreTest.s3(BUCKET)] },
      undefined,
      /one selection of each/,
    ],
    ['the window is too long', { validationWindow: Duration.days(8) }, undefined, /1 to 168 whole hours, got 8 days/],
  ])('fails when %s', (_, props, policy, message) => {
    expect(() => tested(props, policy)).toThrow(message);
  });
});

describe('an audit', () => {
  const { stack, construct } = backedUp(BackupPolicy.continuous35DaysDaily90Days());
  new BackupAudit(stack, 'Audit', { systemName: 'lab-results', backup: construct });
  const template = Template.fromStack(stack);

  test('lets AWS Backup deliver once its role exists, which the framework makes', () => {
    const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    expect(policy.DependsOn).toEqual(Object.keys(template.findResources('AWS::Backup::Framework')));
  });

  test('asks for what the policy says', () => {
    const [framework] = Object.values(template.findResources('AWS::Backup::Framework'));
    const asked = Object.fromEntries(
      framework.Properties.FrameworkControls.map(
        (control: {
          ControlName: string;
          ControlInputParameters?: { ParameterName: string; ParameterValue: string }[];
        }) => [
          control.ControlName,
          Object.fromEntries((control.ControlInputParameters ?? []).map((p) => [p.ParameterName, p.ParameterValue])),
        ],
      ),
    );
    expect(framework.Properties.FrameworkName).toBe('lab_results_backups');
    expect(asked).toEqual({
      BACKUP_RECOVERY_POINT_ENCRYPTED: {},
      BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED: {},
      BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK: { requiredRetentionDays: '35' },
      BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: {
        requiredFrequencyUnit: 'hours',
        requiredFrequencyValue: '24',
        requiredRetentionDays: '35',
      },
    });
  });

  const every = (time: Duration) => ({
    name: 'Only',
    schedule: 'cron(0 5 ? * SUN *)',
    every: time,
    retention: Duration.days(90),
  });

  test.each<[string, BackupPolicy, string, string]>([
    ['daily, beside monthly ones', BackupPolicy.daily35Days().withMonthly7Years(), 'hours', '24'],
    [
      'every six hours, beside daily ones',
      BackupPolicy.custom([every(Duration.hours(6)), { ...every(Duration.days(1)), name: 'D' }]),
      'hours',
      '6',
    ],
    ['weekly', BackupPolicy.custom([every(Duration.days(7))]), 'days', '7'],
    [
      'continuous alone',
      BackupPolicy.custom([{ ...every(Duration.minutes(15)), retention: Duration.days(35), continuous: true }]),
      'days',
      '1',
    ],
  ])(
    'asks for backups that are %s as often as the most frequent, in figures that the control takes',
    (_, policy, unit, value) => {
      const made = backedUp(policy);
      new BackupAudit(made.stack, 'Audit', { systemName: 'lab-results', backup: made.construct });
      const frameworks = JSON.stringify(Template.fromStack(made.stack).findResources('AWS::Backup::Framework'));
      expect(frameworks).toContain(`"requiredFrequencyUnit","ParameterValue":"${unit}"`);
      expect(frameworks).toContain(`"requiredFrequencyValue","ParameterValue":"${value}"`);
    },
  );

  test('reports jobs and compliance, spelled as CloudFormation does', () => {
    const reports = Object.values(template.findResources('AWS::Backup::ReportPlan')).map(
      ({ Properties }) => Properties,
    );
    expect(reports.map(({ ReportPlanName, ReportSetting }) => [ReportPlanName, ReportSetting.ReportTemplate])).toEqual([
      ['lab_results_backups', 'BACKUP_JOB_REPORT'],
      ['lab_results_copies', 'COPY_JOB_REPORT'],
      ['lab_results_restores', 'RESTORE_JOB_REPORT'],
      ['lab_results_compliance', 'CONTROL_COMPLIANCE_REPORT'],
    ]);
    expect(reports[3].ReportSetting.FrameworkArns).toHaveLength(1);
    expect(reports[0].ReportDeliveryChannel).toMatchObject({ S3KeyPrefix: 'backups', Formats: ['CSV', 'JSON'] });
  });

  test('the bucket takes reports from AWS Backup alone, and keeps them', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:PutObject',
            Effect: 'Allow',
            Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
          }),
        ]),
      },
    });
    expect(JSON.stringify(template.findResources('AWS::S3::BucketPolicy'))).toContain(
      'role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports',
    );
  });

  test('fails when names cannot be made of the name of the system', () => {
    expect(() => new BackupAudit(stack, 'Other', { systemName: '9 lives', backup: construct })).toThrow(
      /InvalidBackupAudit/,
    );
  });
});
