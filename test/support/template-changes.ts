import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, Resource, ResourceProperties, SpecDatabase } from '@aws-cdk/service-spec-types';
import type { Template, TemplateResource } from './example';

/** What a deployment would do to a resource. */
export type Effect = 'added' | 'removed' | 'replaced' | 'may be replaced' | 'updated';

/** A difference between two templates of one stack. */
export interface TemplateChange {
  readonly logicalId: string;
  readonly type: string;
  readonly effect: Effect;
  /** Properties, or attributes such as `DeletionPolicy`, that differ. */
  readonly paths: string[];
}

/** A number that says how much runs, before and after. */
export interface CapacityChange {
  readonly logicalId: string;
  readonly property: string;
  readonly was: number | undefined;
  readonly is: number | undefined;
}

/** Stateful beside those that the service specification marks. */
const ALSO_STATEFUL = [
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::EC2::VPC',
  'AWS::ElastiCache::GlobalReplicationGroup',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::KMS::Alias',
  'AWS::KMS::ReplicaKey',
  'AWS::RDS::GlobalCluster',
  'AWS::Route53::HealthCheck', // its id is what records carry
  'AWS::Route53::RecordSet',
  'AWS::SNS::Topic', // its subscriptions are people
];

/** The property that names it, where it is known by something else once it exists. */
const NAMED_BY: Record<string, string | undefined> = {
  'AWS::ECS::Service': 'ServiceName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** How much runs, or is kept ready, by type: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ */
const CAPACITY: Record<string, string[]> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': ['MinCapacity', 'MaxCapacity'],
  'AWS::AutoScaling::AutoScalingGroup': ['MinSize', 'MaxSize', 'DesiredCapacity'],
  'AWS::DynamoDB::GlobalTable': [
    'WriteOnDemandThroughputSettings.MaxWriteRequestUnits',
    'WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings.MinCapacity',
    'WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings.MaxCapacity',
  ],
  'AWS::DynamoDB::Table': ['ProvisionedThroughput.ReadCapacityUnits', 'ProvisionedThroughput.WriteCapacityUnits'],
  'AWS::EC2::CapacityReservation': ['InstanceCount'],
  'AWS::ECS::Service': ['DesiredCount'],
  'AWS::EFS::FileSystem': ['ProvisionedThroughputInMibps'],
  'AWS::ElastiCache::ReplicationGroup': ['NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup'],
  'AWS::FSx::FileSystem': ['StorageCapacity'],
  'AWS::Lambda::Function': ['ReservedConcurrentExecutions'],
  'AWS::RDS::DBCluster': [
    'ServerlessV2ScalingConfiguration.MinCapacity',
    'ServerlessV2ScalingConfiguration.MaxCapacity',
  ],
  'AWS::RDS::DBInstance': ['AllocatedStorage', 'Iops'],
};

/** Of which one is a place for something to run, or the way out of it: fewer is less, whatever they are called. */
const COUNTED = ['AWS::EC2::NatGateway', 'AWS::EC2::Subnet', 'AWS::EC2::VPCEndpoint', 'AWS::RDS::DBInstance'];

/** Amazon ECS keeps the count of a service whose template says none: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html */
const KEPT_WHEN_LEFT_OUT = ['AWS::ECS::Service'];

/**
 * Every difference that a deployment would act on, with the effect the CloudFormation schemas announce: also of what refers to a resource
 * that is replaced, and so gets another value although its template says the same.
 */
export function templateChanges(was: Template, is: Template): TemplateChange[] {
  const ids = [...new Set([...Object.keys(was.Resources), ...Object.keys(is.Resources)])];
  const replaced = new Set<string>();
  for (;;) {
    const changes = ids.flatMap(
      (logicalId) => change(logicalId, was.Resources[logicalId], is.Resources[logicalId], replaced) ?? [],
    );
    const more = changes.filter(({ logicalId, effect }) => effect === 'replaced' && !replaced.has(logicalId));
    if (more.length === 0) {
      return changes;
    }
    for (const { logicalId } of more) {
      replaced.add(logicalId);
    }
  }
}

/** Whether losing or replacing a resource of this type loses data, identity, an address or keys. */
export function isStateful(type: string): boolean {
  return ALSO_STATEFUL.includes(type) || specOf(type)?.isStateful === true;
}

/**
 * Whether a resource bears a name of its own before and after, so that CloudFormation refuses to replace it:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function keepsName({ logicalId, type }: TemplateChange, was: Template, is: Template): boolean {
  const property = NAMED_BY[type] ?? specOf(type)?.primaryIdentifier?.[0] ?? '';
  const [before, after] = [was, is].map(({ Resources }) => Resources[logicalId]?.Properties?.[property]);
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after);
}

/** Numbers that would run less afterwards. A number that is gone counts: nobody knows what comes in its place, unless it is kept. */
export function capacityDecreases(was: Template, is: Template): CapacityChange[] {
  const numbers = Object.entries(was.Resources).flatMap(([logicalId, resource]) =>
    (CAPACITY[resource.Type] ?? [])
      .map((property) => ({
        logicalId,
        property,
        was: numberAt(resource, property),
        is: numberAt(is.Resources[logicalId], property),
      }))
      .filter((number) => number.is !== undefined || !keeps(resource, is.Resources[logicalId])),
  );
  const counts = COUNTED.map((type) => ({
    logicalId: type,
    property: 'how many',
    was: countOf(was, type),
    is: countOf(is, type),
  }));
  return [...numbers, ...counts].filter(
    (capacity) => capacity.was !== undefined && (capacity.is === undefined || capacity.is < capacity.was),
  );
}

function keeps({ Type }: TemplateResource, is: TemplateResource | undefined): boolean {
  return is !== undefined && KEPT_WHEN_LEFT_OUT.includes(Type);
}

function countOf({ Resources }: Template, type: string): number {
  return Object.values(Resources).filter(({ Type }) => Type === type).length;
}

/** Counts written into a template, which a deployment would set back to after something has scaled. */
export function fixedCounts({ Resources }: Template): string[] {
  const counts = { 'AWS::ECS::Service': 'DesiredCount', 'AWS::AutoScaling::AutoScalingGroup': 'DesiredCapacity' };
  return Object.entries(Resources)
    .filter(([, { Type, Properties }]) => Properties?.[counts[Type as keyof typeof counts]] !== undefined)
    .map(([logicalId]) => logicalId);
}

function change(
  logicalId: string,
  was: TemplateResource | undefined,
  is: TemplateResource | undefined,
  replaced: Set<string>,
): TemplateChange | undefined {
  if (!was || !is) {
    return { logicalId, type: (was ?? is)?.Type ?? '', effect: was ? 'removed' : 'added', paths: [] };
  }
  if (was.Type !== is.Type) {
    return { logicalId, type: is.Type, effect: 'replaced', paths: ['Type'] };
  }
  const paths = [
    ...new Set([
      ...differing(attributesOf(was), attributesOf(is)),
      ...differing(was.Properties, is.Properties),
      ...referring(is.Properties, replaced),
    ]),
  ];
  return paths.length === 0 ? undefined : { logicalId, type: is.Type, effect: effectOf(is.Type, paths), paths };
}

function attributesOf({ Properties, Metadata, ...attributes }: TemplateResource & { Metadata?: unknown }) {
  return attributes as Record<string, unknown>;
}

function effectOf(type: string, paths: string[]): Effect {
  const spec = specOf(type);
  const replacements = paths.map((path) => replacement(spec, path.split('.')));
  if (replacements.includes('yes')) return 'replaced';
  return replacements.includes('maybe') ? 'may be replaced' : 'updated';
}

/** A property causes what the nearest property around it causes, down to the one that differs. */
function replacement(spec: Resource | undefined, path: string[]): 'yes' | 'no' | 'maybe' {
  let properties: ResourceProperties | undefined = spec?.properties;
  for (const name of path) {
    const property = properties?.[name];
    if (property?.causesReplacement && property.causesReplacement !== 'no') {
      return property.causesReplacement;
    }
    properties = property ? propertiesOf(property.type) : undefined;
  }
  const always = spec?.additionalReplacementProperties ?? [];
  return always.some((fixed) => fixed.every((name, i) => path[i] === name)) ? 'yes' : 'no';
}

function propertiesOf(type: PropertyType): ResourceProperties | undefined {
  return type.type === 'ref' ? spec().get('typeDefinition', type.reference.$ref).properties : undefined;
}

/** Paths of plain objects down to where they differ; a list or a function of CloudFormation differs as a whole. */
function differing(was: unknown, is: unknown, at: string[] = []): string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) {
    return [];
  }
  if (!isPlain(was) || !isPlain(is)) {
    return at.length > 0 ? [at.join('.')] : [...keysOf(was), ...keysOf(is)];
  }
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return keys.flatMap((key) => differing(was[key], is[key], [...at, key]));
}

/** Paths of plain objects down to a value that names a resource of these, by `Ref` or an attribute. */
function referring(value: unknown, replaced: Set<string>, at: string[] = []): string[] {
  if (isPlain(value)) {
    return Object.entries(value).flatMap(([key, inner]) => referring(inner, replaced, [...at, key]));
  }
  const text = replaced.size > 0 ? (JSON.stringify(value) ?? '') : '';
  const names = [...text.matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/g)].map(([, name]) => name);
  return names.some((name) => replaced.has(name)) ? [at.join('.')] : [];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))
  );
}

function keysOf(value: unknown): string[] {
  return isPlain(value) ? Object.keys(value) : [];
}

function numberAt(resource: TemplateResource | undefined, path: string): number | undefined {
  const value = path
    .split('.')
    .reduce<unknown>((at, name) => (isPlain(at) ? at[name] : undefined), resource?.Properties ?? {});
  return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
}

/** What a transform makes of a type is what is deployed: an application of AWS SAM becomes a nested stack. */
const TRANSFORMED: Record<string, string | undefined> = {
  'AWS::Serverless::Application': 'AWS::CloudFormation::Stack',
};

function specOf(type: string): Resource | undefined {
  const [found] = spec().lookup('resource', 'cloudFormationType', 'equals', TRANSFORMED[type] ?? type);
  return found;
}

let loaded: SpecDatabase | undefined;

function spec(): SpecDatabase {
  loaded ??= loadAwsServiceSpecSync();
  return loaded;
}
