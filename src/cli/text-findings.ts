import { type AssessmentDocument, inWords } from '../assessment/judge';
import { counted, groupedBy, type Layout } from './layout';

type Finding = AssessmentDocument['systems'][number]['findings'][number];

const MANY_FINDINGS = 25;
const MANY_RULES = 30;
const FEW_RESOURCES = 5;

/** What is not recoverable, and what misses an objective: the reasons, and what to do. */
export function misses(out: Layout, { systems }: AssessmentDocument): void {
  const findings = systems.flatMap((system) => system.findings.map((finding) => ({ system: system.name, finding })));
  const open = findings.filter(({ finding }) => finding.accepted === undefined);
  const titles = { NOT_RECOVERABLE: 'Not recoverable', MISSES: 'Objectives missed' } as const;
  for (const verdict of ['NOT_RECOVERABLE', 'MISSES'] as const) {
    const some = open.filter(({ finding }) => finding.verdict === verdict);
    if (some.length > 0) {
      out.heading(`${titles[verdict]} (${some.length})`);
      out.some(some, MANY_FINDINGS, ({ system, finding }) => oneFinding(out, system, finding));
    }
  }
  if (open.length === 0) {
    out.gap().line('Nothing is known to miss its objectives.');
  }
}

function oneFinding(out: Layout, system: string, finding: Finding): void {
  const { scope, resource, resourceType, chain, verdict, estimate, objective, fix } = finding;
  const { rto, rpo } = estimate;
  const wanted = `wanted within ${inWords(objective.rtoSeconds)}, losing at most ${inWords(objective.rpoSeconds)}`;
  out.line(`${scope} · ${resource} (${resourceType}) · ${system}`);
  out.line(chain.join(' → '), 4);
  if (verdict === 'MISSES') {
    out.line(`at least ${inWords(rto.seconds)} to recover, ${inWords(rpo.seconds)} of data lost; ${wanted}`, 4);
  }
  out.line(`→ ${fix}`, 4);
}

/** Broken rules, errors first, each rule once with the resources that break it. */
export function ruleSection(out: Layout, { rules }: AssessmentDocument): void {
  const open = rules.failed.filter(({ accepted }) => accepted === undefined);
  if (open.length === 0) {
    return;
  }
  out.heading(`Rules broken (${open.length} of ${counted(rules.checked, 'rule')} checked)`);
  const groups = [...groupedBy(open, ({ id }) => id).values()];
  out.some(groups, MANY_RULES, (group) => {
    const [{ id, title, severity, why, fix, docs }] = group;
    out.line(`${severity.toUpperCase()} ${id}: ${title} (${counted(group.length, 'resource')})`);
    out.some(group, FEW_RESOURCES, ({ resource, observed }) => out.line(`${resource}: ${observed}`, 4), 4);
    out.line(`why: ${why}`, 4).line(`→ ${fix} (${docs})`, 4);
  });
}

/** What somebody decided to live with is listed all the same. */
export function acceptedSection(out: Layout, { systems, rules }: AssessmentDocument): void {
  const findings = [
    ...systems.flatMap((system) => system.findings.map((one) => ({ what: `${one.scope} ${one.verdict}`, ...one }))),
    ...rules.failed.map((one) => ({ what: one.id, ...one })),
  ].flatMap(({ what, resource, accepted }) => (accepted ? [{ what, resource, accepted }] : []));
  const idle = systems.flatMap(({ acceptedRisks }) =>
    acceptedRisks.filter(({ expired, covers }) => !expired && covers === 0),
  );
  if (findings.length + idle.length === 0) {
    return;
  }
  out.heading(`Accepted (${findings.length})`);
  for (const { what, resource, accepted } of findings) {
    const { acceptedBy, expires, reason } = accepted;
    out.line(`${what.replace('_', ' ')} · ${resource}: by ${acceptedBy} until ${expires}: ${reason}`);
  }
  for (const { risk, acceptedBy } of idle) {
    const names = 'name a failure scope, the id of a rule, or a construct path';
    out.line(`"${risk}", accepted by ${acceptedBy}, covers no finding: mended, or it does not say which; ${names}`);
  }
}
