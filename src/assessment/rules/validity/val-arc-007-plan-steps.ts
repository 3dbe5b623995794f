import { entryOf, itemsOf, textOf } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';
import { stepsIn } from './region-switch-steps';

/** The configuration that each kind of execution block reads. */
const BLOCKS: Record<string, string> = {
  ManualApproval: 'ExecutionApprovalConfig',
  Parallel: 'ParallelConfig',
  CustomActionLambda: 'CustomActionLambdaConfig',
  EC2AutoScaling: 'Ec2AsgCapacityIncreaseConfig',
  ECSServiceScaling: 'EcsCapacityIncreaseConfig',
  EKSResourceScaling: 'EksResourceScalingConfig',
  AuroraGlobalDatabase: 'GlobalAuroraConfig',
  AuroraProvisionedScaling: 'AuroraProvisionedScalingConfig',
  AuroraServerlessScaling: 'AuroraServerlessScalingConfig',
  DocumentDb: 'DocumentDbConfig',
  NeptuneGlobalDatabase: 'NeptuneGlobalDatabaseConfig',
  RdsPromoteReadReplica: 'RdsPromoteReadReplicaConfig',
  RdsSwitchoverReadReplica: 'RdsSwitchoverReadReplicaConfig',
  RdsCreateCrossRegionReplica: 'RdsCreateCrossRegionReadReplicaConfig',
  LambdaEventSourceMapping: 'LambdaEventSourceMappingConfig',
  ARCRoutingControl: 'ArcRoutingControlConfig',
  Route53HealthCheck: 'Route53HealthCheckConfig',
  ARCRegionSwitchPlan: 'RegionSwitchPlanConfig',
  SSMSendCommand: 'SsmSendCommandConfig',
};

export const regionSwitchStepsMatchTheirBlocks = defineRule({
  id: 'VAL-ARC-007',
  title: 'every step of a region switch plan has exactly the configuration that its block type reads',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a step with another configuration, or with two, is refused',
  fix: 'give ExecutionBlockConfiguration one entry, the one that belongs to ExecutionBlockType',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (resource) => {
    let unknown: RuleOutcome | undefined;
    for (const workflow of itemsOf(resource.property('Workflows'))) {
      for (const step of stepsIn(entryOf(workflow, 'Steps'))) {
        const name = textOf(entryOf(step, 'Name')) ?? 'a step';
        const type = textOf(entryOf(step, 'ExecutionBlockType'));
        const configuration = entryOf(step, 'ExecutionBlockConfiguration');
        if (type === undefined || !Object.hasOwn(BLOCKS, type) || configuration.kind !== 'dictionary') {
          unknown ??= undecided(`step ${name} is a block that is not known here`, 'Properties.Workflows');
          continue;
        }
        const keys = Object.keys(configuration.entries);
        if (keys.length !== 1 || keys[0] !== BLOCKS[type]) {
          return failed(`step ${name} is ${type} with ${keys.join(', ') || 'nothing'}`, 'Properties.Workflows');
        }
      }
    }
    return unknown ?? PASS;
  },
});
