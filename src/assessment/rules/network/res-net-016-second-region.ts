import { FailureScope } from '../../../core/failure-scope';
import type { Assembly } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** What makes a Region one to recover in, rather than one that holds a certificate or copies of backups. */
const RUNS = ['AWS::EC2::VPC', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::DynamoDB::GlobalTable'];

const regions = new WeakMap<Assembly, Map<string, ReadonlySet<string | undefined>>>();

export const secondRegion = defineRule({
  id: 'RES-NET-016',
  title: 'what answers in one region also exists in the region to recover in',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'what has to be created after the loss of a region waits for control planes, quotas and people',
  fix: 'deploy the resource in the second region as well, at least as a pilot light',
  docs: 'https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html',
  alsoKnownAs: [
    'Prowler:vpc_different_regions',
    'ResilienceHub:Elastic Load Balancing/Multi-AZ deployment',
    'ResilienceHub:Amazon Elastic Container Service/Multi-AZ deployment',
    'ResilienceHub:Amazon API Gateway/Cross-Region deployment',
  ],
  resourceTypes: [
    'AWS::EC2::VPC',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ECS::Service',
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGatewayV2::Api',
  ],
  evaluate: (resource, { assembly, careDependsOn }) => {
    const used = new Set(RUNS.flatMap((type) => [...regionsOf(assembly, type)]));
    if (!careDependsOn(resource) || used.size < 2) {
      // one Region alone is judged by what survives its loss, not here
      return NOT_APPLICABLE;
    }
    if (used.has(undefined)) {
      return undecided('the region of a stack is known at deployment');
    }
    return regionsOf(assembly, resource.type).size > 1
      ? PASS
      : failed(`no other region has ${resource.type}, though databases or networks are there`);
  },
});

function regionsOf(assembly: Assembly, type: string): ReadonlySet<string | undefined> {
  const ofAssembly = regions.get(assembly) ?? new Map<string, ReadonlySet<string | undefined>>();
  regions.set(assembly, ofAssembly);
  const found = ofAssembly.get(type) ?? new Set(assembly.resourcesOf(type).map(({ region }) => region));
  ofAssembly.set(type, found);
  return found;
}
