import * as fs from 'node:fs';
import * as path from 'node:path';

/** What `npm run test:latest` leaves out is what the version of aws-cdk-lib cannot change: nothing that these tests load, loads it. */
const root = path.join(__dirname, '..', '..');
const script = fs.readFileSync(path.join(root, 'scripts', 'test-latest.sh'), 'utf-8');
const leftOut = [...script.matchAll(/'(\/test\/[^']+)'/g)].map(([, pattern]) => new RegExp(pattern));
const tests = (fs.readdirSync(path.join(root, 'test'), { recursive: true }) as string[])
  .map((file) => `/test/${file.split(path.sep).join('/')}`)
  .filter((file) => file.endsWith('.test.ts') && leftOut.some((pattern) => pattern.test(file)));

const loaded = new Map<string, string[]>();

/** What a file loads when it runs: imports of types are gone by then. */
function loadedBy(file: string): string[] {
  const text = fs.readFileSync(file, 'utf-8');
  const imports = [...text.matchAll(/^(?:import|export) (?!type )([^;']*?)from '([^']+)';/gm)]
    .filter(([, names]) => /[\w*]/.test(names.replace(/\btype \w+( as \w+)?/g, '')))
    .map(([, , from]) => from);
  const required = [...text.matchAll(/\brequire(?:Actual)?\('([^']+)'\)/g)].map(([, from]) => from);
  return [...imports, ...required].map((from) =>
    from.startsWith('.') ? fileOf(path.resolve(file, '..', from)) : from,
  );
}

function fileOf(name: string): string {
  return [`${name}.ts`, path.join(name, 'index.ts')].find((file) => fs.existsSync(file)) ?? name;
}

/** Modules and files that a test loads, and what these load. */
function closure(test: string): string[] {
  const seen = new Set([path.join(root, test)]);
  for (const name of seen) {
    const more = loaded.get(name) ?? (name.endsWith('.ts') ? loadedBy(name) : []);
    loaded.set(name, more);
    for (const each of more) seen.add(each);
  }
  return [...seen];
}

test('every pattern leaves something out', () => {
  expect(leftOut.length).toBeGreaterThan(0);
  expect(leftOut.filter((pattern) => !tests.some((file) => pattern.test(file)))).toEqual([]);
});

test('nothing of it loads aws-cdk-lib, or synthesizes in a process of its own', () => {
  const ofCdk = (name: string) => /^(aws-cdk-lib|constructs|cdk-nag|@aws-cdk|@cdklabs)(\/|$)/.test(name);
  const synthesizes = (name: string) => name.startsWith(path.join(root, 'test', 'support', 'compiled'));
  expect(tests.filter((test) => closure(test).some((name) => ofCdk(name) || synthesizes(name)))).toEqual([]);
});

test('and what does would be noticed', () => {
  expect(closure('/test/contract/recovery-matrix.test.ts')).toContain('aws-cdk-lib');
  expect(closure('/test/contract/examples.test.ts').some((name) => name.endsWith('compiled.ts'))).toBe(true);
});
