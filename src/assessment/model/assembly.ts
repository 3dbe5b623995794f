import { InputError } from './input-error';
import { ofType } from './parameters';
import { requireAcyclic } from './reference-cycle';
import type { Resource } from './resource';
import { indexByType, Stack, type StackIdentity, type StackSurroundings } from './stack';
import type { Template } from './template';
import { entryOf, isObject, textOf, unknown, type Value } from './value';

/** How a nested stack says where its template is. */
export interface NestedTemplatePlace {
  /** A path beside the parent's template, where CDK was told to write it. */
  readonly assetPath?: string;
  /** The address it will be uploaded to, or a path beside the parent's template before it is packaged. */
  readonly url: Value;
  /** The file of the parent's template. */
  readonly parent: string;
}

/** A stack as read: where it goes, its template, and how to find the templates of its nested stacks. */
export interface StackSource extends StackIdentity {
  readonly template: Template;
  readonly nestedTemplate?: (place: NestedTemplatePlace) => Template | undefined;
}

/** Every stack that is judged together, and what they know of each other. */
export class Assembly implements StackSurroundings {
  public readonly stacks: Stack[] = [];
  private readonly nested = new Map<Resource, Stack>();
  private exportIndex?: Map<string, Export>;
  private typeIndex?: Map<string, Resource[]>;

  public constructor(sources: Iterable<StackSource>) {
    for (const source of sources) {
      this.add(source);
    }
  }

  /** Resources that exist, or may, of every stack. */
  public *resources(): Iterable<Resource> {
    for (const list of this.byType().values()) {
      yield* list;
    }
  }

  public resourcesOf(...types: string[]): readonly Resource[] {
    const [first] = types;
    return types.length === 1
      ? (this.byType().get(first) ?? NONE) // asked for the most
      : types.flatMap((type) => this.byType().get(type) ?? NONE);
  }

  public exported(from: Stack, exportName: string): Value {
    const found = (this.exportIndex ?? this.indexExports()).get(exportKey(from, exportName));
    return found ? found.stack.output(found.logicalId) : unknown(`imports ${exportName}, which no stack here exports`);
  }

  public outputOf(from: Stack, stackName: string, output: string, region = from.region): Value {
    const byArn = /^arn:[^:]+:cloudformation:([^:]*):[^:]*:stack\/([^/]+)/.exec(stackName);
    const [inRegion, name] = byArn ? [byArn[1], byArn[2]] : [region, stackName];
    const found = this.stacks.filter((stack) => stack.name === name && stack.region === inRegion);
    return found.length === 1
      ? found[0].output(output)
      : unknown(`reads output ${output} of ${name}, which is ${found.length === 0 ? 'not' : 'more than once'} here`);
  }

  public exportedAcrossRegions(parameterName: string): Value {
    const written = this.resourcesOf('Custom::CrossRegionExportWriter')
      .map((writer) => writer.property('WriterProps', 'exports', parameterName))
      .filter((value) => value.kind !== 'absent');
    return written[0] ?? unknown(`reads ${parameterName}, which no stack here writes`);
  }

  public nestedStack(resource: Resource): Stack | undefined {
    return this.nested.get(resource);
  }

  private add(source: StackSource): Stack {
    requireAcyclic(source.template, source.path);
    const stack = new Stack(source, source.template, this);
    this.stacks.push(stack);
    for (const resource of stack.resources.values()) {
      if (resource.type === 'AWS::CloudFormation::Stack') {
        this.addNested(resource, source);
      }
    }
    return stack;
  }

  private addNested(resource: Resource, source: StackSource): void {
    const place = {
      assetPath: resource.metadata('aws:asset:path'),
      url: resource.property('TemplateURL'),
      parent: source.template.file,
    };
    const template = source.id.split('#').length < MAX_LEVELS ? source.nestedTemplate?.(place) : undefined;
    if (template) {
      if (this.nested.size === MAX_NESTED) {
        throw new InputError('NestedTooDeeply', `nests more than ${MAX_NESTED} stacks`, source.template.file);
      }
      const parameters = lazyEntries(template, (name) => entryOf(resource.property('Parameters'), name));
      const nested = this.add({
        ...source,
        id: `${source.id}#${resource.logicalId}`,
        name: `${source.name}-${resource.logicalId}`,
        path: resource.path.replace(/\.NestedStack\/[^/]*\.NestedStackResource$/, ''),
        template,
        parameters,
        constructPaths: undefined,
      });
      this.nested.set(resource, nested);
    }
  }

  private byType(): Map<string, Resource[]> {
    if (!this.typeIndex) {
      this.typeIndex = new Map();
      for (const stack of this.stacks) {
        indexByType(stack.existing(), this.typeIndex);
      }
    }
    return this.typeIndex;
  }

  /** By name only: values are resolved when imported, since they may be imports themselves. */
  private indexExports(): Map<string, Export> {
    const index = new Map<string, Export>();
    this.exportIndex = index;
    for (const stack of this.stacks) {
      for (const [logicalId, output] of Object.entries(stack.template.outputs)) {
        const exported =
          isObject(output) && isObject(output.Export) ? stack.resolve(output.Export.Name ?? null) : undefined;
        const name = exported && textOf(exported);
        if (name !== undefined) {
          index.set(exportKey(stack, name), { stack, logicalId });
        }
      }
    }
    return index;
  }
}

const NONE: readonly Resource[] = [];
/** Files may nest each other, and themselves, without end. */
const MAX_LEVELS = 10;
const MAX_NESTED = 1000;

interface Export {
  readonly stack: Stack;
  readonly logicalId: string;
}

function exportKey(stack: Stack, name: string): string {
  return `${stack.account ?? ''}/${stack.region ?? ''}/${name}`;
}

/** Parent values of a nested stack's parameters, resolved when asked for: the parent may refer to its other children. */
function lazyEntries(template: Template, resolve: (name: string) => Value): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, definition] of Object.entries(template.parameters)) {
    const type = isObject(definition) ? String(definition.Type) : '';
    const get = () => ofType(resolve(name), type);
    Object.defineProperty(values, name, { enumerable: true, configurable: true, get });
  }
  return values;
}
