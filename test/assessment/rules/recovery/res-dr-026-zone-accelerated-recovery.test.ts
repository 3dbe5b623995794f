import { hostedZoneCanBeChangedInADisaster } from '../../../../src/assessment/rules/recovery/res-dr-026-zone-accelerated-recovery';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Route53::HostedZone', Properties } },
});

testRule(hostedZoneCanBeChangedInADisaster, [
  { name: 'accelerated', verdict: 'pass', template: it({ HostedZoneFeatures: { EnableAcceleratedRecovery: true } }) },
  { name: 'by default', verdict: 'fail', template: it({ Name: 'example.org' }) },
  { name: 'switched off', verdict: 'fail', template: it({ HostedZoneFeatures: { EnableAcceleratedRecovery: false } }) },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ HostedZoneFeatures: { EnableAcceleratedRecovery: { Ref: 'Fast' } } }),
  },
  {
    name: 'a private zone',
    verdict: 'not-applicable',
    template: it({ VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' }] }),
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: it({ Name: 'example.org' }),
    careDependsOnIt: false,
  },
]);
