import * as fs from 'node:fs';
import * as path from 'node:path';
import { testsIn, vocabularyOf } from '../support/options';

const root = path.join(__dirname, '..', '..');
const MODULES = ['app', 'data', 'dr', 'network'];
const { choices: made, options } = vocabularyOf(MODULES.map((module) => path.join(root, 'src', module)));

/** What CDK asks of a facade, for applications that are not ours. Users have `app.grants`. */
const NO_CHOICE = 'MultiAzClinicalAppGrants.fromApp';
const choices = made.filter(({ type, name }) => `${type}.${name}` !== NO_CHOICE);
const tests = [...MODULES, 'contract'].flatMap((module) => testsIn(path.join(root, 'test', module)));

/** The code of the READMEs: test/contract/readmes.test.ts compiles it. */
const snippets = ['README.md', ...fs.readdirSync(path.join(root, 'src')).map((module) => `src/${module}/README.md`)]
  .filter((file) => fs.existsSync(path.join(root, file)))
  .flatMap((file) => [...fs.readFileSync(path.join(root, file), 'utf-8').matchAll(/^```ts.*\n([\s\S]*?)^```/gm)])
  .map(([, code]) => code)
  .join('\n');

test('the modules offer what this test is about', () => {
  expect(choices).toContainEqual({ type: 'Compute', name: 'fargate' });
  expect(choices).not.toContainEqual({ type: 'RecoveryVault', name: 'nameFor' }); // tells a name
  const slowStart = options.find(({ type, name }) => type === 'HttpsIngressProps' && name === 'slowStart');
  expect(slowStart?.doors.sort()).toEqual(['Ingress.https(', 'new HttpsIngress(']);
});

test('every choice is shown in a README, in code that compiles', () => {
  const shown = choices.filter(({ type, name }) => snippets.includes(`${type}.${name}(`));
  expect(missing(choices, shown)).toEqual([]);
});

test('every choice is made in a test', () => {
  const tested = choices.filter(({ type, name }) => tests.some(({ text }) => text.includes(`${type}.${name}(`)));
  expect(missing(choices, tested)).toEqual([]);
});

/** Made by `CrossRegionDr`, from options of its own and of the system. */
const MADE_FOR_USERS = ['RecoveryLandingProps'];

test('every option is set in a test that makes something which takes it', () => {
  const tested = options.filter(({ name, doors }) =>
    tests.some(({ sets, text }) => sets.has(name) && doors.some((door) => text.includes(door))),
  );
  const own = options.filter(({ type }) => !MADE_FOR_USERS.includes(type));
  expect(missing(own, tested)).toEqual([]);
});

function missing(all: { type: string; name: string }[], found: { type: string; name: string }[]): string[] {
  const known = new Set(found);
  return all.filter((one) => !known.has(one)).map(({ type, name }) => `${type}.${name}`);
}
