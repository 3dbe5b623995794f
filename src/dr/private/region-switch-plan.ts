import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib';
import { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { partitionOf } from '../../core/private/tokens';
import type { GlobalDatabaseMembers } from '../../data';

/** The spellings the schema accepts; the comments of the L1 name others, and a wrong one only warns at synthesis. */
const ACTIVATE = 'activate';
const ACTIVE_PASSIVE = 'activePassive';

/** What a plan is made of. Names and ARNs made of names only: the plan outlives either Region. */
export interface RegionSwitchPlanProps {
  readonly systemName: string;
  /** The Region the system was born in, then the one it recovers in. */
  readonly regions: [string, string];
  readonly rto: Duration;
  readonly approverRoleArn: string;
  readonly approvalTime: Duration;
  readonly scalingTime: Duration;
  readonly databaseTime: Duration;
  readonly database?: GlobalDatabaseMembers;
  readonly smokeTest?: { readonly functionArns: string[]; readonly time: Duration };
  /** Functions, one in each Region, that send users to their Region. */
  readonly sendUsers: { readonly functionArns: string[]; readonly time: Duration };
}

/**
 * A plan of ARC Region switch with one workflow that activates either Region: approve, compute, database, smoke test, users last.
 *
 * Every step is taken in the Region that is activated. Run as ungraceful towards the recovery Region, none asks the lost Region: the
 * database fails over instead of switching over, compute counts what ARC has sampled before, and functions are those of the activated
 * Region. The other way, the last step asks the recovery Region, where the latch is, and fails if that is the one that is lost.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html
 */
export class RegionSwitchPlan extends Construct {
  public readonly plan: CfnPlan;
  public readonly executionRole: iam.Role;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RegionSwitchPlanProps,
  ) {
    super(scope, id);
    const { systemName, regions, rto } = props;
    this.executionRole = this.makeRole();
    this.plan = new CfnPlan(this, 'Plan', {
      name: systemName,
      description: `Moves ${systemName} between ${regions.join(' and ')}`,
      executionRole: this.executionRole.roleArn,
      recoveryApproach: ACTIVE_PASSIVE,
      primaryRegion: regions[0],
      regions,
      recoveryTimeObjectiveMinutes: Math.min(10_080, Math.floor(rto.toMinutes({ integral: false }))),
      workflows: [
        { workflowTargetAction: ACTIVATE, workflowDescription: 'Activates either Region', steps: this.steps() },
      ],
    });
    this.plan.node.addDependency(this.executionRole); // and its policy: ARC evaluates the plan when it is made
  }

  private steps(): CfnPlan.StepProperty[] {
    const { database, smokeTest } = this.props;
    return [
      this.approval(),
      this.compute(),
      ...(database ? [this.databaseStep(database)] : []),
      ...(smokeTest ? [functionStep('smoke-test', smokeTest.functionArns, smokeTest.time)] : []),
      functionStep('send-users', this.props.sendUsers.functionArns, this.props.sendUsers.time),
    ];
  }

  private approval(): CfnPlan.StepProperty {
    return {
      name: 'approve',
      description: 'Somebody decides, knowing that what was not yet replicated is lost if the Region is',
      executionBlockType: 'ManualApproval',
      executionBlockConfiguration: {
        executionApprovalConfig: {
          approvalRole: this.props.approverRoleArn,
          timeoutMinutes: minutes(this.props.approvalTime),
        },
      },
    };
  }

  private compute(): CfnPlan.StepProperty {
    return {
      name: 'scale-compute',
      executionBlockType: 'ECSServiceScaling',
      executionBlockConfiguration: {
        ecsCapacityIncreaseConfig: {
          services: this.props.regions.map((region) => ({
            clusterArn: this.ecsArn(region, 'cluster'),
            serviceArn: this.ecsArn(region, 'service'),
          })),
          targetPercent: 100,
          capacityMonitoringApproach: 'sampledMaxInLast24Hours',
          timeoutMinutes: minutes(this.props.scalingTime),
          ungraceful: { minimumSuccessPercentage: 80 },
        },
      },
    };
  }

  private databaseStep({ globalIdentifier, clusterArns }: GlobalDatabaseMembers): CfnPlan.StepProperty {
    return {
      name: 'move-database',
      description: 'Loses nothing while both Regions answer, and what was not yet replicated otherwise',
      executionBlockType: 'AuroraGlobalDatabase',
      executionBlockConfiguration: {
        globalAuroraConfig: {
          behavior: 'switchoverOnly',
          ungraceful: { ungraceful: 'failover' },
          globalClusterIdentifier: globalIdentifier,
          databaseClusterArns: clusterArns,
          timeoutMinutes: minutes(this.props.databaseTime),
        },
      },
    };
  }

  /** https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_ecs.html and its neighbours */
  private makeRole(): iam.Role {
    const { systemName, regions, database, smokeTest, sendUsers } = this.props;
    const role = new ManagedPolicyRole(this, 'ExecutionRole', {
      description: `Lets ARC Region switch move ${systemName}`,
      assumedBy: new iam.ServicePrincipal('arc-region-switch.amazonaws.com'),
    });
    const allow = (actions: string[], resources: string[], conditions?: Record<string, Record<string, string>>) =>
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources, conditions }));
    const scaling = { StringEquals: { 'application-autoscaling:service-namespace': 'ecs' } };

    allow(
      ['ecs:DescribeServices', 'ecs:UpdateService'],
      regions.map((region) => this.ecsArn(region, 'service')),
    );
    allow(
      ['ecs:DescribeClusters'],
      regions.map((region) => this.ecsArn(region, 'cluster')),
    );
    allow(['application-autoscaling:RegisterScalableTarget'], ['*'], scaling);
    allow(
      [
        'application-autoscaling:DescribeScalableTargets',
        'cloudwatch:GetMetricStatistics',
        'ecs:DescribeCapacityProviders',
        'ecs:DescribeTaskDefinition',
        'ecs:ListServices',
        'servicequotas:GetServiceQuota',
      ],
      ['*'],
    );
    allow(
      ['lambda:GetFunction', 'lambda:InvokeFunction'],
      [...(smokeTest?.functionArns ?? []), ...sendUsers.functionArns],
    );
    if (database) {
      const global = Stack.of(this).formatArn({
        service: 'rds',
        region: '',
        resource: 'global-cluster',
        resourceName: database.globalIdentifier,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      allow(['rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'], [global, ...database.clusterArns]);
      allow(['rds:DescribeDBClusters', 'rds:DescribeGlobalClusters'], ['*']);
    }
    acknowledge(role, 'regionSwitchReads', ['Resource::*']);
    return role;
  }

  private ecsArn(region: string, resource: 'cluster' | 'service'): string {
    const { systemName } = this.props;
    const resourceName = resource === 'cluster' ? systemName : `${systemName}/${systemName}`;
    return Stack.of(this).formatArn({ service: 'ecs', region, resource, resourceName });
  }
}

/**
 * Where plans are made: the Region of the control plane, the only one in which CloudFormation knows them. Plans are kept in, and
 * run from, both of their Regions. https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.data-control-plane.html
 */
export function planRegion(region: string): string {
  return partitionOf(region) === 'aws-us-gov' ? 'us-gov-west-1' : 'us-east-1';
}

function functionStep(name: string, functionArns: string[], time: Duration): CfnPlan.StepProperty {
  return {
    name,
    executionBlockType: 'CustomActionLambda',
    executionBlockConfiguration: {
      customActionLambdaConfig: {
        lambdas: functionArns.map((arn) => ({ arn })),
        regionToRun: 'activatingRegion',
        retryIntervalMinutes: 1,
        timeoutMinutes: minutes(time),
      },
    },
  };
}

function minutes(duration: Duration): number {
  return Math.max(1, Math.ceil(duration.toMinutes({ integral: false })));
}
