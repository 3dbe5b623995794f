import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import type { MultiAzClinicalApp } from '../../app';
import { type Outlook, type ReadinessCheck, regionsOf } from './readiness-check';

export function capacityCheck(outlook: Outlook): ReadinessCheck | undefined {
  const { side } = outlook;
  if (!side) {
    return undefined; // nothing runs before it is restored
  }
  const { service, autoScalingGroup, capacity, activation, runsOnce = false } = side.compute;
  const { systemName } = side;
  if (!service && !autoScalingGroup) {
    return undefined;
  }
  const arns = regionsOf(outlook).map((region) =>
    Stack.of(side).formatArn({
      service: 'ecs',
      region,
      resource: 'service',
      resourceName: `${systemName}/${systemName}`,
    }),
  );
  const reservations = reservationsOf(side);
  return {
    name: 'Capacity',
    meaning: 'less runs here than is to run before a disaster, less is reserved, or it may not grow as far as the peak',
    wanted: {
      ...(service ? { cluster: systemName, service: systemName, scales: !runsOnce } : { group: systemName }),
      running: capacity.running,
      atPeak: activation?.units ?? capacity.running,
      unit: capacity.unit,
      reservations,
    },
    rights: [
      ...(service ? [{ actions: ['ecs:DescribeServices'], resources: arns }] : []),
      {
        actions: [
          ...(service
            ? ['application-autoscaling:DescribeScalableTargets']
            : ['autoscaling:DescribeAutoScalingGroups']),
          ...(reservations.length > 0 ? ['ec2:DescribeCapacityReservations'] : []),
        ],
        resources: ['*'], // they take no resource
      },
    ],
  };
}

function reservationsOf(side: MultiAzClinicalApp): { readonly id: string; readonly count: number }[] {
  return every(side, ec2.CfnCapacityReservation).map(({ attrId: id, instanceCount: count }) => ({ id, count }));
}

/** By their codes: https://docs.aws.amazon.com/servicequotas/latest/userguide/gs-request-quota.html */
const FARGATE_VCPU = { service: 'fargate', code: 'L-3032A538', name: 'vCPUs of AWS Fargate' };
const STANDARD_VCPU = { service: 'ec2', code: 'L-1216C47A', name: 'vCPUs of standard instances' };
const ELASTIC_IPS = { service: 'ec2', code: 'L-0263D0A3', name: 'Elastic IP addresses' };
const LOAD_BALANCERS = {
  application: { service: 'elasticloadbalancing', code: 'L-53DA6B97', name: 'Application Load Balancers' },
  network: { service: 'elasticloadbalancing', code: 'L-69A177A2', name: 'Network Load Balancers' },
};
/** Families of the quota for standard instances: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html */
const STANDARD_FAMILY = /^(?!dl|hpc|inf|mac|trn)[acdhimrtz]/;

/** A quota is the account's, so the need of one system is the least it has to be, and that of the other Region is what somebody asked for. */
export function quotasCheck({ dr, side: here }: Outlook): ReadinessCheck {
  const side = here ?? dr.primary; // what is restored is like it
  const { service, autoScalingGroup, activation, capacity } = side.compute;
  const balancers = every(side, elbv2.CfnLoadBalancer);
  const networks = balancers.filter(({ type }) => type === 'network').length;
  const addresses = every(side, ec2.CfnEIP).length;
  const counted = (quota: typeof ELASTIC_IPS, needed: number) => (needed > 0 ? [{ ...quota, needed }] : []);
  const quotas = [
    ...(service ? [{ ...FARGATE_VCPU, needed: (activation?.units ?? capacity.running) * vcpusOfTask(side) }] : []),
    ...(autoScalingGroup && launchesStandardInstances(side) ? [STANDARD_VCPU] : []),
    ...counted(ELASTIC_IPS, addresses),
    ...counted(LOAD_BALANCERS.application, balancers.length - networks),
    ...counted(LOAD_BALANCERS.network, networks),
  ];
  return {
    name: 'Quotas',
    meaning: 'a service quota is below what the peak of this system needs, or below that of the other Region',
    wanted: { quotas },
    rights: [
      {
        actions: [
          'servicequotas:GetServiceQuota',
          'servicequotas:GetAWSDefaultServiceQuota',
          ...(balancers.length > 0 ? ['elasticloadbalancing:DescribeAccountLimits'] : []), // which the first asks in turn
        ],
        resources: ['*'], // one of them takes none, and the ARN of a quota names no system
      },
    ],
  };
}

function vcpusOfTask(side: MultiAzClinicalApp): number {
  return every(side, ecs.CfnTaskDefinition).reduce((sum, { cpu }) => sum + Number(cpu) / 1024, 0);
}

function launchesStandardInstances(side: MultiAzClinicalApp): boolean {
  return every(side, ec2.LaunchTemplate).some(({ instanceType }) => {
    const type = instanceType?.toString() ?? '';
    return !Token.isUnresolved(type) && STANDARD_FAMILY.test(type);
  });
}

function every<T extends IConstruct>(side: IConstruct, type: abstract new (...args: never[]) => T): T[] {
  return side.node.findAll().filter((each): each is T => each instanceof type);
}
