import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const PATH = ['HostedZoneFeatures', 'EnableAcceleratedRecovery'];
const LOCATION = ['Properties', ...PATH].join('.');

export const hostedZoneCanBeChangedInADisaster = defineRule({
  id: 'RES-DR-026',
  title: 'a public hosted zone that care depends on can be changed while us-east-1 is impaired',
  severity: 'warning',
  scope: FailureScope.CONTROL_PLANE,
  why: 'the control plane of Route 53 is in us-east-1; without accelerated recovery no record can be changed until it is back',
  fix: 'set HostedZoneFeatures.EnableAcceleratedRecovery to true',
  docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html',
  resourceTypes: ['AWS::Route53::HostedZone'],
  evaluate: (resource, { careDependsOn }) => {
    if (resource.property('VPCs').kind !== 'absent' || !careDependsOn(resource)) {
      return NOT_APPLICABLE; // private zones are not covered
    }
    const enabled = resource.property(...PATH);
    if (booleanOf(enabled) === true) {
      return PASS;
    }
    return enabled.kind === 'absent' || booleanOf(enabled) === false
      ? failed('no accelerated recovery', LOCATION)
      : undecided(reasonOf(enabled) ?? 'no boolean', LOCATION);
  },
});
