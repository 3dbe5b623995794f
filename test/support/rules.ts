import { Assembly, templateFrom } from '../../src/assessment/model';
import { checkRules, type RuleFindings } from '../../src/assessment/rules/check-rules';
import type { Rule, RuleVerdict } from '../../src/assessment/rules/rule';

/** One case of a rule: a template, and what the rule must say of the resource called `It`. */
export interface RuleCase {
  readonly name: string;
  readonly verdict: RuleVerdict;
  readonly template: Record<string, unknown>;
  /** Whether care depends on the system. True if left out. */
  readonly careDependsOnIt?: boolean;
  /** Words of what it must have seen. Any if left out. */
  readonly observed?: string;
}

/** Tests a rule by its cases; there must be one that passes and one that fails. */
export function testRule(rule: Rule, cases: readonly RuleCase[]): void {
  test.each(cases)('$verdict: $name', ({ verdict, template, careDependsOnIt = true, observed = '' }) => {
    const assembly = assemblyOf(template);
    const resource = [...assembly.resources()].find(({ logicalId }) => logicalId === 'It');
    if (!resource) throw new Error('the template has no resource called It');
    const outcome = rule.evaluate(resource, { assembly, careDependsOn: () => careDependsOnIt });
    expect(outcome.verdict).toBe(verdict);
    if (verdict === 'fail' || verdict === 'unknown') {
      expect(outcome.observed).toMatch(/^[^A-Z\s].*[^.]$|^[A-Z][\w:-]/);
      expect(outcome.observed).toContain(observed);
    }
  });

  test('has a case that passes and one that fails', () => {
    expect(cases.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(['pass', 'fail']));
  });
}

/** Every finding of some rules on a template. */
export function findingsOf(template: Record<string, unknown>, rules?: readonly Rule[]): RuleFindings {
  return checkRules(assemblyOf(template), () => true, rules);
}

function assemblyOf(template: Record<string, unknown>): Assembly {
  return new Assembly([
    {
      id: 'S',
      name: 'S',
      path: 'S',
      account: '111111111111',
      region: 'us-east-1',
      template: templateFrom(template as never, 'S.template.json'),
    },
  ]);
}
