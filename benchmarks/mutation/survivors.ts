import type { Mutant, Template } from './mutant';
import { toldByComposite } from './told-by-composite';

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
  /** What the template has to say for the reason to hold. */
  readonly holds?: (template: Template, logicalId: string) => boolean;
}

type Where = Pick<Entry, 'name' | 'design' | 'holds'>;

const equivalent = (type: RegExp, property: RegExp, reason: string, where: Where = {}): Entry => ({
  ...{ kind: 'equivalent', type, property, reason, ...where },
});
const gap = (type: RegExp, property: RegExp, reason: string, where: Where = {}): Entry => ({
  ...{ kind: 'gap', type, property, reason, ...where },
});

/** Instances of a cluster. */
const AURORA: Where = {
  holds: ({ Resources }, logicalId) => Resources[logicalId].Properties?.DBClusterIdentifier !== undefined,
};

/** Examples of this library: their databases keep continuous backups of their own, in three subnets. */
const EXAMPLES: Where = { design: /\.ts$/ };

/** The reference hospital. */
const HOSPITAL: Where = { design: /^hapi-fhir-two-regions/ };

/** Examples that run in one Region, or do until something was restored in the other. */
const ONE_REGION: Where = {
  design: /^(patient-portal|vendor-windows|iris-mirror|openemr|open-integration|orthanc|department)/,
};

/** The standby of examples in two Regions. */
const STANDBY: Where = { design: /^(hapi-fhir|laboratory)/, name: /^(EhrDr|LaboratoryDr)\// };

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
    'continuous backups of databases and tables are their own for as long, and buckets keep versions',
    { ...EXAMPLES, name: /^(?!.*BackupFilePlan)/ }, // whose stores have none: file systems, and clusters of Aurora DSQL
  ),
  equivalent(
    /^AWS::Backup::BackupPlan$/,
    /CopyActions\.1/,
    'the automated backups of the database are replicated to the same Region, where they restore to any second, and another account has the copies too',
    { design: /^department/, name: /NuclearBackupPlan/ },
  ),
  equivalent(
    /^AWS::Backup::BackupPlan$/,
    /CopyActions\.0\.Lifecycle/,
    'for the loss of a Region the newest copy counts, and one of twelve hours ago is always kept',
    HOSPITAL,
  ),
  equivalent(/^AWS::EC2::Subnet$/, /AvailabilityZone$/, 'nothing stands in the subnets for databases', {
    design: /^(iris-mirror|watched|consent)/,
    name: /DatabaseSubnet/,
  }),
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
    STANDBY,
  ),
  equivalent(
    /^AWS::(ElasticLoadBalancingV2::TargetGroup|Route53::HealthCheck)$/,
    /(UnhealthyThresholdCount|HealthCheckIntervalSeconds|FailureThreshold|RequestInterval)$/,
    'a failure is found later, but within the objective still',
  ),
  equivalent(
    /^AWS::CloudWatch::Alarm$|^AWS::CloudWatch::CompositeAlarm$/,
    /AlarmActions$/,
    'a composite alarm that sounds whenever it does tells the same people at the same moment',
    { holds: toldByComposite },
  ),
  gap(
    /^AWS::CloudWatch::Alarm$/,
    /AlarmActions$/,
    'something acts on it, but does not tell the same people at the same moment: who has to be told is not modelled',
  ),
  gap(
    /^AWS::CloudWatch::Alarm$/,
    /Threshold$/,
    'how many errors, connections or waiting transactions are too many depends on traffic, which templates do not tell',
    {
      name: /(Errors|ErrorAlarm|ErrorsAlarm|Refused|RefusedAlarm|Resets|Forgotten|HistoryListAlarm|ConnectionsAlarm)[0-9A-F]* /,
    },
  ),
  equivalent(
    /^AWS::CloudWatch::Alarm$/,
    /EvaluationPeriods$/,
    'that the other Region has drifted is told of later; no recovery waits for it',
    { name: /Readiness(\w*NotReady|CannotCompare)[0-9A-F]* / },
  ),
  gap(
    /^AWS::CloudWatch::Alarm$/,
    /(Threshold|EvaluationPeriods)$/,
    'how long a hospital takes to get another certificate is not written in a template',
    {
      name: /CertificateEnds[0-9A-F]* /,
    },
  ),
  gap(/^AWS::CloudWatch::Alarm$/, /Threshold$/, 'what a metric of its own can show is not written in a template', {
    name: /FailedOver[0-9A-F]* /,
  }),
  gap(
    /^AWS::CloudWatch::Alarm$/,
    /Threshold$/,
    'a reader that lags for half an hour is within what may be lost, but clinicians read old results from it',
    { name: /ReaderLagAlarm[0-9A-F]* / },
  ),
  gap(
    /^AWS::CloudWatch::Alarm$/,
    /TreatMissingData$/,
    'unhealthy targets are counted while there are targets: nothing else watches whether there are none',
    { design: /^three-tier/ },
  ),
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
    /(Failover|EvaluateTargetHealth|HealthCheckId)$/,
    'the only record of its name is the answer, whatever its policy and health',
    ONE_REGION,
  ),
  gap(
    /^AWS::Route53::RecordSet$/,
    /^$/,
    'how users find an address is looked at for the way to another Region only',
    ONE_REGION,
  ),
  gap(
    /^AWS::Route53::HealthCheck$/,
    /HealthThreshold$/,
    'that one of two health checks is enough keeps users where a plan has moved them from: which is needed is not modelled',
  ),
  gap(/^AWS::RDS::DBProxy(Endpoint)?$/, /VpcSubnetIds/, 'the zones in which a proxy stands are not modelled'),
  gap(/^AWS::RDS::DBCluster$/, /MaxCapacity$/, 'the capacity of databases is not modelled'),
  equivalent(
    /^AWS::RDS::DBCluster$/,
    /MinCapacity$/,
    'a database that paused is back within a minute, of the fifteen that these systems may take',
    { design: /^(patient-portal|laboratory|open-integration|openemr|orthanc)/ },
  ),
  equivalent(
    /^AWS::S3::Bucket$/,
    /(ExpirationInDays|NoncurrentDays|VersioningConfiguration.Status)$/,
    'it keeps reports, configuration histories or pictures of probes: what an audit needs, not care',
    { name: /(ConfigBucket|AuditReports|ResultsBucket)[0-9A-F]* / },
  ),
  equivalent(
    /^AWS::ElasticLoadBalancingV2::LoadBalancer$/,
    /LoadBalancerAttributes/,
    'a client lets go of the load balancer of a lost Region within a day, and the loss of a Region may take as long here',
    { design: /^openemr/, name: /client_keep_alive/ },
  ),
  gap(
    /^AWS::ElasticLoadBalancingV2::LoadBalancer$/,
    /LoadBalancerAttributes/,
    'a client may hold on to the load balancer of a lost Region for a day, beside what the recovery takes: only the latter is added up',
    { design: /^department/, name: /client_keep_alive/ },
  ),
  gap(
    /^AWS::ElasticLoadBalancingV2::TargetGroup$/,
    /HttpCode$/,
    'that it takes 401 for health is said already: taking 404 too only makes it worse',
    { design: /^orthanc/ },
  ),
  gap(
    /^AWS::S3::Bucket$/,
    /(ExpirationInDays|NoncurrentDays)$/,
    'how long lists of what people had to compare are kept is for an audit to say; what they list is in other buckets',
    { name: /ReconciliationDocumentsBucket|ReconciliationHereDocumentsBucket/ },
  ),
  equivalent(
    /^AWS::ECR::ReplicationConfiguration$/,
    /ReplicationConfiguration$/,
    'its schema refuses it without one: nothing is deployed',
  ),
  gap(
    /^AWS::EC2::VPCEndpoint$/,
    /PrivateDnsEnabled$/,
    'by which name applications look for an endpoint of a service of their own is not followed',
    { design: /^dispensing/ },
  ),
  gap(/^AWS::SSM::Document$/, /Content/, 'what a runbook does, step by step, is not read'),
  gap(
    /^AWS::ECS::Service$/,
    /AvailabilityZoneRebalancing$/,
    'how tasks of a standby spread once there are many is not modelled',
    STANDBY,
  ),
  gap(
    /^AWS::ApplicationAutoScaling::ScalableTarget$/,
    /MaxCapacity$/,
    'how far a standby can grow is compared with the peak where a plan names its target, not where a runbook does',
    STANDBY,
  ),
  gap(
    /^AWS::RDS::DBInstance$/,
    /BackupRetentionPeriod$/,
    'AWS Backup keeps recovery points of it too: how far back any moment of it can be had, once it was promoted, is not asked',
    STANDBY,
  ),
  gap(
    /^AWS::Backup::BackupPlan$/,
    /CopyActions/,
    'a replica of the records is in the other Region already: that a wrong change reaches it before the Region is lost is not modelled',
    { design: /^(laboratory|consent|appointments|dispensing)/ },
  ),
  gap(
    /^AWS::Backup::BackupVault$/,
    /Notifications/,
    'failed jobs are told by another rule or another Region in part: which jobs nobody hears of is not modelled',
  ),
  gap(
    /^AWS::S3::Bucket$/,
    /ObjectLockConfiguration$/,
    'who can delete versions in place, where a copy in another account remains, is not modelled',
    { design: /^laboratory/ },
  ),
  gap(
    /^AWS::Backup::RestoreTestingPlan$/,
    /ScheduleExpression$/,
    'once a month is often enough for what is kept for three: that a failed backup is found a month later is not modelled',
  ),
  gap(
    /^AWS::Backup::RestoreTestingSelection$/,
    /^$/,
    'one restore test is enough for a plan: which kinds of stores are never restored is not asked',
  ),
  gap(
    /^AWS::ECS::TaskDefinition$/,
    /StopTimeout$/,
    'how long an engine of its kind needs to finish what it received is not known',
    { design: /^open-integration/ },
  ),
  gap(/^AWS::KMS::Key$/, /UpdateReplacePolicy$/, 'what is under a key that a deployment replaces is not modelled'),
  gap(
    /^AWS::Route53::RecordSet$/,
    /^$|Failover$|EvaluateTargetHealth$/,
    'how users find an address is looked at for the way to another Region only',
    { design: /^consent/ },
  ),
  gap(
    /^AWS::DynamoDB::GlobalTable$/,
    /RecoveryPeriodInDays$/,
    'how far back a replica of a table can be restored by itself is not modelled',
  ),
  gap(
    /^AWS::Backup::RestoreTestingPlan$/,
    /^$/,
    'the standby may be left without restore tests where the other side has some',
    STANDBY,
  ),
  gap(/^AWS::CloudWatch::Alarm$/, /Threshold$/, 'how often a response to an incident may fail is not modelled', {
    design: /^security-response/,
  }),
  gap(
    /^AWS::S3::Bucket$/,
    /(ExpirationInDays|NoncurrentDays)$/,
    'how long records of an incident are kept is for an audit to say',
    { design: /^security-response/ },
  ),
];

/** The written reason for a survivor, if there is one. */
export function reasonFor(
  { type, property, name, logicalId }: Mutant,
  design: string,
  template: Template,
): Reason | undefined {
  return REASONS.find(
    (entry) =>
      entry.type.test(type) &&
      entry.property.test(property) &&
      (entry.name?.test(name) ?? true) &&
      (entry.design?.test(design) ?? true) &&
      (entry.holds?.(template, logicalId) ?? true),
  );
}
