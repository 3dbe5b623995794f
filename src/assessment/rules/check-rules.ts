import type { Assembly, Resource } from '../model';
import { catalog } from './catalog';
import type { Rule, RuleContext, RuleOutcome } from './rule';

/** What a rule says of one resource. */
export interface RuleFinding extends RuleOutcome {
  readonly rule: Rule;
  readonly resource: Resource;
}

/** What is broken, and what cannot be decided. What passes, or does not apply, is not listed. */
export interface RuleFindings {
  readonly failed: readonly RuleFinding[];
  readonly unknown: readonly RuleFinding[];
}

/** Every rule on every resource of its types. One pass: resources are indexed by type. */
export function checkRules(
  assembly: Assembly,
  careDependsOn: RuleContext['careDependsOn'],
  rules: readonly Rule[] = catalog,
  objectiveOf?: RuleContext['objectiveOf'],
): RuleFindings {
  const context: RuleContext = { assembly, careDependsOn, objectiveOf };
  const findings = rules.flatMap((rule) =>
    assembly
      .resourcesOf(...rule.resourceTypes)
      .map((resource): RuleFinding => ({ rule, resource, ...rule.evaluate(resource, context) })),
  );
  return {
    failed: findings.filter(({ verdict }) => verdict === 'fail'),
    unknown: findings.filter(({ verdict }) => verdict === 'unknown'),
  };
}
