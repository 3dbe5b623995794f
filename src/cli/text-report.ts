import { type AssessmentDocument, type Cell, inWords, PROOF, type SystemDocument } from '../assessment/judge';
import { counted, groupedBy, Layout } from './layout';
import { acceptedSection, misses, ruleSection } from './text-findings';

const MANY = 20;
const SYSTEM_COLUMN = 34;
const SCOPE_COLUMN = 24;

/** An assessment for somebody who is tired: what is worst first, what to do beside it, and what nobody knows last. */
export function textReport(document: AssessmentDocument, width?: number): string {
  const out = new Layout(width);
  headline(out, document);
  misses(out, document);
  matrix(out, document);
  singlePoints(out, document);
  ruleSection(out, document);
  replays(out, document);
  declarations(out, document);
  acceptedSection(out, document);
  afterFailover(out, document);
  unknowns(out, document);
  notJudged(out, document);
  out.heading('What this proves').line(PROOF);
  return out.text;
}

function headline(out: Layout, { generator, judged, summary, rules, systems }: AssessmentDocument): void {
  const { notRecoverable, misses: missed, unknown, ruleErrors, ruleWarnings, singlePoints: points } = summary;
  const [read, systemsRead] = [counted(judged.stacks, 'stack'), counted(systems.length, 'system')];
  out
    .line(`${generator}: ${read}, ${counted(judged.resources, 'resource')}, ${systemsRead}`)
    .line(
      [
        `${notRecoverable} not recoverable`,
        `${missed} missed`,
        `${unknown} undecided`,
        counted(points, 'single point'),
        ...(rules.checked > 0 ? [`${counted(ruleErrors, 'rule error')}, ${counted(ruleWarnings, 'warning')}`] : []),
        `${summary.accepted} accepted`,
      ].join(' · '),
    );
}

function matrix(out: Layout, { systems }: AssessmentDocument): void {
  const perTable = Math.max(1, Math.floor((out.width - SCOPE_COLUMN) / SYSTEM_COLUMN));
  if (systems.length === 0) {
    return;
  }
  out.heading('Verdicts: time until it works again, data lost (estimate / objective)');
  for (let start = 0; start < systems.length; start += perTable) {
    const some = systems.slice(start, start + perTable);
    const scopes = [...new Set(some.flatMap(({ verdicts }) => verdicts.map(({ scope }) => scope)))];
    out.table([
      ['', ...some.map(({ name }) => name)],
      ...scopes.map((scope) => [scope, ...some.map((system) => cellText(cellOf(system, scope)))]),
    ]);
    out.gap();
  }
  for (const { name, declared, objectives } of systems) {
    const source =
      objectives.source === 'JUDGE_DEFAULT'
        ? `nobody declared objectives: judged by the preset of the life-critical tier`
        : objectives.source === 'LIBRARY_DEFAULT'
          ? 'objectives are presets of its tier, not those of a business-impact analysis'
          : 'objectives come from a business-impact analysis';
    out.line(`${name}${declared ? '' : ' (no system declares it)'}: ${source}.`);
  }
}

function cellOf({ verdicts }: SystemDocument, scope: string): Cell | undefined {
  return verdicts.find((cell) => cell.scope === scope);
}

function cellText(cell: Cell | undefined): string {
  if (!cell) {
    return '–';
  }
  const { verdict, estimate, objective } = cell;
  if (verdict === 'NOT_RECOVERABLE' || !estimate) {
    return verdict.replace('_', ' ');
  }
  const { rto, rpo } = estimate;
  const about = ({ seconds, open }: typeof rto) => `${open.length > 0 ? '≥ ' : ''}${inWords(seconds)}`;
  const time = `${about(rto)} / ${inWords(objective.rtoSeconds)}`;
  return `${verdict} ${time}, ${about(rpo)} / ${inWords(objective.rpoSeconds)}`;
}

function singlePoints(out: Layout, { systems, summary }: AssessmentDocument): void {
  if (summary.singlePoints === 0) {
    return;
  }
  out.heading('Single points of failure: nothing else does what they do');
  const points = systems.flatMap((system) => system.singlePoints.map((point) => ({ system, point })));
  out.some(points, MANY, ({ system, point }) => {
    const stops = counted(point.entryPoints.length, 'entry point');
    out.line(`${point.resource} (${point.resourceType}) stops ${stops} of ${system.name}: ${point.reason}`);
  });
}

/** What holds is no promise: an outage may break what no assertion asks about. */
const ANSWERS = { broken: 'gap', unknown: 'unknown', holds: 'no gap seen' } as const;

/** Every outage, and under it what would not hold; what is unknown is in the document only. */
function replays(out: Layout, { replays: all, systems }: AssessmentDocument): void {
  for (const { name } of systems) {
    const own = all.filter(({ system }) => system === name);
    if (own.length === 0) {
      continue;
    }
    out.heading(`Outages that happened elsewhere: the gaps of ${name} that templates show`);
    for (const { id, title, answer, assertions } of own) {
      out.line(`${id.padEnd(4)}${ANSWERS[answer].padEnd(13)}${title}`);
      for (const { text, reasons } of assertions.filter((one) => one.answer === 'broken')) {
        out.line(`not so: ${text} (${reasons.slice(0, 2).join('; ')})`, 4);
      }
    }
  }
}

function declarations(out: Layout, { systems, notices }: AssessmentDocument): void {
  const budgets = systems.flatMap(({ name, budgets: list }) => list.map((budget) => ({ name, ...budget })));
  if (notices.length + budgets.length === 0) {
    return;
  }
  out.heading('What systems declare of themselves');
  for (const { id, system, observed, fix } of notices) {
    out.line(`WARNING ${id}, system ${system}: ${observed}`).line(`→ ${fix}`, 2);
  }
  if (budgets.length > 0) {
    const row = (what: string, declared: number, { seconds, open }: (typeof budgets)[number]['estimate']['rto']) =>
      `${what} ${inWords(declared)} declared, ${open.length > 0 ? '≥ ' : ''}${inWords(seconds)} estimated`;
    out.table(
      budgets.map(({ name, scope, declared, estimate }) => [
        name,
        scope,
        row('time', declared.rtoSeconds, estimate.rto),
        row('data', declared.rpoSeconds, estimate.rpo),
      ]),
    );
  }
  for (const { name, health } of systems) {
    if (health?.detectionSeconds !== undefined) {
      const start = health.startupSeconds === undefined ? '' : `, starts within ${inWords(health.startupSeconds)}`;
      out.line(`${name}: a failure is noticed after ${inWords(health.detectionSeconds)}${start}, as declared.`);
    }
  }
}

function afterFailover(out: Layout, { systems }: AssessmentDocument): void {
  const findings = systems.flatMap((system) => system.afterFailover);
  if (findings.length === 0) {
    return;
  }
  out.heading('After a failover, when the standby is all there is (counts for no verdict)');
  out.some(findings, MANY, ({ scope, verdict, resource, fix }) => {
    out.line(`${scope} ${verdict.replace('_', ' ')}: ${resource} → ${fix}`);
  });
}

function unknowns(out: Layout, { systems, rules }: AssessmentDocument): void {
  const undecided = systems.flatMap((system) => [
    ...system.unknowns.map(({ scope, resource, chain, estimate, fix }) => {
      const { rto, rpo } = estimate;
      const reasons = [...new Set([...rto.open, ...rpo.open])];
      const missing = fix.startsWith(GIVE_IT) ? fix.slice(GIVE_IT.length) : undefined;
      return { scope: scope as string, resource, reason: missing ?? (reasons.join('; ') || (chain.at(-1) ?? '')), fix };
    }),
    // what no resource stands for: a link that is in none of the templates
    ...system.verdicts
      .filter(({ verdict, scope }) => verdict === 'UNKNOWN' && !system.unknowns.some((one) => one.scope === scope))
      .map(({ scope, chain }) => ({
        scope,
        resource: system.name,
        reason: chain.join('; '),
        fix: 'give its templates',
      })),
  ]);
  const ofRules = rules.unknown.map(({ id, resource, observed, title }) => ({
    scope: id,
    resource,
    reason: observed,
    fix: `make sure of: ${title}`,
  }));
  const all = [...undecided, ...ofRules];
  if (all.length === 0) {
    return;
  }
  const questions = counted(all.length, 'question');
  out.heading(`Unknown: ${questions} that templates leave open. None counts as passed`);
  const groups = [...groupedBy(all, ({ reason, fix }) => `${reason}|${fix}`).values()];
  groups.sort((one, other) => other.length - one.length);
  out.some(groups, MANY, (group) => {
    const [{ reason, fix }] = group;
    const scopes = [...new Set(group.map(({ scope }) => scope))].join(', ');
    const resources = [...new Set(group.map(({ resource }) => resource))];
    const more = resources.length > 3 ? `, and ${resources.length - 3} more` : '';
    out
      .line(`${group.length} × ${reason}`)
      .line(`${scopes}: ${resources.slice(0, 3).join(', ')}${more}`, 4)
      .line(`→ ${decision(reason, fix)}`, 4);
  });
}

/** What would answer the question; first what is no change of the templates. */
function decision(reason: string, fix: string): string {
  const [, parameter] = /depends on parameter (\w+)/.exec(reason) ?? [];
  const given =
    parameter === undefined
      ? /^imports .* no stack here exports$/.test(reason) && 'give the template that exports it too'
      : `give --parameter ${parameter}=…`;
  if (fix.startsWith(GIVE_IT)) {
    return given || 'give the template that has it too';
  }
  const measured = /restore test/.test(reason) && 'declare measuredRestoreSeconds once a restore test has measured it';
  const first = given || measured;
  return first ? `${first}; or: ${fix}` : fix;
}

/** How a fix begins that only says the reason again. */
const GIVE_IT = 'give the value, or what is missing: ';

function notJudged(out: Layout, { notJudged: types, judged }: AssessmentDocument): void {
  if (types.length + judged.leftOut.length === 0) {
    return;
  }
  out.heading('Not judged, so not passed');
  if (types.length > 0) {
    out.line(types.map(({ type, count }) => `${type} (${count})`).join(', '));
  }
  if (judged.leftOut.length > 0) {
    out.line(`Files that are no templates: ${judged.leftOut.join(', ')}`);
  }
}
