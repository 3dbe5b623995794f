import type { Stack } from './stack';
import { ABSENT, INCLUDED, isObject, type JsonObject, textOf, type Value } from './value';

/** One resource of a template. Properties are resolved when asked for, and remembered. */
export class Resource {
  /** Unique in the assembly. */
  public readonly id: string;
  public readonly type: string;
  private readonly resolved = new Map<string, Value>();
  private cachedPath?: string;

  public constructor(
    public readonly stack: Stack,
    public readonly logicalId: string,
    private readonly definition: JsonObject,
  ) {
    this.id = `${stack.id}#${logicalId}`;
    this.type = typeof definition.Type === 'string' ? definition.Type : 'unknown type';
  }

  /** The construct path where there is one, else stack and logical id: what a reader can find again. */
  public get path(): string {
    this.cachedPath ??= this.readPath();
    return this.cachedPath;
  }

  /** The Region it is created in, or undefined where deployment decides. */
  public get region(): string | undefined {
    return this.stack.region;
  }

  /** Whether it exists: a false condition removes it, an undecided one leaves a reason. */
  public get condition(): Value {
    const name = this.definition.Condition;
    return typeof name === 'string' ? this.stack.condition(name) : { kind: 'known', value: true };
  }

  /** `Delete`, `Retain`, `Snapshot` …; CloudFormation's default depends on the type. */
  public get deletionPolicy(): string | undefined {
    return this.policy('DeletionPolicy');
  }

  /** What becomes of the old one when an update replaces it; CloudFormation's default is `Delete`. */
  public get updateReplacePolicy(): string | undefined {
    return this.policy('UpdateReplacePolicy');
  }

  /** Whether a macro may set properties that are not here. */
  public get isFilledIn(): boolean {
    return isObject(this.definition.Properties) && Object.hasOwn(this.definition.Properties, INCLUDED);
  }

  /** A property by its path, with every intrinsic on the way resolved. */
  public property(...path: string[]): Value {
    const key = path.length === 1 ? path[0] : path.join('.');
    let value = this.resolved.get(key);
    if (value === undefined) {
      value = isObject(this.definition.Properties) ? this.stack.resolveAt(this.definition.Properties, path) : ABSENT;
      this.resolved.set(key, value);
    }
    return value;
  }

  /** With language extensions, a policy may come from a parameter or a mapping. */
  private policy(key: string): string | undefined {
    const written = this.definition[key];
    return typeof written === 'string' || written === undefined ? written : textOf(this.stack.resolve(written));
  }

  private readPath(): string {
    const metadata = this.definition.Metadata;
    const written = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
    const path = typeof written === 'string' ? written : this.stack.constructPath(this.logicalId);
    return path === undefined ? `${this.stack.path}/${this.logicalId}` : path.replace(/\/(Resource|Default)$/, '');
  }

  /** Resource metadata as written: `aws:asset:path` names the template of a nested stack. */
  public metadata(key: string): string | undefined {
    const metadata = this.definition.Metadata;
    const value = isObject(metadata) ? metadata[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  }
}
