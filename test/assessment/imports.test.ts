import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..', '..', 'src', 'assessment');
const files = (fs.readdirSync(root, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));

/** What a file loads when it runs; imports of types are gone by then. */
function loaded(file: string): string[] {
  const text = fs.readFileSync(path.join(root, file), 'utf-8');
  return [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm)].map(([, from]) => from);
}

/** Files of core that are loaded with the judge, from its folder. */
function ofCore(): string[] {
  const found = files.flatMap((file) =>
    loaded(file).flatMap((from) => (/\/core(\/|$)/.test(from) ? path.join(path.dirname(file), from) : [])),
  );
  return [...new Set(found)].sort();
}

test('nothing loads aws-cdk-lib, not even the plugin: the command line starts without it', () => {
  const heavy = files.filter((file) => loaded(file).some((from) => /^(aws-cdk-lib|constructs)/.test(from)));
  expect(heavy).toEqual([]);
});

test('of core, only files that load nothing are loaded', () => {
  expect(ofCore()).toEqual(['../core/failure-scope', '../core/private/cidr']);
  for (const file of ofCore()) {
    expect(loaded(`${file}.ts`)).toEqual([]);
  }
});

test('the model imports nothing of ours but what a range of addresses is', () => {
  const outside = files
    .filter((file) => file.startsWith(`model${path.sep}`))
    .flatMap((file) => loaded(file).filter((from) => !/^(node:|\.\/|yaml$)/.test(from)));
  expect(outside).toEqual(['../../core/private/cidr']);
});
