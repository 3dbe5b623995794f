import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..', 'src', 'assessment');
const files = (fs.readdirSync(root, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));

/** What a file loads when it runs; imports of types are gone by then. */
function loaded(file: string): string[] {
  const text = fs.readFileSync(path.join(root, file), 'utf-8');
  return [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm)].map(([, from]) => from);
}

test('nothing loads aws-cdk-lib, not even the plugin: the command line starts without it', () => {
  const heavy = files.filter((file) => loaded(file).some((from) => /^(aws-cdk-lib|constructs)/.test(from)));
  expect(heavy).toEqual([]);
});

test('of core, only files that load nothing are loaded', () => {
  const used = new Set(files.flatMap((file) => loaded(file).filter((from) => /\/core(\/|$)/.test(from))));
  expect([...used].map((from) => from.replace(/^[./]*/, ''))).toEqual(expect.arrayContaining(['core/failure-scope']));
  for (const from of used) {
    expect(from).toMatch(/core\/failure-scope$/);
  }
});

test('the model imports nothing of ours', () => {
  const outside = files
    .filter((file) => file.startsWith(`model${path.sep}`))
    .flatMap((file) => loaded(file).filter((from) => !/^(node:|\.\/|yaml$)/.test(from)));
  expect(outside).toEqual([]);
});
