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

/** What a resource has to wait for: resources of the template that it depends on or refers to. */
function targetsOf(template: Template, id: string): Set<string> {
  const found = new Set<string>();
  const resource = template.resources[id];
  if (!isObject(resource)) {
    return found;
  }
  const note = (name: Json | undefined) => {
    if (typeof name === 'string' && Object.hasOwn(template.resources, name)) {
      found.add(name);
    }
  };
  const dependsOn = Array.isArray(resource.DependsOn) ? resource.DependsOn : [resource.DependsOn];
  dependsOn.forEach(note);
  noteNames(resource.Properties ?? null, note);
  return found;
}

function noteNames(json: Json, note: (name: string) => void): void {
  if (typeof json !== 'object' || json === null) {
    return;
  }
  if (Array.isArray(json)) {
    for (const item of json) {
      noteNames(item, note);
    }
    return;
  }
  for (const key in json) {
    const value = json[key];
    if (key === 'Ref' && typeof value === 'string') {
      note(value);
    } else if (key === 'Fn::GetAtt') {
      note(String(Array.isArray(value) ? value[0] : value).split('.')[0]);
    } else if (key === 'Fn::Sub') {
      noteNamesInText(value, note);
    } else {
      noteNames(value, note);
    }
  }
}

function noteNamesInText(argument: Json, note: (name: string) => void): void {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, null];
  const own = isObject(variables) ? variables : {};
  for (const [, name] of typeof text === 'string' ? text.matchAll(/\$\{([^!}][^}]*)\}/g) : []) {
    const target = name.trim().split('.')[0];
    if (!Object.hasOwn(own, target)) {
      note(target);
    }
  }
  noteNames(own, note);
}
