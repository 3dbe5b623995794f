import { InputError } from './input-error';
import type { Template } from './template';
import { isObject, type Json } from './value';

/**
 * CloudFormation refuses templates whose resources refer to each other in a circle, and so does the judge.
 *
 * @throws InputError naming the circle
 */
export function requireAcyclic(template: Template, stackPath: string): void {
  const done = new Set<string>();
  const trail: string[] = [];
  const onTrail = new Set<string>();
  for (const start of Object.keys(template.resources)) {
    // depth first without recursion: chains may be as long as the template
    const open: { id: string; targets: Iterator<string> }[] = [];
    const enter = (id: string) => {
      open.push({ id, targets: targetsOf(template, id).values() });
      trail.push(id);
      onTrail.add(id);
    };
    if (!done.has(start)) {
      enter(start);
    }
    while (open.length > 0) {
      const { id, targets } = open[open.length - 1];
      const next = targets.next();
      if (next.done) {
        open.pop();
        trail.pop();
        onTrail.delete(id);
        done.add(id);
      } else if (onTrail.has(next.value)) {
        const circle = [...trail.slice(trail.indexOf(next.value)), next.value].join(' → ');
        throw new InputError(
          'CyclicReference',
          `resources of ${stackPath} refer to each other: ${circle}`,
          template.file,
        );
      } else if (!done.has(next.value)) {
        enter(next.value);
      }
    }
  }
}

function targetsOf(template: Template, id: string): Set<string> {
  const found = new Set<string>();
  const resource = template.resources[id];
  if (!isObject(resource)) {
    return found;
  }
  const dependsOn = Array.isArray(resource.DependsOn) ? resource.DependsOn : [resource.DependsOn];
  for (const name of [...dependsOn, ...referencedNames(resource.Properties ?? null)]) {
    if (typeof name === 'string' && Object.hasOwn(template.resources, name)) {
      found.add(name);
    }
  }
  return found;
}

function* referencedNames(json: Json): Iterable<string> {
  if (Array.isArray(json)) {
    for (const item of json) {
      if (typeof item === 'object') {
        yield* referencedNames(item);
      }
    }
  } else if (isObject(json)) {
    for (const [key, value] of Object.entries(json)) {
      if (key === 'Ref' && typeof value === 'string') {
        yield value;
      } else if (key === 'Fn::GetAtt') {
        yield String(Array.isArray(value) ? value[0] : value).split('.')[0];
      } else if (key === 'Fn::Sub') {
        yield* namesInText(value);
      } else if (typeof value === 'object' && value !== null) {
        yield* referencedNames(value);
      }
    }
  }
}

function* namesInText(argument: Json): Iterable<string> {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, null];
  const own = isObject(variables) ? variables : {};
  for (const [, name] of typeof text === 'string' ? text.matchAll(/\$\{([^!}][^}]*)\}/g) : []) {
    const target = name.trim().split('.')[0];
    if (!Object.hasOwn(own, target)) {
      yield target;
    }
  }
  yield* referencedNames(own);
}
