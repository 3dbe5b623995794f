import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { synthesize } from '../../benchmarks/mutation/example-assembly';
import { assess } from '../../src/assessment/judge';
import { type JsonObject, readAssembly } from '../../src/assessment/model';
import { FailureScope } from '../../src/core/failure-scope';

/**
 * What the department that is recovered from copies of its backups claims, against what the judge makes of the same templates. Figures
 * that somebody measured are declared; without them the judge must not follow the claim.
 */
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'department-'));
const template = path.join(directory, 'Nuclear.template.json');
let written: string;

beforeAll(() => {
  synthesize('department-backup-only.ts', directory);
  written = fs.readFileSync(template, 'utf-8');
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

/** What the judge says of the loss of the Region, with some fields of the primary's template left out. */
function withoutRegion(...leftOut: string[]) {
  const changed = JSON.parse(written, (key, value) => (leftOut.includes(key) ? undefined : value)) as JsonObject;
  fs.writeFileSync(template, JSON.stringify(changed));
  const [nuclear] = assess(readAssembly([directory])).systems;
  const [budget] = nuclear.budgets.filter(({ scope }) => scope === FailureScope.REGION);
  const [serving] = nuclear.entryPoints.filter(({ standby }) => !standby);
  return { verdict: serving.scopes.find(({ scope }) => scope === FailureScope.REGION)?.verdict, budget };
}

test('the judge agrees that the loss of the Region meets its objectives, and estimates no more than is declared', () => {
  const { verdict, budget } = withoutRegion();
  expect(verdict).toBe('MEETS');
  expect(budget.optimistic).toEqual([]);
  expect(budget.estimate.rto).toMatchObject({ open: [] });
  expect(budget.estimate.rto.seconds).toBeLessThanOrEqual(budget.declared.rtoSeconds);
  expect(budget.estimate.rpo.seconds).toBe(budget.declared.rpoSeconds);
});

test.each(['measuredRestoreSeconds', 'measuredRebuildSeconds', 'measuredCopySeconds'])(
  'without %s it does not know',
  (key) => {
    const { verdict } = withoutRegion(key);
    expect(verdict).toBe('UNKNOWN');
  },
);

test('a copy that nobody makes is no recovery', () => {
  expect(withoutRegion('CopyActions').verdict).toBe('NOT_RECOVERABLE');
});
