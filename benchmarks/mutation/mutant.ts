/** JSON as templates hold it. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/** A resource of a template. */
export interface TemplateResource extends JsonObject {
  Type: string;
  Properties: JsonObject;
}

/** A template. */
export interface Template extends JsonObject {
  Resources: { [logicalId: string]: TemplateResource };
}

/** One resilience property, removed or weakened. */
export interface Mutant {
  /** `Ehr/EhrDatabaseCluster Properties.DeletionProtection → false`. */
  readonly name: string;
  /** What was weakened: `zones`, `counts`, `retention` … */
  readonly kind: string;
  /** The file of the template. */
  readonly file: string;
  readonly logicalId: string;
  readonly type: string;
  /** Where it stands in the resource, dotted, list items by number. */
  readonly property: string;
  /** Changes a copy of the template. */
  readonly apply: (template: Template) => void;
}

/** What a mutator is shown: one place in one resource. */
export interface Place {
  readonly type: string;
  readonly logicalId: string;
  /** Names of properties on the way; items of lists as numbers. */
  readonly path: readonly (string | number)[];
  readonly value: Json;
  readonly template: Template;
}

/** A weaker value for a place, or `undefined` to take it away. */
export interface Weaker {
  readonly to: Json | undefined;
  /** Short: what is done. */
  readonly change: string;
}

/** Knows one kind of resilience property by how it is written, whatever the resource. */
export interface Mutator {
  readonly kind: string;
  readonly weaken: (place: Place) => readonly Weaker[];
}

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
