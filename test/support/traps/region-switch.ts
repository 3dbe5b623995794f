import { type Placed, type Templates, type Trap, text } from './templates';

const PLAN = 'AWS::ARCRegionSwitch::Plan';

/** The configuration of each type of step that is used here: https://docs.aws.amazon.com/arc-region-switch/latest/api/ */
const CONFIGURATION: Record<string, string> = {
  ManualApproval: 'ExecutionApprovalConfig',
  Parallel: 'ParallelConfig',
  CustomActionLambda: 'CustomActionLambdaConfig',
  EC2AutoScaling: 'Ec2AsgCapacityIncreaseConfig',
  ECSServiceScaling: 'EcsCapacityIncreaseConfig',
  AuroraGlobalDatabase: 'GlobalAuroraConfig',
  Route53HealthCheck: 'Route53HealthCheckConfig',
  ARCRoutingControl: 'ArcRoutingControlConfig',
  RdsPromoteReadReplica: 'RdsPromoteReadReplicaConfig',
};

interface Step {
  readonly ExecutionBlockType: string;
  // biome-ignore lint/suspicious/noExplicitAny: of each type its own
  readonly ExecutionBlockConfiguration: Record<string, any>;
}

const inPlans = (holds: (each: Placed) => boolean) => (templates: Templates) => templates.not(PLAN, holds);
const STEP = 'Properties.Workflows.0.Steps';

export const REGION_SWITCH: Trap[] = [
  {
    number: '0.1',
    holds: 'a plan is spelled as its schema is, not as the comments of the L1 are',
    offenders: inPlans(
      ({ p }) =>
        ['activePassive', 'activeActive'].includes(p.RecoveryApproach) &&
        p.Workflows.every(({ WorkflowTargetAction: action }: { WorkflowTargetAction: string }) =>
          ['activate', 'deactivate', 'postRecovery'].includes(action),
        ),
    ),
    fault: [PLAN, 'Properties.Workflows.0.WorkflowTargetAction', 'ACTIVATE'],
  },
  {
    number: '3.9a',
    holds: 'a plan has two Regions, one of which is primary, and a name and an objective that are possible',
    offenders: inPlans(
      ({ p }) =>
        p.Regions.length === 2 &&
        p.Regions.includes(p.PrimaryRegion) &&
        /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/.test(p.Name) &&
        p.RecoveryTimeObjectiveMinutes >= 1 &&
        p.RecoveryTimeObjectiveMinutes <= 10_080,
    ),
    fault: [PLAN, 'Properties.Name', 'laboratory_of_a_name_that_has_more_than_32_characters'],
  },
  {
    number: '3.9b',
    holds: 'each step has one configuration, of its own type',
    offenders: inPlans((each) =>
      stepsOf(each).every(
        ({ ExecutionBlockType, ExecutionBlockConfiguration }) =>
          text(Object.keys(ExecutionBlockConfiguration)) === text([CONFIGURATION[ExecutionBlockType]]),
      ),
    ),
    fault: [PLAN, `${STEP}.0.ExecutionBlockConfiguration.ParallelConfig`, {}],
  },
  {
    number: '3.9c',
    holds: 'compute is one in each Region, and an ungraceful run does not wait for all of it',
    offenders: inPlans((each) =>
      stepsOf(each).every(({ ExecutionBlockConfiguration: { EcsCapacityIncreaseConfig: ecs } }) => {
        const least = ecs?.Ungraceful?.MinimumSuccessPercentage;
        const regions: string[] = each.p.Regions;
        const pair =
          ecs?.Services.length === 2 && regions.every((region) => text(ecs.Services).includes(`:${region}:`));
        return !ecs || (pair && least >= 0 && least <= 99);
      }),
    ),
    fault: [
      PLAN,
      `${STEP}.1.ExecutionBlockConfiguration.EcsCapacityIncreaseConfig.Ungraceful.MinimumSuccessPercentage`,
      100,
    ],
  },
  {
    number: '3.9d',
    holds: 'somebody approves first, users are sent last',
    offenders: inPlans((each) => {
      const types = stepsOf(each).map(({ ExecutionBlockType }) => ExecutionBlockType);
      return types[0] === 'ManualApproval' && types.indexOf('AuroraGlobalDatabase') < types.length - 1;
    }),
    fault: [PLAN, `${STEP}.0.ExecutionBlockType`, 'CustomActionLambda'],
  },
  {
    number: '3.9e',
    holds: 'ungracefully, a global database fails over: a switchover asks the lost Region',
    offenders: inPlans((each) =>
      stepsOf(each).every(
        ({ ExecutionBlockConfiguration: { GlobalAuroraConfig: aurora } }) =>
          !aurora || (aurora.Behavior === 'switchoverOnly' && aurora.Ungraceful?.Ungraceful === 'failover'),
      ),
    ),
    fault: [PLAN, `${STEP}.2.ExecutionBlockConfiguration.GlobalAuroraConfig.Ungraceful`, undefined],
  },
  {
    number: '3.9f',
    holds: 'where no alarms are named, nothing but people starts a plan',
    offenders: inPlans(({ p }) => p.Triggers === undefined),
    fault: [PLAN, 'Properties.Triggers', [{ Action: 'activate' }]],
  },
  {
    number: '3.9g',
    holds: 'steps time out after whole minutes',
    offenders: inPlans(({ p }) =>
      [...text(p).matchAll(/"TimeoutMinutes":([\d.]+)/g)].every(([, minutes]) => /^[1-9]\d*$/.test(minutes)),
    ),
    fault: [PLAN, `${STEP}.0.ExecutionBlockConfiguration.ExecutionApprovalConfig.TimeoutMinutes`, 0.5],
  },
  {
    number: '3.9h',
    holds: 'a plan takes its tags as a map, where it has any',
    offenders: inPlans(({ p }) => p.Tags === undefined || !Array.isArray(p.Tags)),
    fault: [PLAN, 'Properties.Tags', [{ Key: 'ehr:tier', Value: '0' }]],
  },
  {
    number: '3.9i',
    holds: 'quota increases are nothing that a plan may ask for by itself',
    offenders: inPlans(
      ({ template }) => !text(template.Resources).includes('servicequotas:RequestServiceQuotaIncrease'),
    ),
    fault: [PLAN, 'Properties.Description', 'servicequotas:RequestServiceQuotaIncrease'],
  },
];

function stepsOf({ p }: Placed): Step[] {
  return p.Workflows.flatMap(({ Steps }: { Steps: Step[] }) => Steps);
}
