import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const ATTRIBUTE = 'zonal_shift.config.enabled';

export const loadBalancerTakesZonalShift = defineRule({
  id: 'RES-DR-027',
  title: 'a load balancer can be shifted out of a zone',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a zone that is slow rather than down passes health checks; only a zonal shift takes its traffic away, within minutes and through a data plane',
  fix: `set the attribute ${ATTRIBUTE} to true`,
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-shift.resource-types.html',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  evaluate: (resource) => {
    if (textOf(resource.property('Type')) === 'gateway') {
      return NOT_APPLICABLE;
    }
    const attributes = resource.property('LoadBalancerAttributes');
    const location = 'Properties.LoadBalancerAttributes';
    if (attributes.kind === 'unknown') {
      return undecided(attributes.reason, location);
    }
    const attribute = itemsOf(attributes).find((item) => textOf(entryOf(item, 'Key')) === ATTRIBUTE);
    const value = attribute && entryOf(attribute, 'Value');
    if (value === undefined || booleanOf(value) === false) {
      return failed(value === undefined ? `${ATTRIBUTE} is not set` : `${ATTRIBUTE} is false`, location);
    }
    return booleanOf(value) === true ? PASS : undecided(reasonOf(value) ?? 'no boolean', location);
  },
});
