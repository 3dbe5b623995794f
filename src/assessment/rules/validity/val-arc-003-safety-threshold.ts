import { itemsOf, numberOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const safetyRuleThresholdCanBeMet = defineRule({
  id: 'VAL-ARC-003',
  title: 'a safety rule asks for no more routing controls than it watches',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a threshold that can never be met is refused, or would block every failover',
  fix: 'lower RuleConfig.Threshold, or add controls to the rule',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.html',
  resourceTypes: ['AWS::Route53RecoveryControl::SafetyRule'],
  evaluate: (resource) => {
    const type = resource.property('RuleConfig', 'Type');
    if (type.kind !== 'unknown' && textOf(type) !== 'ATLEAST') {
      return NOT_APPLICABLE; // AND and OR ignore the threshold
    }
    const asserted = resource.property('AssertionRule', 'AssertedControls');
    const controls = asserted.kind === 'absent' ? resource.property('GatingRule', 'GatingControls') : asserted;
    const threshold = resource.property('RuleConfig', 'Threshold');
    const limit = numberOf(threshold);
    if (type.kind === 'unknown' || controls.kind === 'unknown' || limit === undefined) {
      const reason = [type, controls, threshold].map(reasonOf).find((text) => text !== undefined);
      return undecided(reason ?? 'no threshold', 'Properties.RuleConfig.Threshold');
    }
    const count = itemsOf(controls).length;
    return limit < 1 || limit > count
      ? failed(`at least ${limit} of ${count} controls`, 'Properties.RuleConfig.Threshold')
      : PASS;
  },
});
