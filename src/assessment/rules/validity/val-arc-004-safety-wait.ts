import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const safetyRuleWaitIsNotNegative = defineRule({
  id: 'VAL-ARC-004',
  title: 'the wait period of a safety rule is not negative',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a negative evaluation period is refused',
  fix: 'set WaitPeriodMs to zero or more milliseconds, such as 5000',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53recoverycontrol-safetyrule.html',
  resourceTypes: ['AWS::Route53RecoveryControl::SafetyRule'],
  evaluate: (resource) => {
    for (const kind of ['AssertionRule', 'GatingRule']) {
      const wait = resource.property(kind, 'WaitPeriodMs');
      const milliseconds = numberOf(wait);
      const location = `Properties.${kind}.WaitPeriodMs`;
      if (milliseconds !== undefined && (milliseconds < 0 || !Number.isInteger(milliseconds))) {
        return failed(`waits ${milliseconds} ms`, location);
      }
      if (milliseconds === undefined && wait.kind !== 'absent') {
        return undecided(reasonOf(wait) ?? 'no number', location);
      }
    }
    return PASS;
  },
});
