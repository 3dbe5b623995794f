import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, referencesIn } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';

/** What runs, or sends traffic there. */
const RUNS = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EC2::LaunchTemplate',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::Lambda::Function',
  'AWS::RDS::DBCluster',
  'AWS::Route53::RecordSet',
];

const usersByResource = new WeakMap<Assembly, Map<Resource, Resource[]>>();

function usersOf(assembly: Assembly, used: Resource): readonly Resource[] {
  let index = usersByResource.get(assembly);
  if (!index) {
    index = new Map();
    for (const user of assembly.resourcesOf(...RUNS)) {
      for (const { resource } of referencesIn(user.property())) {
        index.set(resource, [...(index.get(resource) ?? []), user]);
      }
    }
    usersByResource.set(assembly, index);
  }
  return index.get(used) ?? [];
}

export const nothingWaitsForCustomResource = defineRule({
  id: 'RES-DR-011',
  title: 'what care depends on does not wait for the answer of a custom resource',
  severity: 'warning',
  scope: FailureScope.CONTROL_PLANE,
  why: 'a recovery that deploys or updates the stack first has to start a function, which may itself be impaired, and waits up to an hour for it',
  fix: 'pass the value as a plain property, a physical name or a parameter',
  docs: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_avoid_control_plane.html',
  resourceTypes: [
    'AWS::CloudFormation::CustomResource',
    'Custom::AWS',
    'Custom::CrossRegionStringParameterReader',
    'Custom::DescribeCognitoUserPoolClient',
    'Custom::DynamoDBReplica',
  ],
  evaluate: (resource, { assembly, careDependsOn }) => {
    const users = usersOf(assembly, resource);
    const waiting = users.find(careDependsOn);
    if (waiting) {
      return failed(`its answer is used by ${waiting.path}`);
    }
    return users.length > 0 ? NOT_APPLICABLE : PASS;
  },
});
