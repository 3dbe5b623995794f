import {
  type Assembly,
  booleanOf,
  entryOf,
  identityOf,
  itemsOf,
  type Resource,
  reasonOf,
  referencesIn,
  textOf,
  type Value,
} from '../../model';
import { matchesArn } from './arns';
import { meetsConditions, meetsTag } from './tags';

/** What AWS Backup plans keep of a resource. */
export interface Coverage {
  /** Whether a selection takes it in. */
  readonly selected: boolean;
  /** Why it may be selected, where no selection does so for certain. */
  readonly undecided?: string;
  /** The plans that select it, as far as the templates define them. */
  readonly plans: readonly Resource[];
}

const indexes = new WeakMap<Assembly, Map<string, Resource[]>>();
const remembered = new WeakMap<Resource, Coverage>();

/** The plans that protect a resource: those of its own account and Region that select it by ARN or by tag. */
export function coverageOf(resource: Resource, assembly: Assembly): Coverage {
  const coverage = remembered.get(resource) ?? findCoverage(resource, assembly);
  remembered.set(resource, coverage);
  return coverage;
}

/** The rules of a plan. */
export function rulesOf(plan: Resource): readonly Value[] {
  return itemsOf(plan.property('BackupPlan', 'BackupPlanRule'));
}

/** Days that a rule, or a copy, keeps recovery points: infinite where none expire, undefined where it is not decided. */
export function daysKept(ruleOrCopy: Value): number | undefined {
  const days = entryOf(entryOf(ruleOrCopy, 'Lifecycle'), 'DeleteAfterDays');
  if (days.kind === 'absent') {
    return Number.POSITIVE_INFINITY;
  }
  return reasonOf(days) === undefined ? Number(textOf(days)) : undefined;
}

/** Whether a rule keeps what is needed to restore to any moment. */
export function isContinuous(rule: Value): boolean {
  return booleanOf(entryOf(rule, 'EnableContinuousBackup')) === true;
}

function findCoverage(resource: Resource, assembly: Assembly): Coverage {
  const plans: Resource[] = [];
  let selected = resource.type === 'AWS::EC2::Volume' && hasLifecyclePolicy(resource, assembly);
  let undecided: string | undefined;
  for (const selection of selectionsBeside(resource, assembly)) {
    const answer = selects(selection, resource);
    if (answer === true) {
      selected = true;
      plans.push(...referencesIn(selection.property('BackupPlanId')).map((reference) => reference.resource));
    } else if (answer !== false) {
      undecided ??= answer;
    }
  }
  return { selected, undecided: selected ? undefined : undecided, plans };
}

function selectionsBeside(resource: Resource, assembly: Assembly): readonly Resource[] {
  let index = indexes.get(assembly);
  if (!index) {
    index = new Map();
    for (const selection of assembly.resourcesOf('AWS::Backup::BackupSelection')) {
      const place = placeOf(selection);
      index.set(place, [...(index.get(place) ?? []), selection]);
    }
    indexes.set(assembly, index);
  }
  return index.get(placeOf(resource)) ?? [];
}

function placeOf({ stack }: Resource): string {
  return `${stack.account}/${stack.region}`;
}

/** True, false, or why that is not decided. */
function selects(selection: Resource, resource: Resource): boolean | string {
  const within = selection.property('BackupSelection');
  const arns = entryOf(within, 'Resources');
  const tags = entryOf(within, 'ListOfTags');
  const conditions = entryOf(within, 'Conditions');
  const everything = arns.kind === 'absent' && tags.kind === 'absent' && conditions.kind !== 'absent';
  const taken = everything
    ? true
    : either([
        ...itemsOf(arns).map((arn) => matchesArn(arn, resource)),
        ...itemsOf(tags).map((tag) => meetsTag(tag, resource)),
      ]);
  const spared = either(itemsOf(entryOf(within, 'NotResources')).map((arn) => matchesArn(arn, resource)));
  const met = meetsConditions(conditions, resource);
  const exists = selection.condition.kind === 'unknown' ? selection.condition.reason : true;
  if (taken === false || spared === true || met === false) {
    return false;
  }
  return [taken, met, exists, spared].find((answer) => typeof answer === 'string') ?? true;
}

function either(answers: readonly (boolean | string)[]): boolean | string {
  return answers.includes(true) || (answers.find((answer) => typeof answer === 'string') ?? false);
}

/** Amazon Data Lifecycle Manager takes snapshots of volumes by tag. */
function hasLifecyclePolicy(volume: Resource, assembly: Assembly): boolean {
  const own = new Set(itemsOf(volume.property('Tags')).map(identityOf));
  return assembly.resourcesOf('AWS::DLM::LifecyclePolicy').some((policy) => {
    const targets = itemsOf(policy.property('PolicyDetails', 'TargetTags')).map(identityOf);
    return policy.region === volume.region && targets.some((target) => target !== undefined && own.has(target));
  });
}
