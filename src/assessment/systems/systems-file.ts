import { FailureScope } from '../../core/failure-scope';
import { isObject, type Json, type JsonObject } from '../model';

/** A file of systems that cannot be used. The message is one line: what, where, what to do. */
export class SystemsFileError extends Error {
  public constructor(file: string, problems: readonly string[]) {
    const shown = problems.slice(0, MOST_SHOWN).join('; ');
    const more = problems.length > MOST_SHOWN ? `; and ${problems.length - MOST_SHOWN} more` : '';
    super(`${file}: ${shown}${more} [InvalidObjectives]`);
    this.name = 'SystemsFileError';
  }
}

const MOST_SHOWN = 5;
const SCHEMA_VERSION = 1;

/**
 * Checks systems that a person wrote down. Constructs write them into templates without mistakes; a person's typing mistake
 * would otherwise be judged by a default that nobody asked for.
 *
 * @throws SystemsFileError naming each mistake by where it stands
 */
export function systemsFromFile(json: JsonObject, file: string): JsonObject {
  const problems = [...inFile(json)];
  if (problems.length > 0) {
    throw new SystemsFileError(file, problems);
  }
  return json;
}

/** What is wrong with a value, if anything. */
type Check = (json: Json, where: string) => Iterable<string>;

function* inFile(json: JsonObject): Iterable<string> {
  yield* unknownFields(json, ['$schema', 'schemaVersion', 'systems'], 'the file');
  const version = json.schemaVersion;
  if (version !== undefined && version !== SCHEMA_VERSION) {
    yield `schemaVersion is ${JSON.stringify(version)}, and this version reads ${SCHEMA_VERSION}`;
  }
  if (!isObject(json.systems) || Object.keys(json.systems).length === 0) {
    yield 'has no "systems": give an object with construct paths as keys, or "*" for everything';
    return;
  }
  for (const [path, system] of Object.entries(json.systems)) {
    yield* SYSTEM(system, `systems[${JSON.stringify(path)}]`);
  }
}

const OBJECTIVE_FIELDS = { rtoSeconds: number, rpoSeconds: number, rtoReadOnlySeconds: number };

/** The fields of the template metadata. */
const SYSTEM = objectOf({
  systemName: text,
  bornAs: oneOf('PRIMARY', 'RECOVERY'),
  pairedRegion: text,
  tier: oneOf('FOUNDATION', 'LIFE_CRITICAL', 'CARE_ESSENTIAL', 'OPERATIONAL', 'NON_PRODUCTION'),
  objectives: objectOf({
    source: oneOf('BUSINESS_IMPACT_ANALYSIS', 'LIBRARY_DEFAULT'),
    biaReference: text,
    maxTolerableDowntimeSeconds: number,
    workRecoverySeconds: number,
    scopes: inScopes,
  }),
  health: objectOf({
    protocol: text,
    path: text,
    port: number,
    detectionSeconds: number,
    startupSeconds: number,
    deepPath: text,
  }),
  entryPoints: listOf(objectOf({ address: text, protocol: text, port: number, path: text }, 'path')),
  capacity: objectOf({ peak: number, running: number, unit: text }, 'peak', 'unit'),
  recoveryBudgets: listOf(
    objectOf(
      {
        ...OBJECTIVE_FIELDS,
        scope: oneOf(...Object.values(FailureScope)),
        untilReadable: anything,
        untilWritable: anything,
      },
      'scope',
      'rtoSeconds',
      'rpoSeconds',
    ),
  ),
  acceptedRisks: listOf(
    objectOf({ risk: text, reason: text, acceptedBy: text, expires: day }, 'risk', 'reason', 'acceptedBy', 'expires'),
  ),
  measuredRestoreSeconds: byPath(number),
  measuredRebuildSeconds: number,
  measuredCopySeconds: number,
  declaredCopies: byPath(
    objectOf(
      { means: text, source: text, watchedBy: text, recoveryPointSeconds: number, promotionSeconds: number },
      'means',
      'source',
      'recoveryPointSeconds',
      'promotionSeconds',
    ),
  ),
});

const OBJECTIVE = objectOf(OBJECTIVE_FIELDS, 'rtoSeconds', 'rpoSeconds');

function* inScopes(json: Json, where: string): Iterable<string> {
  yield* anyObject(json, where);
  for (const [scope, objective] of Object.entries(isObject(json) ? json : {})) {
    if (Object.values<string>(FailureScope).includes(scope)) {
      yield* inObjective(objective, `${where}.${scope}`);
    } else {
      yield `${where} has ${scope}, which is no failure scope; use ${Object.values(FailureScope).join(', ')}`;
    }
  }
}

function* inObjective(json: Json, where: string): Iterable<string> {
  yield* OBJECTIVE(json, where);
  const { rtoReadOnlySeconds: read, rtoSeconds: write } = isObject(json) ? json : {};
  if (typeof read === 'number' && typeof write === 'number' && read > write) {
    yield `${where} lets users read (${read} s) later than write (${write} s)`;
  }
}

function objectOf(fields: Readonly<Record<string, Check>>, ...required: readonly string[]): Check {
  return function* (json, where) {
    if (!isObject(json)) {
      yield `${where} must be an object, and is ${shown(json)}`;
      return;
    }
    yield* unknownFields(json, Object.keys(fields), where);
    for (const name of required.filter((field) => json[field] === undefined)) {
      yield `${where} lacks ${name}`;
    }
    for (const [name, value] of Object.entries(json)) {
      if (Object.hasOwn(fields, name)) {
        yield* fields[name](value, `${where}.${name}`);
      }
    }
  };
}

function listOf(check: Check): Check {
  return function* (json, where) {
    if (!Array.isArray(json)) {
      yield `${where} must be a list, and is ${shown(json)}`;
      return;
    }
    for (const [index, item] of json.entries()) {
      yield* check(item, `${where}[${index}]`);
    }
  };
}

function* unknownFields(json: JsonObject, known: readonly string[], where: string): Iterable<string> {
  for (const field of Object.keys(json).filter((name) => !known.includes(name))) {
    yield `${where} has ${JSON.stringify(field)}, which nothing reads; known are ${known.join(', ')}`;
  }
}

function* text(json: Json, where: string): Iterable<string> {
  if (typeof json !== 'string' || json === '') {
    yield `${where} must be text, and is ${shown(json)}`;
  }
}

function* number(json: Json, where: string): Iterable<string> {
  if (typeof json !== 'number' || json < 0) {
    yield `${where} must be a number that is not negative, and is ${shown(json)}`;
  }
}

function* day(json: Json, where: string): Iterable<string> {
  if (typeof json !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(json) || Number.isNaN(Date.parse(json))) {
    yield `${where} must be a day as YYYY-MM-DD, and is ${shown(json)}`;
  }
}

function oneOf(...values: readonly string[]): Check {
  return function* (json, where) {
    if (typeof json !== 'string' || !values.includes(json)) {
      yield `${where} must be one of ${values.join(', ')}, and is ${shown(json)}`;
    }
  };
}

function* anything(): Iterable<string> {}

function* anyObject(json: Json, where: string): Iterable<string> {
  if (!isObject(json)) {
    yield `${where} must be an object, and is ${shown(json)}`;
  }
}

function byPath(check: Check): Check {
  return function* (json, where) {
    yield* anyObject(json, where);
    for (const [path, value] of Object.entries(isObject(json) ? json : {})) {
      yield* check(value, `${where}[${JSON.stringify(path)}]`);
    }
  };
}

function shown(json: Json): string {
  const written = JSON.stringify(json);
  return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}
