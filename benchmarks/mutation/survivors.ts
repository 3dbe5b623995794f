import type { Mutant } from './mutant';

/** Why a mutant makes no difference to the judgement. */
export interface Reason {
  /** `equivalent`: it survives what it survived before. `gap`: it does not, and nothing here sees that. */
  readonly kind: 'equivalent' | 'gap';
  readonly reason: string;
}

interface Entry extends Reason {
  readonly type: RegExp;
  readonly property: RegExp;
  readonly name?: RegExp;
}

const equivalent = (type: RegExp, property: RegExp, reason: string, name?: RegExp): Entry => ({
  ...{ kind: 'equivalent', type, property, reason, name },
});
const gap = (type: RegExp, property: RegExp, reason: string, name?: RegExp): Entry => ({
  ...{ kind: 'gap', type, property, reason, name },
});

/** Every survivor has to be here, or to be noticed once a second protection is gone too. */
const REASONS: readonly Entry[] = [
  equivalent(/^AWS::RDS::DBInstance$/, /Policy$/, "instances of Aurora keep no data: the cluster's volume does"),
  equivalent(/^AWS::RDS::GlobalCluster$/, /Policy$/, 'a global cluster keeps no data: its members do'),
  equivalent(/^AWS::S3::Bucket$/, /Policy$/, 'S3 refuses to delete a bucket that holds objects'),
  equivalent(
    /^AWS::Backup::BackupVault$/,
    /Policy$/,
    'AWS Backup refuses to delete a vault that holds recovery points',
  ),
  equivalent(
    /^AWS::Backup::BackupVault$/,
    /MinRetentionDays$/,
    'a lock keeps every recovery point until its own end; the minimum bounds new jobs only',
  ),
  equivalent(
    /^AWS::Backup::BackupPlan$/,
    /BackupPlanRule\.0/,
    "continuous backups of the database are Aurora's own for as long, and buckets keep versions",
  ),
  equivalent(
    /^AWS::Backup::BackupPlan$/,
    /CopyActions\.0\.Lifecycle/,
    'for the loss of a Region the newest copy counts, and one of twelve hours ago is always kept',
  ),
  equivalent(/^AWS::EC2::Subnet$/, /AvailabilityZone$/, 'no instance runs in the third subnet of the database'),
  equivalent(
    /^AWS::ElasticLoadBalancingV2::TargetGroup$/,
    /HealthyThresholdCount$/,
    'a target that is well comes back within the objective still',
  ),
  equivalent(
    /^AWS::Route53::RecordSet$/,
    /EvaluateTargetHealth$/,
    'nothing is left to turn to where the second of a pair is unhealthy',
    /^EhrDr\//,
  ),
  equivalent(
    /^AWS::(ElasticLoadBalancingV2::TargetGroup|Route53::HealthCheck)$/,
    /(UnhealthyThresholdCount|HealthCheckIntervalSeconds|FailureThreshold|RequestInterval)$/,
    'a failure is found later, but within the objective still',
  ),
  gap(
    /^AWS::CloudWatch::Alarm$/,
    /Threshold$/,
    'how many errors, or how much lag inside a Region, are too many is for operators to say',
  ),
  gap(/^AWS::CloudWatch::Alarm$/, /TreatMissingData$/, 'whether a metric goes silent when it matters is not modelled'),
  gap(/^AWS::Route53::HealthCheck$/, /InsufficientDataHealthStatus$/, 'the way back after a failover is not modelled'),
  gap(
    /^AWS::SecretsManager::Secret$/,
    /Policy$/,
    'a secret that a deployment replaces: what its readers do meanwhile is not modelled',
  ),
  gap(
    /^AWS::Backup::BackupSelection$/,
    /Resources/,
    'backups of the copy in the other Region: a bucket that is replicated to is covered by its source',
  ),
];

/** The written reason for a survivor, if there is one. */
export function reasonFor({ type, property, name }: Mutant): Reason | undefined {
  return REASONS.find(
    (entry) => entry.type.test(type) && entry.property.test(property) && (entry.name?.test(name) ?? true),
  );
}
