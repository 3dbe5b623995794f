import type { Acceptances } from './acceptances';
import type { RuleJudgement, RuleJudgements, RuleScope } from './assessment';
import { locationOf } from './findings';
import type { Assembly } from './model';
import type { Ownership } from './ownership';
import { catalog } from './rules/catalog';
import { checkRules, type RuleFinding } from './rules/check-rules';
import type { System } from './systems';

/** Checks the rules of some scopes, and says of each finding whose it is and who accepted it. */
export function judgeRules(
  assembly: Assembly,
  scopes: readonly RuleScope[],
  ownership: Ownership,
  acceptancesOf: (system: System) => Acceptances,
): RuleJudgements {
  const rules = catalog.filter(({ scope }) => scopes.includes(scope));
  const { failed, unknown } = checkRules(
    assembly,
    (resource) => ownership.careDependsOn(resource),
    rules,
    (resource, scope) => ownership.promisedSeconds(resource, scope),
  );
  const judged = (finding: RuleFinding, acceptable: boolean): RuleJudgement => {
    const { rule, resource, observed = 'the template does not say', location } = finding;
    const { id, title, severity, scope, why, fix, docs } = rule;
    const system = ownership.systemOf(resource);
    const named = { kinds: [id, scope], resource: resource.path };
    return {
      ...{ id, title, severity, scope, ...locationOf(resource), system: system?.name, observed, location },
      ...{ why, fix, docs, accepted: acceptable && system ? acceptancesOf(system).cover(named) : undefined },
    };
  };
  return {
    checked: rules.length,
    failed: failed.map((finding) => judged(finding, true)).sort(byWeight),
    unknown: unknown.map((finding) => judged(finding, false)).sort(byWeight),
  };
}

function byWeight(one: RuleJudgement, other: RuleJudgement): number {
  const key = ({ severity, id, resource }: RuleJudgement) => `${severity === 'error' ? 0 : 1}|${id}|${resource}`;
  return key(one) < key(other) ? -1 : 1;
}
