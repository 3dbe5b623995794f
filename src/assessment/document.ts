import { FailureScope } from '../core/failure-scope';
import type {
  Assessment,
  EntryJudgement,
  Finding,
  Notice,
  RuleJudgement,
  RuleScope,
  SinglePoint,
  SystemJudgement,
} from './assessment';
import type { NotJudged } from './graph';
import { type Cell, cellsOf } from './matrix';
import type { Answer, Assertion } from './scenarios';
import type { Verdict } from './verdict';

/** What was read, for the record. */
export interface Judged {
  readonly stacks: number;
  readonly resources: number;
  /** Template files, relative to what was given. */
  readonly templates: readonly string[];
  /** Files beside templates that are none. */
  readonly leftOut: readonly string[];
  readonly scopes: readonly RuleScope[];
}

/** Counts to decide by. What somebody accepted counts as accepted only. */
export interface Summary {
  readonly notRecoverable: number;
  readonly misses: number;
  /** Verdicts per system and scope that are undecided. */
  readonly unknown: number;
  readonly ruleErrors: number;
  readonly ruleWarnings: number;
  readonly ruleUnknowns: number;
  readonly notices: number;
  readonly accepted: number;
  readonly singlePoints: number;
}

/** A system in a document: its matrix in place of levels. */
export interface SystemDocument extends Omit<SystemJudgement, 'levels'> {
  readonly verdicts: readonly Cell[];
}

/** An outage that happened, and how a system comes through it. */
export interface ReplayDocument {
  readonly id: string;
  readonly title: string;
  readonly happened: string;
  readonly source: string;
  readonly system: string;
  readonly answer: Answer;
  readonly assertions: readonly Assertion[];
}

/** An assessment as others read it. The shape is a contract; src/cli/README.md documents it. */
export interface AssessmentDocument {
  readonly schemaVersion: 1;
  readonly generator: string;
  /** How much this proves, of 4 levels. */
  readonly proof: { readonly level: 2; readonly of: 4; readonly statement: string };
  readonly judged: Judged;
  readonly summary: Summary;
  readonly systems: readonly SystemDocument[];
  readonly rules: {
    readonly checked: number;
    readonly failed: readonly RuleJudgement[];
    readonly unknown: readonly RuleJudgement[];
  };
  readonly replays: readonly ReplayDocument[];
  readonly notices: readonly Notice[];
  readonly notJudged: readonly NotJudged[];
}

export const PROOF =
  'Judged from templates alone: that proves level 2 of 4 at most. Nothing was deployed, and nothing was exercised.';

/** Writes an assessment down: paths relative, and everything in an order that the order of files and resources cannot change. */
export function documentOf(
  assessment: Assessment,
  judged: Judged,
  generator: string,
  relative: (file: string) => string,
): AssessmentDocument {
  const located = <T extends { readonly template: string }>(item: T): T => ({
    ...item,
    template: relative(item.template),
  });
  const findings = (list: readonly Finding[]) => list.map(located).sort(by(findingKey));
  const systems = assessment.systems.map(
    ({ levels, ...system }): SystemDocument => ({
      ...system,
      verdicts: cellsOf({ ...system, levels }),
      entryPoints: [...system.entryPoints].sort(by<EntryJudgement>(({ name }) => name)),
      findings: findings(system.findings),
      afterFailover: findings(system.afterFailover),
      unknowns: findings(system.unknowns),
      singlePoints: [...system.singlePoints].sort(by<SinglePoint>(({ resource }) => resource)),
    }),
  );
  const { checked, failed, unknown } = assessment.rules;
  return {
    schemaVersion: 1,
    generator,
    proof: { level: 2, of: 4, statement: PROOF },
    judged,
    summary: summaryOf(assessment),
    systems: systems.sort(by<SystemDocument>(({ declared, name }) => `${declared ? 0 : 1}|${name}`)),
    rules: { checked, failed: failed.map(located), unknown: unknown.map(located) },
    replays: assessment.replays
      .map(({ scenario: { id, title, happened, source }, system, answer, assertions }) => {
        return { id, title, happened, source, system, answer, assertions };
      })
      .sort(by<ReplayDocument>(({ system }) => system)), // outages stay in the order of the catalogue
    notices: [...assessment.notices].sort(by<Notice>(({ id, resource, observed }) => `${id}|${resource}|${observed}`)),
    notJudged: assessment.notJudged,
  };
}

function summaryOf({ systems, rules, notices }: Assessment): Summary {
  const findings = systems.flatMap((system) => system.findings);
  const open = findings.filter(({ accepted }) => accepted === undefined);
  const broken = rules.failed.filter(({ accepted }) => accepted === undefined);
  return {
    notRecoverable: open.filter(({ verdict }) => verdict === 'NOT_RECOVERABLE').length,
    misses: open.filter(({ verdict }) => verdict === 'MISSES').length,
    unknown: systems.flatMap(cellsOf).filter(({ verdict }) => verdict === 'UNKNOWN').length,
    ruleErrors: broken.filter(({ severity }) => severity === 'error').length,
    ruleWarnings: broken.filter(({ severity }) => severity === 'warning').length,
    ruleUnknowns: rules.unknown.length,
    notices: notices.length,
    accepted: findings.length - open.length + rules.failed.length - broken.length,
    singlePoints: systems.reduce((total, { singlePoints }) => total + singlePoints.length, 0),
  };
}

const GRAVEST_FIRST: readonly Verdict[] = ['NOT_RECOVERABLE', 'MISSES', 'UNKNOWN', 'MEETS'];

function findingKey({ verdict, scope, resource, fix }: Finding): string {
  const rank = Object.values(FailureScope).indexOf(scope);
  return `${GRAVEST_FIRST.indexOf(verdict)}|${rank}|${resource}|${fix}`;
}

function by<T>(key: (item: T) => string): (one: T, other: T) => number {
  return (one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0);
}
