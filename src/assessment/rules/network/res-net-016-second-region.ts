import { FailureScope } from '../../../core/failure-scope';
import type { Assembly } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const regionsIn = new WeakMap<Assembly, ReadonlySet<string | undefined>>();

export const vpcInSecondRegion = defineRule({
  id: 'RES-NET-016',
  title: 'systems that care depends on have a vpc in a second region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'address ranges, routes to the hospital and its firewalls take weeks to agree on, not the hours of a disaster',
  fix: 'create the vpc of the recovery region now, with address ranges that do not overlap',
  docs: 'https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html',
  alsoKnownAs: ['Prowler:vpc_different_regions'],
  resourceTypes: ['AWS::EC2::VPC'],
  evaluate: (vpc, { assembly, careDependsOn }) => {
    if (!careDependsOn(vpc)) {
      return NOT_APPLICABLE;
    }
    const regions = regionsOf(assembly);
    if (regions.has(undefined)) {
      return undecided('the region of a stack is chosen at deployment');
    }
    return regions.size > 1 ? PASS : failed(`no vpc outside ${vpc.region}`);
  },
});

function regionsOf(assembly: Assembly): ReadonlySet<string | undefined> {
  const regions = regionsIn.get(assembly) ?? new Set(assembly.resourcesOf('AWS::EC2::VPC').map(({ region }) => region));
  regionsIn.set(assembly, regions);
  return regions;
}
