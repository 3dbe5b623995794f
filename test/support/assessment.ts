import { type AssessOptions, assess } from '../../src/assessment/judge';
import { Assembly, type JsonObject, type StackSource, templateFrom } from '../../src/assessment/model';
import type { FailureScope } from '../../src/core/failure-scope';

/** Where a test stack goes. */
export type Where = Partial<Omit<StackSource, 'template'>>;

/** A stack from resources, or from a whole template where it has a `Resources` section. */
export function stackOf(template: Record<string, unknown>, where: Where = {}): StackSource {
  const json = (template.Resources ? template : { Resources: template }) as JsonObject;
  const id = where.id ?? 'Test';
  return {
    id,
    name: id,
    path: id,
    account: '111122223333',
    region: 'us-east-1',
    ...where,
    template: templateFrom(json, `${id}.json`),
  };
}

export function assemblyOf(...sources: StackSource[]): Assembly {
  return new Assembly(sources);
}

export function resource(type: string, properties: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) {
  return { Type: type, Properties: properties, ...rest };
}

export const ref = (name: string) => ({ Ref: name });
export const att = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] });
export const zone = (slot: number) => ({ 'Fn::Select': [slot, { 'Fn::GetAZs': '' }] });

const VPC = resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });

/** A VPC with subnets `Subnet0`, `Subnet1` … in as many zones, and groups of them for databases and caches. */
export function network(zones: number): Record<string, unknown> {
  const names = Array.from({ length: zones }, (_, slot) => `Subnet${slot}`);
  const subnets = names.map(ref);
  return {
    Vpc: VPC,
    ...Object.fromEntries(
      names.map((name, slot) => [
        name,
        resource('AWS::EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: zone(slot) }),
      ]),
    ),
    DatabaseSubnets: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: subnets }),
    CacheSubnets: resource('AWS::ElastiCache::SubnetGroup', { SubnetIds: subnets }),
  };
}

export const subnets = (zones: number) => Array.from({ length: zones }, (_, slot) => ref(`Subnet${slot}`));

/** A load balancer in front of an ECS service. */
export function web(zones: number, service: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: subnets(zones) }),
    Listener: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Alb'),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
    }),
    Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckIntervalSeconds: 10,
      UnhealthyThresholdCount: 2,
      HealthCheckTimeoutSeconds: 5,
    }),
    Service: resource('AWS::ECS::Service', {
      DesiredCount: 3,
      LoadBalancers: [{ TargetGroupArn: ref('Targets') }],
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets(zones), SecurityGroups: [ref('AppGroup')] } },
      ...service,
    }),
    AppGroup: resource('AWS::EC2::SecurityGroup', {}),
    DataGroup: resource('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [{ SourceSecurityGroupId: att('AppGroup', 'GroupId') }],
    }),
  };
}

/** An Aurora cluster that the web tier may reach. */
export function aurora(instances: number, cluster: Record<string, unknown> = {}): Record<string, unknown> {
  const instance = resource('AWS::RDS::DBInstance', {
    DBClusterIdentifier: ref('Database'),
    Engine: 'aurora-postgresql',
  });
  return {
    Database: resource('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      DBSubnetGroupName: ref('DatabaseSubnets'),
      VpcSecurityGroupIds: [att('DataGroup', 'GroupId')],
      MasterUsername: 'ehr',
      ...cluster,
    }),
    ...Object.fromEntries(Array.from({ length: instances }, (_, index) => [`Database${index}`, instance])),
  };
}

/** Verdict of the first entry point, and the resources to mend, in one scope. */
export function judged(
  template: Record<string, unknown>,
  scope: FailureScope,
  options: AssessOptions = {},
  ...others: Record<string, unknown>[]
): string {
  const regions = ['us-west-2', 'eu-west-1'];
  const stacks = [template, ...others].map((one, index) =>
    stackOf(one, index === 0 ? {} : { id: `Other${index}`, region: regions[index - 1] }),
  );
  const [system] = assess(assemblyOf(...stacks), options).systems;
  const [entry] = system.entryPoints.filter(({ standby }) => !standby);
  const verdict = entry.scopes.find((judgement) => judgement.scope === scope)?.verdict;
  const named = [...system.findings, ...system.unknowns].filter((finding) => finding.scope === scope);
  return [verdict, ...new Set(named.map(({ resource: path }) => path.split('/')[1]))].join(' ');
}
