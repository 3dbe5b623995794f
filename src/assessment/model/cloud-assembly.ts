import * as fs from 'node:fs';
import * as path from 'node:path';
import { Assembly, type NestedTemplatePlace, type StackSource } from './assembly';
import { InputError } from './input-error';
import { parameterFrom } from './parameters';
import { type Template, templateFrom } from './template';
import { decoded, parseJson, parseTemplateText } from './template-text';
import { isObject, type JsonObject, known, textsIn, type Value } from './value';

/** Larger files are no templates: CloudFormation takes 1 MB. */
const MAX_BYTES = 50_000_000;

/** What bare templates are given, since no manifest says it. */
export interface ReadOptions {
  readonly account?: string;
  readonly region?: string;
  /** Parameter values, for every template that has a parameter of the name. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Reads cloud assemblies (directories) and templates (files) into one assembly.
 *
 * @throws InputError when something cannot be read, with one line that says what to do
 */
export function readAssembly(paths: readonly string[], options: ReadOptions = {}): Assembly {
  return new Assembly(paths.flatMap((given) => [...sourcesAt(given, options)]));
}

function* sourcesAt(given: string, options: ReadOptions): Iterable<StackSource> {
  if (!fs.existsSync(given)) {
    throw new InputError('PathNotFound', 'no such file or directory', given);
  }
  if (fs.statSync(given).isDirectory()) {
    const sources = [...assemblySources(given, given, new Set(), options)];
    if (sources.length === 0) {
      throw new InputError('NotAnAssembly', 'its manifest names no stack, so there is nothing to judge', given);
    }
    yield* sources;
  } else {
    const template = readTemplate(given);
    const name = path.basename(given).replace(/(\.template)?\.(json|ya?ml|template)$/, '');
    yield {
      id: given,
      name,
      path: name,
      account: options.account,
      region: options.region,
      template,
      parameters: givenParameters(template, options.parameters ?? {}),
      nestedTemplate: nestedIn(path.dirname(given)),
    };
  }
}

function* assemblySources(
  root: string,
  directory: string,
  visited: Set<string>,
  options: ReadOptions,
): Iterable<StackSource> {
  const file = path.join(directory, 'manifest.json');
  if (!fs.existsSync(file)) {
    throw new InputError(
      'NotAnAssembly',
      'has no manifest.json; give the directory that cdk synth writes, or templates',
      directory,
    );
  }
  if (visited.has(fs.realpathSync(directory))) {
    throw new InputError('CyclicReference', 'the assembly contains itself', directory);
  }
  visited.add(fs.realpathSync(directory));
  const { artifacts } = parseTemplateText(readText(file), file);
  for (const [id, artifact] of Object.entries(isObject(artifacts) ? artifacts : {})) {
    const properties = isObject(artifact) && isObject(artifact.properties) ? artifact.properties : {};
    if (isObject(artifact) && artifact.type === 'aws:cloudformation:stack') {
      yield stackSource(root, directory, id, artifact, properties, options);
    } else if (isObject(artifact) && artifact.type === 'cdk:cloud-assembly') {
      yield* assemblySources(root, path.join(directory, String(properties.directoryName)), visited, options);
    }
  }
}

function stackSource(
  root: string,
  directory: string,
  id: string,
  artifact: JsonObject,
  properties: JsonObject,
  options: ReadOptions,
): StackSource {
  const file = path.join(directory, String(properties.templateFile));
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(String(artifact.environment)) ?? [];
  const template = readTemplate(file, true);
  const inManifest = isObject(properties.parameters) ? properties.parameters : {};
  return {
    id: path.join(path.relative(root, directory), id),
    name: typeof properties.stackName === 'string' ? properties.stackName : id,
    path: constructPath(artifact, id),
    account: account === 'unknown-account' ? options.account : account,
    region: region === 'unknown-region' ? options.region : region,
    template,
    parameters: givenParameters(template, { ...inManifest, ...options.parameters }),
    constructPaths: () => constructPaths(directory, artifact),
    nestedTemplate: nestedIn(directory),
  };
}

/** Without path metadata in the templates, the assembly's own metadata still tells which construct made what. */
function constructPaths(directory: string, artifact: JsonObject): Map<string, string> {
  const paths = new Map<string, string>();
  const file =
    typeof artifact.additionalMetadataFile === 'string' ? path.join(directory, artifact.additionalMetadataFile) : '';
  const metadata = file && fs.existsSync(file) ? parseJson(readText(file), file) : artifact.metadata;
  for (const [constructPath, entries] of Object.entries(isObject(metadata) ? metadata : {})) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (isObject(entry) && entry.type === 'aws:cdk:logicalId' && typeof entry.data === 'string') {
        paths.set(entry.data, constructPath.replace(/^\//, ''));
      }
    }
  }
  return paths;
}

/** A stack's display name is its construct path, followed by its name in brackets where they differ. */
function constructPath(artifact: JsonObject, id: string): string {
  return typeof artifact.displayName === 'string' ? artifact.displayName.replace(/ \(.*\)$/, '') : id;
}

/** CDK names a nested template as a file beside its parent's, or by the hash in the address it is uploaded to; others by a path. */
function nestedIn(directory: string): (place: NestedTemplatePlace) => Template | undefined {
  let byHash: ReadonlyMap<string, string> | undefined;
  return ({ assetPath, url, parent }) => {
    const address = textsIn(url).pop() ?? ''; // what follows the last hole
    const hash = /([0-9a-f]{64})\.json$/.exec(address)?.[1];
    if (assetPath === undefined && hash !== undefined) {
      byHash ??= templateAssets(directory);
    }
    const name = assetPath ?? byHash?.get(hash ?? '');
    const file = name === undefined ? fileAt(address, parent) : path.join(directory, name);
    return file !== undefined && fs.existsSync(file) ? readTemplate(file) : undefined;
  };
}

/**
 * The file that an address stands for: a path, as it is before a template is packaged, or one whose path its address ends with, beside
 * the parent's template or beside its folder. The parent is never meant by an address that only ends like its name.
 */
function fileAt(address: string, parent: string): string | undefined {
  if (!/\.(json|ya?ml|template)$/.test(address)) {
    return undefined;
  }
  const directory = path.dirname(parent);
  const steps = address.split('/').filter((step) => step !== '' && step !== '.');
  const inside = steps.slice(steps.lastIndexOf('..') + 1);
  const ends = inside.map((_step, index) => inside.slice(index));
  const likely = [
    ...ends.map((end) => path.join(directory, ...end)),
    ...ends.filter(({ length }) => length > 1).map((end) => path.join(directory, '..', ...end)),
  ].filter((file) => path.resolve(file) !== path.resolve(parent));
  return [...(/^(\w+:|\/)/.test(address) ? [] : [path.join(directory, address)]), ...likely].find((file) =>
    fs.existsSync(file),
  );
}

/** Files by hash, from the asset manifests of an assembly. */
function templateAssets(directory: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of fs.readdirSync(directory).filter((entry) => entry.endsWith('.assets.json'))) {
    const manifest = parseJson(readText(path.join(directory, name)), name);
    for (const [hash, asset] of Object.entries(isObject(manifest) && isObject(manifest.files) ? manifest.files : {})) {
      const source = isObject(asset) && isObject(asset.source) ? asset.source.path : undefined;
      if (typeof source === 'string' && source.endsWith('.template.json')) {
        files.set(hash, source);
      }
    }
  }
  return files;
}

function givenParameters(template: Template, given: Readonly<Record<string, unknown>>): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) {
    const definition = template.parameters[name];
    if (isObject(definition)) {
      values[name] = typeof value === 'string' ? parameterFrom(value, String(definition.Type)) : known(String(value));
    }
  }
  return values;
}

function readTemplate(file: string, vouchedFor = false): Template {
  if (!fs.existsSync(file)) {
    throw new InputError(
      'PathNotFound',
      'the manifest names this template, but it does not exist; synthesize again',
      file,
    );
  }
  return templateFrom(parseTemplateText(readText(file), file), file, vouchedFor);
}

function readText(file: string): string {
  const { size } = fs.statSync(file);
  if (size > MAX_BYTES) {
    throw new InputError(
      'FileTooLarge',
      `has ${Math.round(size / 1e6)} MB; no template has more than ${MAX_BYTES / 1e6}`,
      file,
    );
  }
  return decoded(fs.readFileSync(file));
}
