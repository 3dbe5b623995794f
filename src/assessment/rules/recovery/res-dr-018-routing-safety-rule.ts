import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, identityOf, itemsOf, type Resource, referencesIn, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

interface Asserted {
  readonly controls: ReadonlySet<Resource>;
  readonly arns: ReadonlySet<string>;
  readonly open: boolean;
}

const assertedIn = new WeakMap<Assembly, Asserted>();

function assertedControls(assembly: Assembly): Asserted {
  let asserted = assertedIn.get(assembly);
  if (!asserted) {
    const lists = assembly
      .resourcesOf('AWS::Route53RecoveryControl::SafetyRule')
      .map((rule) => rule.property('AssertionRule', 'AssertedControls'));
    const items = lists.flatMap(itemsOf);
    asserted = {
      controls: new Set(items.flatMap((item) => referencesIn(item)).map(({ resource }) => resource)),
      arns: new Set(items.flatMap((item) => textOf(item) ?? [])),
      open: items.some((item) => item.kind === 'unknown' || identityOf(item) === undefined),
    };
    assertedIn.set(assembly, asserted);
  }
  return asserted;
}

export const routingControlIsGuarded = defineRule({
  id: 'RES-DR-018',
  title: 'an assertion keeps at least one routing control on',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'without a safety rule a hurried hand can turn off every Region at once',
  fix: 'add a safety rule that asserts ATLEAST 1 over the controls of the panel',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.html',
  resourceTypes: ['AWS::Route53RecoveryControl::RoutingControl'],
  evaluate: (resource, { assembly }) => {
    const { controls, arns, open } = assertedControls(assembly);
    if (controls.has(resource)) {
      return PASS;
    }
    return open || arns.size > 0
      ? undecided('a safety rule names controls by ARN')
      : failed('no safety rule asserts it');
  },
});
