import { FailureScope } from '../../../core/failure-scope';
import type { Assembly } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const TYPES = [
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
  'AWS::ECS::Service',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::StepFunctions::StateMachine',
];

const regionsByType = new WeakMap<Assembly, Map<string, Set<string | undefined>>>();

function regionsOf(assembly: Assembly, type: string): ReadonlySet<string | undefined> {
  let index = regionsByType.get(assembly);
  if (!index) {
    index = new Map(TYPES.map((each) => [each, new Set(assembly.resourcesOf(each).map(({ region }) => region))]));
    regionsByType.set(assembly, index);
  }
  return index.get(type) ?? new Set();
}

export const systemRunsInASecondRegion = defineRule({
  id: 'RES-DR-022',
  title: 'what care depends on has a counterpart in a second region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'to deploy a system into a Region for the first time, during a disaster, takes hours and rests on control planes',
  fix: 'deploy the system to a recovery Region too, at least as a pilot light',
  docs: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html',
  alsoKnownAs: [
    'ResilienceHub:Elastic Load Balancing/Multi-AZ deployment',
    'ResilienceHub:Amazon Elastic Container Service/Multi-AZ deployment',
    'ResilienceHub:Amazon API Gateway/Cross-Region deployment',
    'ResilienceHub:AWS Step Functions/Cross-Region deployment',
  ],
  resourceTypes: TYPES,
  evaluate: (resource, { assembly, careDependsOn }) => {
    if (!careDependsOn(resource)) {
      return NOT_APPLICABLE;
    }
    const regions = regionsOf(assembly, resource.type);
    const open = regions.has(undefined);
    if (regions.size > (open ? 2 : 1)) {
      return PASS;
    }
    return open
      ? undecided('the Region of a stack is chosen at deployment')
      : failed(`nothing of its kind outside ${resource.region}`);
  },
});
