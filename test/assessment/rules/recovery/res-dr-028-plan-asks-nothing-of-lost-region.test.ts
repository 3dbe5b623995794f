import { planAsksNothingOfLostRegion } from '../../../../src/assessment/rules/recovery/res-dr-028-plan-asks-nothing-of-lost-region';
import { testRule } from '../../../support/rules';

type Properties = Record<string, unknown>;

const step = (configuration: Properties) => ({ Name: 'one', ExecutionBlockConfiguration: configuration });
const plan = (steps: unknown, more: Properties = {}) => ({
  Parameters: { P: { Type: 'String' } },
  Resources: {
    It: {
      Type: 'AWS::ARCRegionSwitch::Plan',
      Properties: {
        Regions: ['us-east-1', 'us-west-2'],
        Workflows: [{ WorkflowTargetAction: 'activate', Steps: steps }],
        ...more,
      },
    },
  },
});
const aurora = (more: Properties) => step({ GlobalAuroraConfig: { Behavior: 'switchoverOnly', ...more } });
const smoke = (more: Properties) => step({ CustomActionLambdaConfig: { RegionToRun: 'activatingRegion', ...more } });
const both = ['us-east-1', 'us-west-2'].map((region) => ({ Arn: `arn:aws:lambda:${region}:111122223333:function:f` }));

testRule(planAsksNothingOfLostRegion, [
  {
    name: 'an ungraceful failover',
    verdict: 'pass',
    template: plan([aurora({ Ungraceful: { Ungraceful: 'failover' } })]),
  },
  { name: 'always a failover', verdict: 'pass', template: plan([aurora({ Behavior: 'failover' })]) },
  { name: 'a switchover', verdict: 'fail', template: plan([aurora({})]) },
  {
    name: 'a switchover beside something',
    verdict: 'fail',
    template: plan([step({ ParallelConfig: { Steps: [aurora({})] } })]),
  },
  {
    name: 'what a parameter decides',
    verdict: 'unknown',
    template: plan([aurora({ Ungraceful: { Ungraceful: { Ref: 'P' } } })]),
  },
  {
    name: 'a replica that is promoted',
    verdict: 'pass',
    template: plan([step({ RdsSwitchoverReadReplicaConfig: { Ungraceful: { Ungraceful: 'promoteReadReplica' } } })]),
  },
  {
    name: 'a replica that is switched over',
    verdict: 'fail',
    template: plan([step({ RdsSwitchoverReadReplicaConfig: {} })]),
  },
  { name: 'a function in both', verdict: 'pass', template: plan([smoke({ Lambdas: both })]) },
  { name: 'a function in one', verdict: 'fail', template: plan([smoke({ Lambdas: both.slice(0, 1) })]) },
  {
    name: 'a function in the other Region',
    verdict: 'fail',
    template: plan([smoke({ RegionToRun: 'deactivatingRegion', Lambdas: both })]),
  },
  {
    name: 'one that is skipped',
    verdict: 'pass',
    template: plan([smoke({ RegionToRun: 'deactivatingRegion', Ungraceful: { Behavior: 'skip' } })]),
  },
  {
    name: 'a function whose Region a parameter decides',
    verdict: 'unknown',
    template: plan([smoke({ RegionToRun: { Ref: 'P' } })]),
  },
  {
    name: 'an event source that is turned off there',
    verdict: 'fail',
    template: plan([step({ LambdaEventSourceMappingConfig: { Action: 'disable' } })]),
  },
  {
    name: 'an event source that is turned on here',
    verdict: 'pass',
    template: plan([step({ LambdaEventSourceMappingConfig: { Action: 'enable' } })]),
  },
  { name: 'Regions of a parameter', verdict: 'unknown', template: plan([aurora({})], { Regions: { Ref: 'P' } }) },
  { name: 'imported workflows', verdict: 'unknown', template: plan([], { Workflows: { 'Fn::ImportValue': 'w' } }) },
]);
