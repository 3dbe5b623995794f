import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { fail } from '../../core/private/fail';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { knownRegion } from '../../core/private/tokens';
import type { DocumentReplicationTarget, IDocumentReplication } from '../document-store-ref';
import { bucketArnByName } from './bucket-arn';
import { requireSameTarget } from './one-recovery-region';
import { documentsBucketName, documentsKeyAlias } from './physical-names';

const RULE_ID = 'documents';
const RTC = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html';
const RTC_MINUTES = 15;

/**
 * Replicates a bucket with S3 Replication Time Control: 99.9 % of new objects within 15 minutes.
 *
 * Deletions are not replicated. A version's deletion never is, and delete markers are left out on purpose: what an
 * operator or an intruder deletes in one Region can still be read in the other. Replicas are not replicated further, so that two
 * buckets may replicate to each other. What the bucket held before needs S3 Batch Replication once.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
 */
export class DocumentReplication implements IDocumentReplication {
  public readonly recoveryPoint = Duration.minutes(RTC_MINUTES);
  public readonly recoveryPointSource = RTC;
  public readonly alarms: cloudwatch.Alarm[] = [];
  public readonly encryptionKeyAlias?: string;
  private target?: DocumentReplicationTarget;

  /** @param ownKey whether the key is the store's own, and has no alias yet */
  public constructor(
    private readonly scope: Construct,
    private readonly systemName: string,
    private readonly bucket: s3.Bucket,
    private readonly encryptionKey: kms.IKey,
    private readonly locked: boolean,
    ownKey: boolean,
  ) {
    this.encryptionKeyAlias = ownKey ? documentsKeyAlias(systemName) : undefined;
  }

  public bucketNameIn(region: string, account: string): string {
    return documentsBucketName(this.systemName, region, account);
  }

  public replicateTo(target: DocumentReplicationTarget): void {
    if (this.target) {
      requireSameTarget(this.scope, 'the documents are', described(this.target), described(target));
      return;
    }
    const region = knownRegion(this.scope, 'its documents are replicated to another Region');
    if (target.region === region) {
      fail(this.scope, 'ReplicaInSameRegion', `documents cannot be replicated to their own Region, got ${region}`);
    }
    if (!/^alias\/[\w/-]+$/.test(target.encryptionKeyAlias)) {
      fail(
        this.scope,
        'InvalidKeyAlias',
        `encryptionKeyAlias must look like alias/ehr-recovery, got ${target.encryptionKeyAlias}`,
      );
    }
    this.target = target;
    if (this.encryptionKeyAlias) {
      new kms.Alias(this.scope, 'KeyAlias', { aliasName: this.encryptionKeyAlias, targetKey: this.encryptionKey });
    }
    const role = this.makeRole(target);
    const cfnBucket = this.bucket.node.defaultChild as s3.CfnBucket;
    cfnBucket.replicationConfiguration = { role: role.roleArn, rules: [this.rule(target)] };
    this.bucket.node.addDependency(role); // and its policy: S3 checks it when replication is switched on
    this.alarms.push(...this.makeAlarms(target));
  }

  private rule(target: DocumentReplicationTarget): s3.CfnBucket.ReplicationRuleProperty {
    return {
      id: RULE_ID,
      status: 'Enabled',
      priority: 1,
      filter: { prefix: '' },
      deleteMarkerReplication: { status: 'Disabled' },
      sourceSelectionCriteria: {
        sseKmsEncryptedObjects: { status: 'Enabled' },
        // in both buckets or in none: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-for-metadata-changes.html
        replicaModifications: target.replicatesBack ? { status: 'Enabled' } : undefined,
      },
      destination: {
        bucket: bucketArnByName(this.scope, target.bucketName),
        encryptionConfiguration: { replicaKmsKeyId: this.kmsArn(target.region, target.encryptionKeyAlias) },
        replicationTime: { status: 'Enabled', time: { minutes: RTC_MINUTES } },
        metrics: { status: 'Enabled', eventThreshold: { minutes: RTC_MINUTES } },
      },
    };
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html */
  private makeRole(target: DocumentReplicationTarget): iam.Role {
    const role = new ManagedPolicyRole(this.scope, 'ReplicationRole', {
      description: `Lets Amazon S3 replicate the documents of ${this.systemName} to ${target.region}`,
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com'),
    });
    // by name: the bucket waits for this role, so that the role cannot refer to it
    const { account, region } = Stack.of(this.scope);
    const source = bucketArnByName(this.scope, this.bucketNameIn(region, account));
    const read = `${source}/*`;
    const write = `${bucketArnByName(this.scope, target.bucketName)}/*`;
    const keys = this.kmsArn(target.region, 'key/*');
    const allow = (actions: string[], resource: string, conditions?: Record<string, Record<string, string>>) =>
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));

    allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], source);
    allow(this.readActions(), read);
    allow(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], write);
    allow(['kms:Decrypt'], this.encryptionKey.keyArn, { StringEquals: { 'kms:ViaService': this.s3In() } });
    allow(['kms:Encrypt', 'kms:GenerateDataKey'], keys, {
      StringEquals: { 'kms:ViaService': this.s3In(target.region) },
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': target.encryptionKeyAlias },
    });
    const findings = [read, write, keys].map((resource) => `Resource::${asFindingText(this.scope, resource)}`);
    acknowledge(role, 'replicatedObjects', findings);
    return role;
  }

  private readActions(): string[] {
    return [
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
      ...(this.locked ? ['s3:GetObjectRetention', 's3:GetObjectLegalHold'] : []),
    ];
  }

  private makeAlarms(target: DocumentReplicationTarget): cloudwatch.Alarm[] {
    const metric = (metricName: string, statistic: string) =>
      new cloudwatch.Metric({
        namespace: 'AWS/S3',
        metricName,
        dimensionsMap: {
          SourceBucket: this.bucket.bucketName,
          DestinationBucket: target.bucketName,
          RuleId: RULE_ID,
        },
        statistic,
        period: Duration.minutes(5),
      });
    // no data means that nothing waits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics.html
    const treatMissingData = cloudwatch.TreatMissingData.NOT_BREACHING;
    return [
      metric('OperationsFailedReplication', cloudwatch.Stats.SUM).createAlarm(this.scope, 'ReplicationFailedAlarm', {
        alarmDescription: `Documents could not be replicated to ${target.region}`,
        threshold: 0,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData,
      }),
      metric('ReplicationLatency', cloudwatch.Stats.MAXIMUM).createAlarm(this.scope, 'ReplicationLatencyAlarm', {
        alarmDescription: `Documents reach ${target.region} later than their recovery point allows`,
        threshold: this.recoveryPoint.toSeconds(),
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData,
      }),
    ];
  }

  private s3In(region: string = Stack.of(this.scope).region): string {
    return `s3.${region}.${Stack.of(this.scope).urlSuffix}`;
  }

  private kmsArn(region: string, resource: string): string {
    return Stack.of(this.scope).formatArn({
      service: 'kms',
      region,
      resource,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
  }
}

function described(target: DocumentReplicationTarget): string {
  return `${target.bucketName} in ${target.region}`;
}
