import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, entryOf, identityOf, type Resource, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { coverageOf, isContinuous, rulesOf } from './coverage';
import { hasOwnPointInTime, holdsNothingOfItsOwn, STORE_TYPES } from './stores';

/** The schedules of each store that goes back to the moments of its backups only. */
type Schedules = Map<Resource, ReadonlySet<string>>;

const UNDECIDED = 'undecided';
const indexes = new WeakMap<Assembly, Map<string, Schedules>>();

/** The stores of one stack are backed up at the same moment. */
export const sameMoment = defineRule({
  id: 'RES-BKP-015',
  title: 'the stores of one stack are backed up at the same moment',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'an order in one store that refers to a result in another is torn where they are restored to different moments',
  fix: 'put the stores under one schedule, or use continuous backups',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html',
  resourceTypes: STORE_TYPES,
  evaluate(store, { assembly }) {
    const schedules = schedulesIn(assembly).get(store.stack.id);
    const own = schedules?.get(store);
    if (!schedules || !own || schedules.size < 2) {
      return NOT_APPLICABLE; // what goes back to any moment goes back to the moment of the others
    }
    const others = [...schedules].filter(([other]) => other !== store);
    if ([own, ...others.map(([, moments]) => moments)].some((moments) => moments.has(UNDECIDED))) {
      return undecided('a schedule is not decided');
    }
    const apart = others.find(([, moments]) => ![...own].some((moment) => moments.has(moment)));
    return apart ? failed(`shares no schedule with ${apart[0].path}`) : PASS;
  },
});

function schedulesIn(assembly: Assembly): Map<string, Schedules> {
  let byStack = indexes.get(assembly);
  if (!byStack) {
    byStack = new Map();
    for (const store of assembly.resourcesOf(...STORE_TYPES)) {
      const rules = coverageOf(store, assembly).plans.flatMap(rulesOf);
      if (rules.length > 0 && !anyMoment(store, rules) && !holdsNothingOfItsOwn(store, assembly)) {
        const schedules: Schedules = byStack.get(store.stack.id) ?? new Map();
        byStack.set(store.stack.id, schedules.set(store, new Set(rules.map(momentOf))));
      }
    }
    indexes.set(assembly, byStack);
  }
  return byStack;
}

function anyMoment(store: Resource, rules: readonly Value[]): boolean {
  return hasOwnPointInTime(store) || (store.type === 'AWS::S3::Bucket' && rules.some(isContinuous));
}

function momentOf(rule: Value): string {
  const parts = ['ScheduleExpression', 'ScheduleExpressionTimezone'].map((name) => identityOf(entryOf(rule, name)));
  return parts.includes(undefined) ? UNDECIDED : parts.join(' ');
}
