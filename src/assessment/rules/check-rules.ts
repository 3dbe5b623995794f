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
  const failed: RuleFinding[] = [];
  const unknown: RuleFinding[] = [];
  for (const rule of rules) {
    for (const resource of assembly.resourcesOf(...rule.resourceTypes)) {
      const outcome = rule.evaluate(resource, context);
      if (outcome.verdict === 'fail') {
        failed.push({ rule, resource, ...outcome });
      } else if (outcome.verdict === 'unknown') {
        unknown.push({ rule, resource, ...outcome });
      }
    }
  }
  return { failed, unknown };
}
