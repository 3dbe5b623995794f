import type { Resource } from './resource';
import { entryOf, itemsOf, reasonOf, textOf, type Value } from './value';

const OPERATORS: Readonly<Record<string, (wanted: string, actual: string | undefined) => boolean>> = {
  StringEquals: (wanted, actual) => actual === wanted,
  StringNotEquals: (wanted, actual) => actual !== wanted,
  StringLike: (wanted, actual) => actual !== undefined && like(wanted).test(actual),
  StringNotLike: (wanted, actual) => actual === undefined || !like(wanted).test(actual),
};

/** Whether a resource has one tag of a list: true, false, or why that is not decided. */
export function meetsTag(condition: Value, resource: Resource): boolean | string {
  return compare(condition, resource, OPERATORS.StringEquals);
}

/** Whether a resource meets every condition of a selection: true, false, or why that is not decided. */
export function meetsConditions(conditions: Value, resource: Resource): boolean | string {
  const answers = Object.entries(OPERATORS).flatMap(([operator, holds]) =>
    itemsOf(entryOf(conditions, operator)).map((condition) => compare(condition, resource, holds)),
  );
  return answers.includes(false) ? false : (answers.find((answer) => typeof answer === 'string') ?? true);
}

function compare(
  condition: Value,
  resource: Resource,
  holds: (wanted: string, actual: string | undefined) => boolean,
): boolean | string {
  const [key, wanted] = ['ConditionKey', 'ConditionValue'].map((name) => entryOf(condition, name));
  const name = textOf(key)?.replace(/^aws:ResourceTag\//, '');
  const value = textOf(wanted);
  if (name === undefined || value === undefined) {
    return reasonOf(key) ?? reasonOf(wanted) ?? 'a tag condition that is not decided';
  }
  const actual = tagOf(resource, name);
  const reason = reasonOf(actual);
  return reason ?? holds(value, textOf(actual));
}

/** The value of a tag, wherever its type keeps tags. */
function tagOf(resource: Resource, name: string): Value {
  const replicas = itemsOf(resource.property('Replicas'));
  const here = replicas.find((replica) => textOf(entryOf(replica, 'Region')) === resource.region);
  const places = ['Tags', 'FileSystemTags', 'TagList'].map((property) => resource.property(property));
  const lists = here ? [entryOf(here, 'Tags'), ...places] : places;
  const found = lists.map((tags) => (tags.kind === 'list' ? inList(tags, name) : entryOf(tags, name)));
  return found.find(({ kind }) => kind !== 'absent') ?? { kind: 'absent' };
}

function inList(tags: Value, name: string): Value {
  const tag = itemsOf(tags).find((each) => textOf(entryOf(each, 'Key')) === name);
  return tag ? entryOf(tag, 'Value') : { kind: 'absent' };
}

function like(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
}
