import * as path from 'node:path';
import { logStoresOf } from './log-stores';
import {
  isObject,
  type Json,
  type JsonObject,
  type Mutant,
  type Template,
  type TemplateResource,
  type Weaker,
} from './mutant';
import { KEEPING_TYPES, MUTATORS, POLICIES, PROTECTING_TYPES } from './mutators';

/** Every mutant of a template: one for each resilience property that it has. Stores of logs keep no records of patients. */
export function mutantsOf(file: string, template: Template): Mutant[] {
  const logs = logStoresOf(template);
  const resources = Object.entries(template.Resources).filter(([logicalId]) => !logs.has(logicalId));
  return resources.flatMap(([logicalId, resource]) => [
    ...withoutPolicy(file, logicalId, resource),
    ...withoutResource(file, logicalId, resource),
    ...weakened(file, logicalId, resource, template),
  ]);
}

function weakened(file: string, logicalId: string, resource: TemplateResource, template: Template): Mutant[] {
  const mutants: Mutant[] = [];
  const visit = (value: Json, at: readonly (string | number)[]): void => {
    for (const mutator of MUTATORS) {
      for (const weaker of mutator.weaken({ type: resource.Type, logicalId, path: at, value, template })) {
        mutants.push(mutantAt(file, logicalId, resource.Type, mutator.kind, at, weaker));
      }
    }
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, [...at, index]);
    } else if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) visit(child, [...at, key]);
    }
  };
  visit(resource.Properties ?? {}, ['Properties']);
  return mutants;
}

function mutantAt(
  file: string,
  logicalId: string,
  type: string,
  kind: string,
  at: readonly (string | number)[],
  { to, change }: Weaker,
): Mutant {
  const property = at.join('.');
  const apply = (template: Template) => replace(template.Resources[logicalId], at, to);
  return { name: nameOf(file, logicalId, `${property} → ${change}`), kind, file, logicalId, type, property, apply };
}

function withoutPolicy(file: string, logicalId: string, resource: TemplateResource): Mutant[] {
  const policies = KEEPING_TYPES.test(resource.Type) ? POLICIES : [];
  return policies
    .filter((policy) => resource[policy] !== undefined && resource[policy] !== 'Delete')
    .map((policy) => ({
      name: nameOf(file, logicalId, `${policy} → Delete`),
      kind: 'policies',
      file,
      logicalId,
      type: resource.Type,
      property: policy,
      apply: (template) => {
        template.Resources[logicalId][policy] = 'Delete';
      },
    }));
}

function withoutResource(file: string, logicalId: string, { Type: type }: TemplateResource): Mutant[] {
  return PROTECTING_TYPES.test(type)
    ? [
        {
          name: nameOf(file, logicalId, '→ removed'),
          kind: 'resources',
          file,
          logicalId,
          type,
          property: '',
          apply: (template) => {
            delete template.Resources[logicalId];
          },
        },
      ]
    : [];
}

function nameOf(file: string, logicalId: string, change: string): string {
  return `${path.basename(file, '.template.json')}/${logicalId} ${change}`;
}

function replace(root: JsonObject, at: readonly (string | number)[], to: Json | undefined): void {
  const last = at[at.length - 1];
  const holder = at
    .slice(0, -1)
    .reduce<Json | undefined>((json, key) => (json as JsonObject | undefined)?.[key as string], root);
  if (holder === undefined || holder === null) {
    return; // another mutant took it away already
  }
  if (to !== undefined) {
    (holder as JsonObject)[last as string] = to;
  } else if (Array.isArray(holder)) {
    holder.splice(Number(last), 1);
  } else {
    delete (holder as JsonObject)[last as string];
  }
}
