import type { Mutant } from './mutant';

/** Why a mutant makes no difference to the judgement. */
export interface Reason {
  /** `equivalent`: it survives what it survived before. `gap`: it does not, and nothing here sees that. */
  readonly kind: 'equivalent' | 'gap';
  readonly reason: string;
}

interface Entry extends Reason {
  /** The design that it holds for: what is equivalent in one may matter in another. Left out for what holds everywhere. */
  readonly design?: RegExp;
  readonly type: RegExp;
  readonly property: RegExp;
  readonly name?: RegExp;
}

type Where = Pick<Entry, 'name' | 'design'>;

const equivalent = (type: RegExp, property: RegExp, reason: string, where: Where = {}): Entry => ({
  ...{ kind: 'equivalent', type, property, reason, ...where },
});
const gap = (type: RegExp, property: RegExp, reason: string, where: Where = {}): Entry => ({
  ...{ kind: 'gap', type, property, reason, ...where },
});

/** Designs whose database instances are all those of a cluster. */
const AURORA: Where = { design: /^(?!three-tier|windows)/ };

/** Examples of this library: their databases keep continuous backups of their own, in three subnets. */
const EXAMPLES: Where = { design: /\.ts$/ };

/** The reference hospital. */
const HOSPITAL: Where = { design: /^hapi-fhir-two-regions/ };

/** Examples that run in one Region. */
const ONE_REGION: Where = { design: /^(patient-portal|vendor-windows)/ };

/** Every survivor has to be here, or to be noticed once a second protection is gone too. */
const REASONS: readonly Entry[] = [
  equivalent(
    /^AWS::RDS::DBInstance$/,
    /Policy$/,
    "instances of Aurora keep no data: the cluster's volume does",
    AURORA,
  ),
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
    'continuous backups of the database are its own for as long, and buckets keep versions',
    EXAMPLES,
  ),
  equivalent(
    /^AWS::Backup::BackupPlan$/,
    /CopyActions\.0\.Lifecycle/,
    'for the loss of a Region the newest copy counts, and one of twelve hours ago is always kept',
    HOSPITAL,
  ),
  equivalent(
    /^AWS::EC2::Subnet$/,
    /AvailabilityZone$/,
    'two zones of the database are left, and its instances run in both',
    EXAMPLES,
  ),
  equivalent(
    /^AWS::ElasticLoadBalancingV2::TargetGroup$/,
    /HealthyThresholdCount$/,
    'a target that is well comes back within the objective still',
  ),
  equivalent(
    /^AWS::Route53::RecordSet$/,
    /EvaluateTargetHealth$/,
    'nothing is left to turn to where the second of a pair is unhealthy',
    { ...HOSPITAL, name: /^EhrDr\// },
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
  gap(
    /^AWS::ElasticLoadBalancingV2::TargetGroup$/,
    /HealthCheckPath$/,
    'what a path checks is not written in a template: the front page may tell as much',
  ),
  gap(/^AWS::ApplicationAutoScaling::ScalableTarget$/, /^$/, 'whether a service grows with its load is not modelled', {
    design: /^containers/,
  }),
  gap(
    /^AWS::Backup::BackupPlan$/,
    /BackupPlanRule\.0/,
    'recovery points of an hour ago lose more than the objective allows already: only the estimate grows',
    { design: /^containers/ },
  ),
  equivalent(/^AWS::ECS::Service$/, /DesiredCount$/, 'the minimum of its scaling target is what runs', {
    design: /^containers/,
  }),
  equivalent(
    /^AWS::ElastiCache::ReplicationGroup$/,
    /SnapshotRetentionLimit$/,
    'what a cache holds is made again from the database; a snapshot of a day ago is left',
  ),
  equivalent(
    /^AWS::RDS::DBInstance$/,
    /PromotionTier$/,
    'the only reader is promoted whatever its tier, and both are of one size',
    { design: /^(containers|two-regions)/ },
  ),
  equivalent(/^AWS::S3::Bucket$/, /DeleteMarkerReplication/, 'a deletion that is not copied loses nothing'),
  equivalent(
    /^AWS::FSx::FileSystem$/,
    /AutomaticBackupRetentionDays$/,
    'AWS Backup takes the same shares every night, and keeps them for longer',
    { design: /^windows/ },
  ),
  equivalent(/^AWS::RDS::GlobalCluster$/, /./, 'the secondary Region makes none: its condition is false', {
    design: /^two-regions/,
    name: /^two-regions-us-west-2/,
  }),
  equivalent(
    /^AWS::ARCRegionSwitch::Plan$/,
    /GlobalClusterIdentifier$/,
    'its schema refuses a step without it: nothing is deployed',
  ),
  equivalent(
    /^AWS::Route53::RecordSet$/,
    /(Failover|EvaluateTargetHealth)$/,
    'the only record of its name is the answer, whatever its policy and health',
    ONE_REGION,
  ),
  gap(
    /^AWS::Route53::RecordSet$/,
    /^$/,
    'how users find an address is looked at for the way to another Region only',
    ONE_REGION,
  ),
  gap(/^AWS::RDS::DBCluster$/, /MaxCapacity$/, 'the capacity of databases is not modelled'),
  equivalent(
    /^AWS::RDS::DBCluster$/,
    /MinCapacity$/,
    'a database that paused is back within a minute, which the portal may take',
    { design: /^patient-portal/ },
  ),
  gap(/^AWS::KMS::Key$/, /UpdateReplacePolicy$/, 'what is under a key that a deployment replaces is not modelled'),
];

/** The written reason for a survivor, if there is one. */
export function reasonFor({ type, property, name }: Mutant, design: string): Reason | undefined {
  return REASONS.find(
    (entry) =>
      entry.type.test(type) &&
      entry.property.test(property) &&
      (entry.name?.test(name) ?? true) &&
      (entry.design?.test(design) ?? true),
  );
}
