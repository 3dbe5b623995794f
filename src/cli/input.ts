import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  type Assembly,
  decoded,
  InputError,
  parseTemplateText,
  readAssembly,
  SystemsFileError,
  systemsFromFile,
} from '../assessment/judge';
import type { AssessArguments } from './options';
import { UsageError } from './usage-error';

type Systems = ReturnType<typeof parseTemplateText>;

/** Template files by how they are named. */
const TEMPLATE_FILE = /\.(json|ya?ml|template)$/i;
/** Larger files are left to the reader, which refuses them. */
const SCANNED_BYTES = 50_000_000;
/** No file of objectives is larger. */
const SYSTEMS_BYTES = 5_000_000;

/** What to read, and what beside it is no template. */
export interface Input {
  readonly paths: readonly string[];
  readonly leftOut: readonly string[];
  readonly bytes: number;
}

/** @throws InputError */
export function findInput(given: readonly string[]): Input {
  const found = (given.length > 0 ? given : ['cdk.out']).map(inputAt);
  return {
    paths: found.flatMap(({ paths }) => paths),
    leftOut: found.flatMap(({ leftOut }) => leftOut),
    bytes: found.reduce((total, { bytes }) => total + bytes, 0),
  };
}

function inputAt(given: string): Input {
  if (!fs.existsSync(given)) {
    throw new InputError('PathNotFound', 'no such file or directory; give what cdk synth wrote, or templates', given);
  }
  if (!fs.statSync(given).isDirectory()) {
    return { paths: [given], leftOut: [], bytes: readableBytes([given]) };
  }
  const files = fs
    .readdirSync(given)
    .sort()
    .filter((name) => TEMPLATE_FILE.test(name))
    .map((name) => path.join(given, name))
    .filter((file) => fs.statSync(file).isFile());
  const bytes = readableBytes(files);
  if (fs.existsSync(path.join(given, 'manifest.json'))) {
    return { paths: [given], leftOut: [], bytes };
  }
  const templates = files.filter(looksLikeTemplate);
  if (templates.length === 0) {
    throw new InputError(
      'NotAnAssembly',
      'has neither a manifest.json nor a template; give what cdk synth wrote',
      given,
    );
  }
  return { paths: templates, leftOut: files.filter((file) => !templates.includes(file)), bytes };
}

/** Without what is too large to be read at all. */
function readableBytes(files: readonly string[]): number {
  const sizes = files.map((file) => fs.statSync(file).size).filter((size) => size <= SCANNED_BYTES);
  return sizes.reduce((total, size) => total + size, 0);
}

function looksLikeTemplate(file: string): boolean {
  return fs.statSync(file).size > SCANNED_BYTES || /\bResources\b/.test(decoded(fs.readFileSync(file)));
}

/** @throws InputError, UsageError */
export function readInput({ paths }: Input, { parameters, region }: AssessArguments): Assembly {
  const assembly = readAssembly(paths, { parameters, region });
  for (const name of Object.keys(parameters)) {
    if (!assembly.stacks.some((stack) => stack.hasParameter(name))) {
      throw new UsageError(`--parameter ${name}: no template has a parameter of that name`);
    }
  }
  return assembly;
}

/** @throws InputError, SystemsFileError */
export function readSystems(file: string | undefined): Systems | undefined {
  if (file === undefined) {
    return undefined;
  }
  if (!fs.existsSync(file)) {
    throw new InputError('PathNotFound', 'no such file of objectives', file);
  }
  if (!fs.statSync(file).isFile()) {
    throw new SystemsFileError(file, ['is not a file']);
  }
  if (fs.statSync(file).size > SYSTEMS_BYTES) {
    throw new SystemsFileError(file, [`has more than ${SYSTEMS_BYTES / 1e6} MB, which no file of objectives has`]);
  }
  return systemsFromFile(objectIn(file), file);
}

function objectIn(file: string): Systems {
  try {
    return parseTemplateText(decoded(fs.readFileSync(file)), file);
  } catch (error) {
    if (error instanceof InputError && error.problem === 'NotATemplate') {
      throw new SystemsFileError(file, ['its top level is not an object']);
    }
    throw error;
  }
}

/** Files by the directory that holds all that was given: absolute paths say nothing to a reader elsewhere. */
export function relativeTo(given: readonly string[]): (file: string) => string {
  const directories = given.map((one) => path.resolve(fs.statSync(one).isDirectory() ? one : path.dirname(one)));
  const [first, ...others] = directories.map((directory) => directory.split(path.sep));
  const shared = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  const root = (shared < 0 ? first : first.slice(0, shared)).join(path.sep) || path.sep;
  return (file) => path.relative(root, path.resolve(file)).split(path.sep).join('/');
}
