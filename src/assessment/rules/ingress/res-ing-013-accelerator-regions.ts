import { FailureScope } from '../../../core/failure-scope';
import { textOf } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const acceleratorRegions = defineRule({
  id: 'RES-ING-013',
  title: 'a listener of a global accelerator leads to two regions',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'an accelerator moves new connections to another region by itself, if it knows one',
  fix: 'add an endpoint group in a second region',
  docs: 'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-endpoint-weights.unhealthy-endpoints.html',
  resourceTypes: ['AWS::GlobalAccelerator::Listener'],
  evaluate: (listener, { assembly, careDependsOn }) => {
    if (!careDependsOn(listener)) {
      return NOT_APPLICABLE;
    }
    const groups = referrersOf(listener, assembly, 'AWS::GlobalAccelerator::EndpointGroup', 'ListenerArn');
    const regions = groups.certain.map((group) => textOf(group.property('EndpointGroupRegion')));
    if (new Set(regions.filter((region) => region !== undefined)).size > 1) {
      return PASS;
    }
    if (groups.open !== undefined) {
      return undecided(groups.open);
    }
    return regions.length > 1 && regions.includes(undefined)
      ? undecided('the region of an endpoint group is not decided')
      : failed(`it leads to ${regions.length === 0 ? 'no endpoint group' : 'one region only'}`);
  },
});
