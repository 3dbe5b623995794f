import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { CfnPlan, type CfnPlanProps } from 'aws-cdk-lib/aws-arcregionswitch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { partitionOf } from '../../core/private/tokens';
import type { GlobalDatabaseMembers } from '../../data';
import type { IReturnGate } from '../failover-ref';
import {
  approval,
  functionCall,
  globalDatabase,
  groupScaling,
  minutes,
  type PlanBlock,
  type PlanRight,
  replicaPromotion,
  serviceScaling,
} from './plan-blocks';

/** The spellings the schema accepts; the comments of the L1 name others, and a wrong one only warns at synthesis. */
const ACTIVATE = 'activate';
const ACTIVE_PASSIVE = 'activePassive';

/** A function that says no is called again every minute: replication may be all that is missing. */
const GATE_TIME = Duration.minutes(5);

const DECISION = 'Somebody decides, knowing that what was not yet replicated is lost if the Region is';
const STARTED_BY_ALARMS =
  '. Where alarms started this and the other Region does not answer, switch the execution to ungraceful before you approve';
const PROMOTED_BY_PEOPLE =
  'Somebody says that a replica here was promoted when nobody wrote any more: this plan moves no database to this Region';

/** Of composite alarms AWS tells only who may read all: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const ALARM_RIGHTS: PlanRight[] = [
  { actions: ['cloudwatch:DescribeAlarmHistory', 'cloudwatch:DescribeAlarms'], resources: ['*'] },
];

/** What starts an execution without a person. */
export interface PlanTrigger {
  readonly targetRegion: string;
  /** All of them have to be on. */
  readonly alarmArns: string[];
  /** Between two executions that they start. */
  readonly delay: Duration;
}

/** What a plan is made of. Names and ARNs made of names only, but for groups: the plan outlives either Region. */
export interface RegionSwitchPlanProps {
  readonly systemName: string;
  /** The Region the system was born in, then the one it recovers in. */
  readonly regions: [string, string];
  readonly rto: Duration;
  readonly approverRoleArn: string;
  readonly approvalTime: Duration;
  readonly scalingTime: Duration;
  /** Where compute is an Auto Scaling group: that of each Region. Left out, it is an Amazon ECS service. */
  readonly groupArns?: string[];
  readonly databaseTime: Duration;
  /** Where the database is an Aurora global database. */
  readonly database?: GlobalDatabaseMembers;
  /** Where the database is a read replica that is promoted: its source, then the replica. */
  readonly instanceArns?: string[];
  readonly smokeTest?: { readonly functionArns: string[]; readonly time: Duration };
  /** Functions, one in each Region, that send users to their Region. */
  readonly sendUsers: { readonly functionArns: string[]; readonly time: Duration };
  readonly trigger?: PlanTrigger;
}

/** The steps that activate a Region, or either. */
interface Workflow {
  readonly region?: string;
  readonly blocks: PlanBlock[];
}

/**
 * A plan of ARC Region switch with one workflow that activates either Region: approve, compute, database, smoke test, users last. Where
 * the database is promoted for good there are two, because only one of them may promote.
 *
 * Every step is taken in the Region that is activated. Run as ungraceful towards the recovery Region, none asks the lost Region: the
 * database fails over instead of switching over, compute counts what ARC has sampled before, and functions are those of the activated
 * Region. The other way, the last step asks the recovery Region, where the latch is, and fails if that is the one that is lost.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html
 */
export class RegionSwitchPlan extends Construct implements IReturnGate {
  public readonly plan: CfnPlan;
  public readonly executionRole: iam.Role;
  private gateArns?: string[];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RegionSwitchPlanProps,
  ) {
    super(scope, id);
    const { systemName, regions, rto } = props;
    const workflows = this.workflows();
    const rights = workflows.flatMap(({ blocks }) => blocks.flatMap((block) => block.rights));
    this.executionRole = this.makeRole([...rights, ...(props.trigger ? ALARM_RIGHTS : [])]);
    this.plan = new CfnPlan(this, 'Plan', {
      name: systemName,
      description: `Moves ${systemName} between ${regions.join(' and ')}`,
      executionRole: this.executionRole.roleArn,
      recoveryApproach: ACTIVE_PASSIVE,
      primaryRegion: regions[0],
      regions,
      recoveryTimeObjectiveMinutes: Math.min(10_080, Math.floor(rto.toMinutes({ integral: false }))),
      workflows: workflows.map(rendered),
      ...this.triggered(),
    });
    this.plan.node.addDependency(this.executionRole); // and its policy: ARC evaluates the plan when it is made
  }

  /** The plan has a workflow for each Region then, because only one of them returns. */
  public askBeforeReturn(scope: Construct, functionArns: string[]): void {
    this.gateArns = functionArns;
    Stack.of(this).addStackDependency(Stack.of(scope));
    for (const { actions, resources } of this.gate('').rights) {
      this.executionRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources }));
    }
    this.plan.workflows = this.workflows().map(rendered);
  }

  private workflows(): Workflow[] {
    const { database, instanceArns, regions, databaseTime, trigger } = this.props;
    const decision = trigger ? DECISION + STARTED_BY_ALARMS : DECISION;
    if (instanceArns) {
      const [primary, recovery] = regions;
      const ofRegions = { [primary]: instanceArns[0], [recovery]: instanceArns[1] };
      return [
        { region: recovery, blocks: this.blocks(decision, replicaPromotion(ofRegions, recovery, databaseTime)) },
        { region: primary, blocks: this.blocks(PROMOTED_BY_PEOPLE) },
      ];
    }
    const moved = database && globalDatabase(database, this.globalArn(database), databaseTime);
    if (moved && this.gateArns) {
      const [primary, recovery] = regions;
      const [approve, ...steps] = this.blocks(decision, moved, this.gate('end-reconciliation'));
      const back = [approve, this.gate('ask-reconciliation'), ...steps];
      return [
        { region: recovery, blocks: this.blocks(decision, moved) },
        { region: primary, blocks: back },
      ];
    }
    return [{ blocks: this.blocks(decision, moved) }];
  }

  /** Where the other Region does not answer, nothing can be compared, and nobody can wait. */
  private gate(name: string): PlanBlock {
    return functionCall({ name, functionArns: this.gateArns ?? [], time: GATE_TIME, onlyGraceful: true });
  }

  private blocks(decision: string, ...moved: (PlanBlock | undefined)[]): PlanBlock[] {
    const { approverRoleArn, approvalTime, smokeTest, sendUsers } = this.props;
    return [
      approval(decision, approverRoleArn, approvalTime),
      this.compute(),
      ...moved.filter((block) => block !== undefined),
      ...(smokeTest ? [functionCall({ name: 'smoke-test', ...smokeTest })] : []),
      functionCall({ name: 'send-users', ...sendUsers }),
    ];
  }

  private compute(): PlanBlock {
    const { groupArns, regions, scalingTime } = this.props;
    if (groupArns) {
      return groupScaling(groupArns, scalingTime);
    }
    const services = regions.map((region) => ({
      clusterArn: this.ecsArn(region, 'cluster'),
      serviceArn: this.ecsArn(region, 'service'),
    }));
    return serviceScaling(services, scalingTime);
  }

  /** Alarms that are on already start nothing: ARC waits for the last of them to go off. */
  private triggered(): Pick<CfnPlanProps, 'associatedAlarms' | 'triggers'> {
    const { trigger, regions } = this.props;
    if (!trigger) {
      return {};
    }
    const alarms = trigger.alarmArns.map((arn, index): [string, string] => [`primary-lost-${index + 1}`, arn]);
    return {
      associatedAlarms: Object.fromEntries(
        alarms.map(([name, resourceIdentifier]) => [name, { alarmType: 'trigger', resourceIdentifier }]),
      ),
      triggers: [
        {
          description: `Seen from ${trigger.targetRegion}, ${regions[0]} does not work: begins, and waits for an approval`,
          action: ACTIVATE,
          targetRegion: trigger.targetRegion,
          conditions: alarms.map(([associatedAlarmName]) => ({ associatedAlarmName, condition: 'red' })),
          minDelayMinutesBetweenExecutions: minutes(trigger.delay),
        },
      ],
    };
  }

  private makeRole(rights: PlanRight[]): iam.Role {
    const role = new ManagedPolicyRole(this, 'ExecutionRole', {
      description: `Lets ARC Region switch move ${this.props.systemName}`,
      assumedBy: new iam.ServicePrincipal('arc-region-switch.amazonaws.com'),
    });
    for (const { actions, resources, conditions } of joined(rights)) {
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources, conditions }));
    }
    acknowledge(role, 'regionSwitchReads', ['Resource::*']);
    return role;
  }

  private globalArn({ globalIdentifier }: GlobalDatabaseMembers): string {
    return Stack.of(this).formatArn({
      service: 'rds',
      region: '',
      resource: 'global-cluster',
      resourceName: globalIdentifier,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private ecsArn(region: string, resource: 'cluster' | 'service'): string {
    const { systemName } = this.props;
    const resourceName = resource === 'cluster' ? systemName : `${systemName}/${systemName}`;
    return Stack.of(this).formatArn({ service: 'ecs', region, resource, resourceName });
  }
}

function rendered({ region, blocks }: Workflow): CfnPlan.WorkflowProperty {
  return {
    workflowTargetAction: ACTIVATE,
    workflowTargetRegion: region,
    workflowDescription: `Activates ${region ?? 'either Region'}`,
    steps: blocks.map(({ step }) => step),
  };
}

/** Steps of several workflows, or several calls, ask for the same. */
function joined(rights: PlanRight[]): PlanRight[] {
  const byActions = new Map<string, PlanRight>();
  for (const right of rights) {
    const key = JSON.stringify([right.actions, right.conditions]);
    const resources = [...(byActions.get(key)?.resources ?? []), ...right.resources];
    byActions.set(key, { ...right, resources: [...new Set(resources)] });
  }
  return [...byActions.values()];
}

/**
 * Where plans are made: the Region of the control plane, the only one in which CloudFormation knows them. Plans are kept in, and
 * run from, both of their Regions. https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.data-control-plane.html
 */
export function planRegion(region: string): string {
  return partitionOf(region) === 'aws-us-gov' ? 'us-gov-west-1' : 'us-east-1';
}
