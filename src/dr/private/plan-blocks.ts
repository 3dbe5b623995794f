import type { Duration } from 'aws-cdk-lib';
import type { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import type { GlobalDatabaseMembers } from '../../data';

/** What the plan's role may do for a step. */
export interface PlanRight {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, string>>;
}

/**
 * A step of a plan, and the rights that AWS asks for it, on what it changes by name and on everything only where reading takes no resource.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_id-based-policy-examples-region-switch.html
 */
export interface PlanBlock {
  readonly step: CfnPlan.StepProperty;
  readonly rights: PlanRight[];
}

/** ARC promises no capacity: when a Region is lost everybody scales in the next one, and 80 % still carries the peak over up to five zones. */
const LEAST_CAPACITY = { minimumSuccessPercentage: 80 };
/** What ran in the Region that is left. Sampled before, because that Region need not answer. */
const FULL_SIZE = { targetPercent: 100, capacityMonitoringApproach: 'sampledMaxInLast24Hours' };
/** What tells ARC how much ran, and how much may. */
const CAPACITY_READS = ['cloudwatch:GetMetricStatistics', 'servicequotas:GetServiceQuota'];

/** Somebody says yes. Where nobody does in time, nothing that follows is done. */
export function approval(description: string, approvalRole: string, time: Duration): PlanBlock {
  return {
    step: {
      name: 'approve',
      description,
      executionBlockType: 'ManualApproval',
      executionBlockConfiguration: { executionApprovalConfig: { approvalRole, timeoutMinutes: minutes(time) } },
    },
    rights: [],
  };
}

/** https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_ecs.html */
export function serviceScaling(
  services: { readonly clusterArn: string; readonly serviceArn: string }[],
  time: Duration,
): PlanBlock {
  return {
    step: {
      name: 'scale-compute',
      executionBlockType: 'ECSServiceScaling',
      executionBlockConfiguration: {
        ecsCapacityIncreaseConfig: {
          services,
          ...FULL_SIZE,
          timeoutMinutes: minutes(time),
          ungraceful: LEAST_CAPACITY,
        },
      },
    },
    rights: [
      {
        actions: ['ecs:DescribeServices', 'ecs:UpdateService'],
        resources: services.map(({ serviceArn }) => serviceArn),
      },
      { actions: ['ecs:DescribeClusters'], resources: services.map(({ clusterArn }) => clusterArn) },
      {
        actions: ['application-autoscaling:RegisterScalableTarget'],
        resources: ['*'],
        conditions: { StringEquals: { 'application-autoscaling:service-namespace': 'ecs' } },
      },
      {
        actions: [
          'application-autoscaling:DescribeScalableTargets',
          'ecs:DescribeCapacityProviders',
          'ecs:DescribeTaskDefinition',
          'ecs:ListServices',
          ...CAPACITY_READS,
        ].sort(),
        resources: ['*'],
      },
    ],
  };
}

/** https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_ec2_autoscaling.html */
export function groupScaling(groupArns: string[], time: Duration): PlanBlock {
  return {
    step: {
      name: 'scale-compute',
      executionBlockType: 'EC2AutoScaling',
      executionBlockConfiguration: {
        ec2AsgCapacityIncreaseConfig: {
          asgs: groupArns.map((arn) => ({ arn })),
          ...FULL_SIZE,
          timeoutMinutes: minutes(time),
          ungraceful: LEAST_CAPACITY,
        },
      },
    },
    rights: [
      { actions: ['autoscaling:UpdateAutoScalingGroup'], resources: groupArns },
      { actions: ['autoscaling:DescribeAutoScalingGroups', ...CAPACITY_READS], resources: ['*'] },
    ],
  };
}

/** https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_aurora.html */
export function globalDatabase(members: GlobalDatabaseMembers, globalArn: string, time: Duration): PlanBlock {
  const { globalIdentifier, clusterArns } = members;
  return {
    step: {
      name: 'move-database',
      description: 'Loses nothing while both Regions answer, and what was not yet replicated otherwise',
      executionBlockType: 'AuroraGlobalDatabase',
      executionBlockConfiguration: {
        globalAuroraConfig: {
          behavior: 'switchoverOnly',
          ungraceful: { ungraceful: 'failover' },
          globalClusterIdentifier: globalIdentifier,
          databaseClusterArns: clusterArns,
          timeoutMinutes: minutes(time),
        },
      },
    },
    rights: [
      {
        actions: ['rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'],
        resources: [globalArn, ...clusterArns],
      },
      { actions: ['rds:DescribeDBClusters', 'rds:DescribeGlobalClusters'], resources: ['*'] },
    ],
  };
}

/**
 * The same in every execution: this block knows no graceful mode. It gives the instance the backups and the standby of its source, for
 * which it may modify it; the right to create replicas is left out, because that is another block's.
 *
 * https://docs.aws.amazon.com/r53recovery/latest/dg/rds-promote-read-replica-block.html
 */
export function replicaPromotion(instanceArns: Record<string, string>, promoted: string, time: Duration): PlanBlock {
  return {
    step: {
      name: 'promote-database',
      description: 'For good, in a graceful execution too: what was not yet replicated is lost',
      executionBlockType: 'RdsPromoteReadReplica',
      executionBlockConfiguration: {
        rdsPromoteReadReplicaConfig: { dbInstanceArnMap: instanceArns, timeoutMinutes: minutes(time) },
      },
    },
    rights: [
      { actions: ['rds:ModifyDBInstance', 'rds:PromoteReadReplica'], resources: [instanceArns[promoted]] },
      { actions: ['rds:DescribeDBInstances'], resources: ['*'] },
    ],
  };
}

/** Functions, one in each Region; that of the Region which is activated is called. */
export interface FunctionCall {
  readonly name: string;
  readonly description?: string;
  readonly functionArns: string[];
  /** The plan calls again every minute until then. */
  readonly time: Duration;
  /** Leave it out where the other Region does not answer. */
  readonly onlyGraceful?: boolean;
}

/** https://docs.aws.amazon.com/r53recovery/latest/dg/custom-action-lambda-block.html */
export function functionCall({ name, description, functionArns, time, onlyGraceful }: FunctionCall): PlanBlock {
  return {
    step: {
      name,
      description,
      executionBlockType: 'CustomActionLambda',
      executionBlockConfiguration: {
        customActionLambdaConfig: {
          lambdas: functionArns.map((arn) => ({ arn })),
          regionToRun: 'activatingRegion',
          retryIntervalMinutes: 1,
          timeoutMinutes: minutes(time),
          ungraceful: onlyGraceful ? { behavior: 'skip' } : undefined,
        },
      },
    },
    rights: [{ actions: ['lambda:GetFunction', 'lambda:InvokeFunction'], resources: functionArns }],
  };
}

/** ARC counts whole minutes, and one at least. */
export function minutes(duration: Duration): number {
  return Math.max(1, Math.ceil(duration.toMinutes({ integral: false })));
}
