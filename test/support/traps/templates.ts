import type { SynthesizedExample, Template, TemplateResource } from '../example';

/** A resource, and where it is. */
export interface Placed {
  readonly at: string;
  readonly app: string;
  readonly region: string;
  readonly id: string;
  readonly type: string;
  readonly resource: TemplateResource & { readonly DependsOn?: string | string[] };
  readonly template: Template;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties, read by those who know their shape
  readonly p: any;
}

/** What AWS or CloudFormation lets pass, and bites later. */
export interface Trap {
  /** Number in our collection of facts, which is not part of this repository: section and letter. */
  readonly number: string;
  /** What has to hold. */
  readonly holds: string;
  /** Where it does not. */
  readonly offenders: (templates: Templates) => string[];
  /** Type, path and value of a fault that must be found: set in every resource of the type that has what the path goes through. */
  readonly fault: [type: string, path: string, value: unknown];
}

/** The resources of examples. */
export class Templates {
  private readonly placed: Placed[];

  public constructor(private readonly examples: [string, SynthesizedExample][]) {
    this.placed = examples.flatMap(([app, { stacks }]) =>
      stacks.flatMap(({ id: stack, region, template }) =>
        Object.entries(template.Resources).map(([id, resource]) => ({
          at: `${app} ${stack} ${id}`,
          app,
          region,
          id,
          type: resource.Type,
          resource,
          template,
          p: resource.Properties ?? {},
        })),
      ),
    );
  }

  /** Resources of a type; none would prove nothing, and is an error. */
  public all(type: string, which: (each: Placed) => boolean = () => true): Placed[] {
    const found = this.some(type, which);
    if (found.length === 0) {
      throw new Error(`no ${type} that this could concern`);
    }
    return found;
  }

  /** Resources of a type, if there are any. */
  public some(type: string | RegExp, which: (each: Placed) => boolean = () => true): Placed[] {
    return this.placed.filter((each) => matches(type, each.type) && which(each));
  }

  /** Where it does not hold of any of these. */
  public not(type: string, holds: (each: Placed) => boolean, which?: (each: Placed) => boolean): string[] {
    return this.all(type, which)
      .filter((each) => !holds(each))
      .map(({ at }) => at);
  }

  /** Break something, look at what became of it, and mend it. */
  public broken<Result>([type, path, value]: Trap['fault'], look: (broken: Templates) => Result): Result {
    const keys = path.split('.');
    const last = keys.pop() as string;
    const undo: (() => void)[] = [];
    for (const { resource } of this.all(type)) {
      // biome-ignore lint/suspicious/noExplicitAny: walked by key
      const around = keys.reduce<any>((inside, key) => inside?.[key], resource);
      if (around !== null && typeof around === 'object') {
        const [had, was] = [last in around, around[last]];
        around[last] = value;
        if (value === undefined) delete around[last];
        undo.unshift(() => {
          around[last] = was;
          if (!had) delete around[last];
        });
      }
    }
    if (undo.length === 0) {
      throw new Error(`nowhere to set ${path} of ${type}`);
    }
    try {
      return look(new Templates(this.examples));
    } finally {
      for (const mend of undo) mend();
    }
  }
}

function matches(wanted: string | RegExp, type: string): boolean {
  return typeof wanted === 'string' ? wanted === type : wanted.test(type);
}

export const text = (value: unknown): string => JSON.stringify(value ?? null);

/** Text whose only tokens are of CloudFormation itself, for example the account: no other stack or resource is asked. */
export function madeOfNames(value: unknown): boolean {
  const names = [...text(value).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^"]*)/g)];
  return names.every(([, name]) => name.startsWith('AWS::'));
}

/** What is there once, however often. */
export function distinct(values: unknown[]): string[] {
  return [...new Set(values.map((value) => (typeof value === 'string' ? value : text(value))))];
}

/** Whether it stays when its stack, or the resource in it, goes. */
export function kept({ resource }: Placed): boolean {
  return /^Retain/.test(resource.DeletionPolicy ?? '') && resource.UpdateReplacePolicy === 'Retain';
}

/** The logical id that a reference is to. */
export function idOf(reference: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = (reference ?? {}) as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return Ref ?? attribute?.[0] ?? '';
}
