import { isObject, type Json, type Mutator, type Place, type Template, type Weaker } from './mutant';

/** The name that a place has: its last property, not the number of an item. */
function nameOf({ path }: Place): string {
  return String([...path].reverse().find((part) => typeof part === 'string'));
}

function named(kind: string, name: RegExp, weaken: (value: Json, place: Place) => Weaker | undefined): Mutator {
  return {
    kind,
    weaken: (place) => {
      const last = place.path[place.path.length - 1];
      const weaker = typeof last === 'string' && name.test(last) ? weaken(valueAt(place), place) : undefined;
      return weaker ? [weaker] : [];
    },
  };
}

/** What stands at a place; where a parameter decides, what that is by default. */
function valueAt({ value, template: { Parameters: parameters } }: Place): Json {
  const named =
    isObject(value) && typeof value.Ref === 'string' && isObject(parameters) ? parameters[value.Ref] : undefined;
  return isObject(named) && named.Default !== undefined ? named.Default : value;
}

/** Once a month. */
const MONTHLY = 'cron(0 5 1 * ? *)';

const to = (value: Json): Weaker => ({ to: value, change: JSON.stringify(value) });
const gone: Weaker = { to: undefined, change: 'removed' };

/** Switched off. Templates write booleans as text too. */
const off = (value: Json) =>
  value === true || value === 'true' ? to(typeof value === 'string' ? 'false' : false) : undefined;

/** Lowered to a number that no longer does what the value did. */
const lowered = (floor: number) => (value: Json) => (Number(value) > floor ? to(floor) : undefined);

/** Raised far above what it was. */
const raised = (ceiling: number) => (value: Json) =>
  typeof value !== 'object' && Number(value) < ceiling ? to(ceiling) : undefined;

/** One subnet of several. */
const oneSubnet: Mutator = {
  kind: 'zones',
  weaken: (place) => {
    const { path, value } = place;
    const isList = Array.isArray(value) && value.length > 1 && /Subnet|VPCZoneIdentifier/.test(nameOf(place));
    return isList && typeof path[path.length - 1] === 'string'
      ? [{ to: value.slice(0, 1), change: 'the first only' }]
      : [];
  },
};

/** The zone of the first slot in place of another. */
const firstZone = named('zones', /^AvailabilityZone$/, (value) => {
  const select = isObject(value) ? value['Fn::Select'] : undefined;
  return Array.isArray(select) && Number(select[0]) > 0
    ? { to: { 'Fn::Select': [0, select[1]] }, change: 'slot 0' }
    : undefined;
});

/** Another NAT gateway than the one of the zone. */
const otherNatGateway: Mutator = {
  kind: 'routes',
  weaken: (place) => {
    if (nameOf(place) !== 'NatGatewayId' || !isObject(place.value)) {
      return [];
    }
    const own = place.value.Ref;
    const other = logicalIdsOf(place.template, 'AWS::EC2::NatGateway').find((logicalId) => logicalId !== own);
    return other ? [{ to: { Ref: other }, change: `that of ${other}` }] : [];
  },
};

function logicalIdsOf(template: Template, type: string): string[] {
  return Object.entries(template.Resources).flatMap(([logicalId, resource]) =>
    resource.Type === type ? [logicalId] : [],
  );
}

/** Attributes of load balancers and target groups: a name and a value beside each other. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  'deletion_protection.enabled': 'false',
  'zonal_shift.config.enabled': 'false',
  'load_balancing.cross_zone.enabled': 'false',
  'target_group_health.dns_failover.minimum_healthy_targets.count': 'off',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '100',
  'deregistration_delay.timeout_seconds': '3600',
  'client_keep_alive.seconds': '86400',
  'idle_timeout.timeout_seconds': '1',
  'stickiness.enabled': 'true',
};

const attributes: Mutator = {
  kind: 'load balancer attributes',
  weaken: ({ value }) => {
    const weaker = isObject(value) && typeof value.Key === 'string' ? ATTRIBUTES[value.Key] : undefined;
    return isObject(value) && weaker !== undefined && value.Value !== weaker
      ? [{ to: { ...value, Value: weaker }, change: `${String(value.Key)} ${weaker}` }]
      : [];
  },
};

/** Lists whose items each protect something: every item alone goes. */
const PROTECTING_ITEMS =
  /^(CopyActions|ReplicaRegions|BackupPlanRule|Replicas|ChildHealthChecks|ContainerRecoveryStrategies)$/;

const items: Mutator = {
  kind: 'copies',
  weaken: (place) => {
    const { path } = place;
    const list = path[path.length - 2];
    const isItem = typeof path[path.length - 1] === 'number' && typeof list === 'string';
    const selected = place.type === 'AWS::Backup::BackupSelection' && list === 'Resources';
    return isItem && (selected || PROTECTING_ITEMS.test(list)) ? [gone] : [];
  },
};

/** The Region in the address of a copy is the one that it comes from. */
const copyInPlace = named('copies', /^DestinationBackupVaultArn$/, (value, { template }) => {
  const text = JSON.stringify(value);
  const region = /arn:[^:"]+:backup:([a-z0-9-]+):/.exec(text)?.[1];
  const vault = logicalIdsOf(template, 'AWS::Backup::BackupVault')[0];
  return region && vault
    ? { to: { 'Fn::GetAtt': [vault, 'BackupVaultArn'] }, change: 'a vault of the same Region' }
    : undefined;
});

/** Capacity that may be taken back at any time. */
const capacity: Mutator = {
  kind: 'capacity',
  weaken: ({ type, path, value }) => {
    if (type !== 'AWS::ECS::Service' || path.length !== 1 || !isObject(value) || value.LaunchType !== 'FARGATE') {
      return [];
    }
    const { LaunchType: _, ...rest } = value;
    const spot = [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }];
    return [{ to: { ...rest, CapacityProviderStrategy: spot }, change: 'Spot only' }];
  },
};

/** As many periods as CloudWatch allows for short ones. */
function periodsOfADay({ template, logicalId }: Place): number {
  const { Period: period } = template.Resources[logicalId].Properties;
  return Math.floor(86_400 / (typeof period === 'number' ? period : 60));
}

/** Each knows a property by its name, wherever it stands. */
export const MUTATORS: readonly Mutator[] = [
  oneSubnet,
  firstZone,
  otherNatGateway,
  attributes,
  items,
  copyInPlace,
  capacity,
  named(
    'counts',
    /^(DesiredCount|MinSize|DesiredCapacity|NumCacheClusters|NumNodeGroups|InstanceCount|NumberOfBrokerNodes)$/,
    lowered(1),
  ),
  named('counts', /^(ReplicasPerNodeGroup|NumReplicasPerShard|MinimumHealthyPercent|PromotionTier)$/, (value, place) =>
    nameOf(place) === 'PromotionTier' ? raised(15)(value) : lowered(0)(value),
  ),
  named('counts', /^MinCapacity$/, (value, { type }) => lowered(type.startsWith('AWS::RDS') ? 0 : 1)(value)),
  named('counts', /^MaxCapacity$/, lowered(1)),
  named(
    'flags',
    /^(MultiAZ|MultiAZEnabled|AutomaticFailoverEnabled|ZoneAwarenessEnabled|EvaluateTargetHealth|PrivateDnsEnabled)$/,
    off,
  ),
  named(
    'flags',
    /^(AutoMinorVersionUpgrade|EnableContinuousBackup|PointInTimeRecoveryEnabled|CopyTagsToSnapshot)$/,
    off,
  ),
  named('zones', /^DeploymentType$/, (value, { type }) =>
    type.startsWith('AWS::FSx') && String(value).startsWith('MULTI_AZ') ? to('SINGLE_AZ_2') : undefined,
  ),
  named('links', /^StaticRoutesOnly$/, (value) => (value === false ? to(true) : undefined)),
  named('links', /^DPDTimeoutSeconds$/, raised(7200)),
  named('flags', /^AvailabilityZoneRebalancing$/, (value) => (value === 'ENABLED' ? to('DISABLED') : undefined)),
  named('deployments', /^(Enable|Rollback)$/, (value, { path }) =>
    path.includes('DeploymentConfiguration') ? off(value) : undefined,
  ),
  named('protections', /^DeletionProtection(Enabled)?$/, off),
  named(
    'retention',
    /^(BackupRetentionPeriod|DeleteAfterDays|RecoveryPeriodInDays|SnapshotRetentionLimit)$/,
    lowered(1),
  ),
  named(
    'retention',
    /^(NoncurrentDays|ExpirationInDays|RetentionInDays|RetentionPeriod|MessageRetentionPeriod)$/,
    lowered(1),
  ),
  named('retention', /^(PendingWindowInDays|RecoveryWindowInDays)$/, lowered(7)),
  named('schedules', /^ScheduleExpression$/, (value, { type }) =>
    type.startsWith('AWS::Backup') && typeof value === 'string' && value !== MONTHLY ? to(MONTHLY) : undefined,
  ),
  named('windows', /^(StartWindowMinutes|StartWindowHours)$/, raised(100_000)),
  named('locks', /^(LockConfiguration|ObjectLockConfiguration|AccessPolicy)$/, (_, { type }) =>
    type === 'AWS::Backup::BackupVault' || type === 'AWS::S3::Bucket' ? gone : undefined,
  ),
  named('locks', /^MinRetentionDays$/, lowered(1)),
  named('replicas', /^(ReplicationConfiguration|GlobalClusterIdentifier|GlobalReplicationGroupId)$/, (_, { type }) =>
    type === 'AWS::RDS::GlobalCluster' ? undefined : gone,
  ),
  named('versions', /^Status$/, (value, { path }) =>
    value === 'Enabled' && path.includes('VersioningConfiguration') ? to('Suspended') : undefined,
  ),
  named('replicas', /^Status$/, (value, { path }) =>
    value === 'Enabled' && path.includes('ReplicationConfiguration') && !path.includes('Metrics')
      ? to('Disabled')
      : undefined,
  ),
  named('health checks', /^(HealthCheckIntervalSeconds|HealthCheckTimeoutSeconds)$/, (value, place) =>
    raised(nameOf(place) === 'HealthCheckIntervalSeconds' ? 300 : 120)(value),
  ),
  named('health checks', /^(UnhealthyThresholdCount|FailureThreshold|HealthyThresholdCount)$/, raised(10)),
  named('health checks', /^HealthCheckGracePeriodSeconds$/, lowered(0)),
  named('health checks', /^RequestInterval$/, raised(30)),
  named('health checks', /^HealthCheckPath$/, (value) => (value === '/' ? undefined : gone)),
  named('health checks', /^HealthCheckId$/, () => gone),
  named('health checks', /^HealthThreshold$/, lowered(1)),
  named('health checks', /^InsufficientDataHealthStatus$/, (value) =>
    value === 'LastKnownStatus' ? to('Healthy') : undefined,
  ),
  named('health checks', /^HttpCode$/, () => to('200-499')),
  named('failover', /^Failover$/, () => gone),
  named('failover', /^Ungraceful$/, (value, { type }) =>
    type === 'AWS::ARCRegionSwitch::Plan' && isObject(value) ? gone : undefined,
  ),
  named('timeouts', /^(TimeoutMinutes|RecoveryTimeObjectiveMinutes)$/, (value, { type }) =>
    type === 'AWS::ARCRegionSwitch::Plan' ? raised(10_000)(value) : undefined,
  ),
  named('messages', /^RedrivePolicy$/, () => gone),
  named('health checks', /^HealthCheckType$/, (value) => (value === 'ELB' ? to('EC2') : undefined)),
  named('retention', /^AutomaticBackupRetentionDays$/, lowered(0)),
  named('replicas', /^ReplicationTime$/, () => gone),
  named('timeouts', /^TTL$/, raised(86_400)),
  named('timeouts', /^StopTimeout$/, lowered(1)),
  named('alarms', /^(AlarmActions|NotificationIds)$/, (value) =>
    Array.isArray(value) && value.length > 0 ? gone : undefined,
  ),
  named('alarms', /^EvaluationPeriods$/, (value, place) => raised(periodsOfADay(place))(value)),
  named('alarms', /^Threshold$/, (value, { type, path, template, logicalId }) => {
    if (type !== 'AWS::CloudWatch::Alarm' || path.length !== 2 || Number(value) === 0) {
      return undefined;
    }
    const below = String(template.Resources[logicalId].Properties.ComparisonOperator).startsWith('LessThan');
    return to(below ? 0 : Number(value) * 1000);
  }),
  named('alarms', /^TreatMissingData$/, (value) => (value === 'breaching' ? to('notBreaching') : undefined)),
  named('notifications', /^(SNSTopicArn|BackupVaultEvents)$/, () => gone),
];

/** Types of which each resource protects by being there: every one alone is taken away. */
export const PROTECTING_TYPES =
  /^AWS::(RDS::DBInstance|Backup::(BackupSelection|RestoreTestingPlan|RestoreTestingSelection)|ApplicationAutoScaling::ScalableTarget|EFS::MountTarget|ElastiCache::CacheCluster|EC2::(VPNConnection|CustomerGateway)|Route53::RecordSet)$/;

/** What of a resource's own attributes protects. */
export const POLICIES: readonly string[] = ['DeletionPolicy', 'UpdateReplacePolicy'];

/** Types that keep records, or without which records cannot be read: policies of other types protect convenience. */
export const KEEPING_TYPES =
  /^AWS::(RDS::(DBCluster|DBInstance|GlobalCluster)|DocDB::DBCluster|Neptune::DBCluster|S3::Bucket|KMS::Key|SecretsManager::Secret|Backup::.*Vault|DynamoDB::.*Table|EFS::FileSystem|FSx::FileSystem|EC2::Volume|ElastiCache::ReplicationGroup|MemoryDB::Cluster|OpenSearchService::Domain)$/;
