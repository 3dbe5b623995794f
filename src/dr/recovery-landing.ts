import { Duration, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { OwnCertificate } from '../app';
import { type DataProtection, FailureScope, NotificationTopic, type ResilienceObjectives } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import {
  type BackupPolicy,
  type DocumentStoreConfig,
  type ExistingDocumentStoreProps,
  type IDocumentStore,
  RecoveryVault,
} from '../data';

/** Properties of a RecoveryLanding. */
export interface RecoveryLandingProps {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** What the system must achieve. */
  readonly objectives: ResilienceObjectives;
  /** What becomes of the copies when the stack is removed. */
  readonly dataProtection: DataProtection;
  /**
   * The documents to receive copies of.
   *
   * @default - none
   */
  readonly documents?: IDocumentStore;
  /**
   * The policy whose recovery points are copied here.
   *
   * @default - none: nothing is backed up
   */
  readonly backupPolicy?: BackupPolicy;
  /**
   * The policy of file shares, whose recovery points are copied here as well.
   *
   * @default - none: no file shares are backed up
   */
  readonly fileBackupPolicy?: BackupPolicy;
  /**
   * Whether the system is restored from these copies when its Region is lost, instead of running on live ones.
   *
   * @default false
   */
  readonly restores?: boolean;
}

/**
 * Where copies land in the recovery Region: a key, a bucket, a backup vault, in a stack of their own.
 *
 * The primary Region can only replicate into what is there already, and the recovery side of the database can only join what
 * the primary Region has made. So this stack is deployed before the primary, and the recovery stack after it. All three know
 * each other by physical names, and none refers to a stack in another Region.
 */
export class RecoveryLanding extends Construct {
  /** The stack, in the Region of the construct around this one. */
  public readonly stack: Stack;
  /** Encrypts every copy in this Region. */
  public readonly encryptionKey: kms.Key;
  /** The alias by which the primary Region knows the key. */
  public readonly encryptionKeyAlias: string;
  /** Operational messages of this Region. */
  public readonly notifications: NotificationTopic;
  /** Receives copies of the recovery points, where something is backed up. */
  public readonly vault?: RecoveryVault;
  /** Goes off when no copy of a recovery point has arrived for longer than the RPO for ACCOUNT allows. */
  public readonly recoveryPointAlarm?: cloudwatch.Alarm;
  /** Receives copies of the documents. */
  public readonly documents?: DocumentStoreConfig;
  /** What AWS Backup restores under, where something has to be restored before a deployment. */
  public restoreRole?: iam.Role;
  /**
   * The key, for a construct of the stack around this one. An import, because a grant would otherwise write that stack's roles
   * into the key's policy here, and this stack comes first.
   */
  public readonly importedKey: kms.IKey;
  /** The documents, likewise. */
  public readonly importedDocuments?: ExistingDocumentStoreProps;

  public constructor(scope: Construct, id: string, props: RecoveryLandingProps) {
    super(scope, id);
    const around = Stack.of(scope);
    const { systemName, dataProtection } = props;
    this.stack = new Stack(this, 'Stack', {
      stackName: `${around.stackName}-Landing`,
      description: `Copies of ${systemName} land here; deployed before its primary Region`,
      env: { account: around.account, region: around.region },
    });
    this.encryptionKey = new kms.Key(this.stack, 'Key', {
      description: `Encrypts the copies of ${systemName} in this Region`,
      enableKeyRotation: true,
      removalPolicy: dataProtection.removalPolicy,
    });
    this.encryptionKeyAlias = `alias/${systemName}-recovery`;
    new kms.Alias(this.stack, 'KeyAlias', { aliasName: this.encryptionKeyAlias, targetKey: this.encryptionKey });
    this.notifications = new NotificationTopic(this.stack, 'Notifications', {
      encryptionKey: this.encryptionKey,
      dataProtection,
    });
    if (props.backupPolicy) {
      this.vault = new RecoveryVault(this.stack, 'Vault', {
        systemName,
        policy: props.backupPolicy,
        filePolicy: props.fileBackupPolicy,
        encryptionKey: this.encryptionKey,
        dataProtection,
      });
      this.recoveryPointAlarm = this.alarmOnMissingRecoveryPoints(this.vault, props);
    }
    this.documents = props.documents?.bind(new Construct(this.stack, 'Documents'), {
      systemName,
      dataProtection,
      encryptionKey: this.encryptionKey,
    });
    this.importedKey = kms.Key.fromKeyArn(this, 'ImportedKey', this.encryptionKey.keyArn);
    const bucketName = this.documents?.replication?.bucketNameIn(this.stack.region, this.stack.account);
    this.importedDocuments = bucketName
      ? {
          encryptionKey: this.importedKey,
          bucket: s3.Bucket.fromBucketAttributes(this, 'ImportedBucket', {
            bucketName,
            encryptionKey: this.importedKey,
          }),
        }
      : undefined;
    for (const alarm of [this.recoveryPointAlarm, ...(this.documents?.alarms ?? [])]) {
      alarm?.addAlarmAction(new SnsAction(this.notifications.topic));
    }
  }

  /**
   * Make what AWS Backup restores under, now: a role made in a disaster takes the control plane of IAM, which may be in the lost Region.
   * By name, because the runbook in the primary Region says it, too.
   *
   * @internal
   */
  public _allowRestores(systemName: string): void {
    const policy = 'service-role/AWSBackupServiceRolePolicyForRestores';
    this.restoreRole = new ManagedPolicyRole(this.stack, 'RestoreRole', {
      roleName: `${systemName}-restores`,
      description: 'Lets AWS Backup restore recovery points',
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(policy)],
    });
    acknowledge(this.restoreRole, 'awsManagedServicePolicy', [
      `Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}`,
    ]);
  }

  /**
   * Make the certificate now that the deployment after a disaster would have to wait for.
   *
   * @internal
   */
  public _certify([first, ...others]: OwnCertificate[]): acm.ICertificate | undefined {
    return (
      first &&
      new acm.Certificate(this.stack, 'Certificate', {
        domainName: first.domainName,
        subjectAlternativeNames: others.map(({ domainName }) => domainName),
        validation: acm.CertificateValidation.fromDnsMultiZone(
          Object.fromEntries([first, ...others].map(({ domainName, hostedZone }) => [domainName, hostedZone])),
        ),
      })
    );
  }

  /** ARN of the key's alias, written as the primary Region has to write it. */
  public get encryptionKeyAliasArn(): string {
    return this.stack.formatArn({ service: 'kms', resource: this.encryptionKeyAlias });
  }

  /**
   * Copies arrive daily. The window is the RPO for an intruder in the account, for whom only copies help, and for the loss of the Region
   * where only copies are left of it, and at least a day and half of another for the job to run in; CloudWatch looks back seven days at most.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html
   */
  private alarmOnMissingRecoveryPoints(
    vault: RecoveryVault,
    { systemName, objectives, restores }: RecoveryLandingProps,
  ): cloudwatch.Alarm {
    const scopes = [FailureScope.ACCOUNT, ...(restores ? [FailureScope.REGION] : [])];
    const allowed = Math.min(...scopes.map((scope) => objectives.forScope(scope).rpo.toHours({ integral: false })));
    const hours = Math.min(7 * 24, Math.max(24, Math.ceil(allowed)) + 12);
    return new cloudwatch.Alarm(this.stack, 'RecoveryPointMissing', {
      alarmDescription: `${systemName}: no copy of a recovery point has arrived in ${hours} hours`,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Backup',
        metricName: 'NumberOfRecoveryPointsCompleted',
        dimensionsMap: { BackupVaultName: vault.vault.backupVaultName },
        statistic: cloudwatch.Stats.SUM,
        period: Duration.hours(1),
      }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: hours,
      datapointsToAlarm: hours,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
