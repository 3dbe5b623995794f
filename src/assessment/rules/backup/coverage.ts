import {
  type Assembly,
  booleanOf,
  entryOf,
  exactNameIn,
  exactNameOf,
  hasUndecidedName,
  identityOf,
  isOntap,
  itemsOf,
  matchesArn,
  meetsConditions,
  meetsTag,
  ontapVolumesOf,
  type Resource,
  reasonOf,
  referencesIn,
  textOf,
  type Value,
} from '../../model';
import { referrersOf } from '../network/referrers';

/** What AWS Backup plans keep of a resource. */
export interface Coverage {
  /** Whether a selection takes it in. */
  readonly selected: boolean;
  /** Why it may be selected, where no selection does so for certain. */
  readonly undecided?: string;
  /** The plans that select it, as far as the templates define them. */
  readonly plans: readonly Resource[];
}

interface Index {
  /** Selections that list nothing but single resources, by what they refer to or name. */
  readonly naming: Map<Resource | string, Resource[]>;
  /** The other selections, by account and Region. */
  readonly open: Map<string, Resource[]>;
  readonly all: Map<string, Resource[]>;
}

/** Stands for an ARN that may name many. */
const OPEN = '';

const indexes = new WeakMap<Assembly, Index>();
const remembered = new WeakMap<Resource, Coverage>();

/** The plans that protect a resource: those of its own account and Region that select it by ARN or by tag. */
export function coverageOf(resource: Resource, assembly: Assembly): Coverage {
  const find = isOntap(resource) ? coverageOfVolumes : findCoverage;
  const coverage = remembered.get(resource) ?? find(resource, assembly);
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
  const candidates = [resource, ...attachedTo(resource, assembly)].flatMap((candidate) =>
    [...selectionsBeside(candidate, assembly)].map((selection) => ({ candidate, selection })),
  );
  for (const { candidate, selection } of candidates) {
    const answer = selects(selection, candidate);
    if (answer === true) {
      selected = true;
      plans.push(...referencesIn(selection.property('BackupPlanId')).map((reference) => reference.resource));
    } else if (answer !== false) {
      undecided ??= answer;
    }
  }
  return { selected, undecided: selected ? undefined : undecided, plans };
}

/** A recovery point of an instance holds the volumes attached to it. */
function attachedTo(resource: Resource, assembly: Assembly): Resource[] {
  if (resource.type !== 'AWS::EC2::Volume') {
    return [];
  }
  const attachments = referrersOf(resource, assembly, 'AWS::EC2::VolumeAttachment', 'VolumeId').certain;
  return attachments
    .flatMap((attachment) => referencesIn(attachment.property('InstanceId')))
    .map(({ resource: instance }) => instance);
}

/** AWS Backup backs up FSx for NetApp ONTAP by volume: every one must be selected. */
function coverageOfVolumes(fileSystem: Resource, assembly: Assembly): Coverage {
  const volumes = ontapVolumesOf(fileSystem, assembly).map((volume) => findCoverage(volume, assembly));
  if (volumes.length === 0) {
    return { selected: false, undecided: 'its volumes are not in the templates', plans: [] };
  }
  const selected = volumes.every((volume) => volume.selected);
  const open = volumes.filter((volume) => !volume.selected);
  return {
    selected,
    undecided: open.every(({ undecided }) => undecided !== undefined) ? open[0]?.undecided : undefined,
    plans: [...new Set(volumes.flatMap(({ plans }) => plans))],
  };
}

/** The selections that could take a resource in: those that name it, and those that go by pattern or tag. */
function selectionsBeside(resource: Resource, assembly: Assembly): Iterable<Resource> {
  let index = indexes.get(assembly);
  if (!index) {
    index = { naming: new Map(), open: new Map(), all: new Map() };
    for (const selection of assembly.resourcesOf('AWS::Backup::BackupSelection')) {
      file(selection, index);
    }
    indexes.set(assembly, index);
  }
  const place = placeOf(resource);
  if (hasUndecidedName(resource)) {
    return index.all.get(place) ?? [];
  }
  const naming = [...(index.naming.get(resource) ?? []), ...(index.naming.get(exactNameOf(resource) ?? '') ?? [])];
  const beside = naming.filter((selection) => placeOf(selection) === place);
  return new Set([...beside, ...(index.open.get(place) ?? [])]);
}

function file(selection: Resource, { naming, open, all }: Index): void {
  const within = selection.property('BackupSelection');
  const arns = itemsOf(entryOf(within, 'Resources'));
  const keys = arns.map((arn) => referencesIn(arn).at(0)?.resource ?? exactNameIn(arn) ?? OPEN);
  const isOpen = keys.length === 0 || keys.includes(OPEN) || entryOf(within, 'ListOfTags').kind !== 'absent';
  const place = placeOf(selection);
  append(all, place, selection);
  if (isOpen) {
    append(open, place, selection);
    return;
  }
  for (const key of new Set(keys)) {
    append(naming, key, selection);
  }
}

function append<Key>(index: Map<Key, Resource[]>, key: Key, selection: Resource): void {
  const list = index.get(key);
  if (list) {
    list.push(selection);
  } else {
    index.set(key, [selection]);
  }
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
