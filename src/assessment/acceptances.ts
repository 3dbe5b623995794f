import { FailureScope } from '../core/failure-scope';
import { type AcceptedRisk, isWithin } from './systems';

/** What somebody may have accepted: something of a kind, on a resource. */
export interface Acceptable {
  /** The failure scope, or the id of the rule. */
  readonly kinds: readonly string[];
  /** Construct path. */
  readonly resource: string;
}

/** An accepted risk, and what became of it. */
export interface RiskJudgement extends AcceptedRisk {
  /** Past its last day, or without one: it accepts nothing any more. */
  readonly expired: boolean;
  /** How many findings it covers. */
  readonly covers: number;
}

/** A rule's id, or the id that acknowledges a failure scope in CDK. */
const RULE_IDS = /\b(?:survive-[a-z-]+|[A-Z]{3}-[A-Z0-9]+-\d{3})\b/g;
const SCOPES = new RegExp(`(?<![A-Z_])(?:${Object.values(FailureScope).join('|')})(?![A-Z_])`, 'g');

/**
 * The risks of a system that somebody decided to live with. A risk covers what its text names: a failure scope, the id of a
 * rule, a construct path, or both a kind and a path. Text that names none of them covers nothing: nobody can check it.
 */
export class Acceptances {
  private readonly risks: { readonly risk: AcceptedRisk; readonly names: Names; readonly expired: boolean }[];
  private readonly covered = new Map<AcceptedRisk, number>();

  /** @param today YYYY-MM-DD */
  public constructor(risks: readonly AcceptedRisk[], today: string) {
    this.risks = risks.map((risk) => ({ risk, names: namesIn(risk.risk), expired: isOver(risk.expires, today) }));
  }

  /** The risk that covers it, and still holds. */
  public cover({ kinds, resource }: Acceptable): AcceptedRisk | undefined {
    const found = this.risks.find(
      ({ names, expired }) =>
        !expired &&
        (names.kinds.length > 0 || names.paths.length > 0) &&
        (names.kinds.length === 0 || names.kinds.some((kind) => kinds.includes(kind))) &&
        (names.paths.length === 0 || names.paths.some((path) => isWithin(resource, path))),
    );
    if (found) {
      this.covered.set(found.risk, (this.covered.get(found.risk) ?? 0) + 1);
    }
    return found?.risk;
  }

  /** Each risk with what it covered so far. */
  public get judged(): RiskJudgement[] {
    return this.risks.map(({ risk, expired }) => ({ ...risk, expired, covers: this.covered.get(risk) ?? 0 }));
  }
}

interface Names {
  readonly kinds: readonly string[];
  readonly paths: readonly string[];
}

function namesIn(text: string): Names {
  const words = text.split(/[\s,;()"'`]+/).map((word) => word.replace(/[.:]+$/, ''));
  return {
    kinds: [...(text.match(SCOPES) ?? []), ...(text.match(RULE_IDS) ?? [])],
    // a stack's name alone is too easily an ordinary word: a path has a slash
    paths: words.filter((word) => word.includes('/')),
  };
}

/** A day that nobody can read never holds. */
function isOver(expires: string, today: string): boolean {
  return !/^\d{4}-\d{2}-\d{2}$/.test(expires) || Number.isNaN(Date.parse(expires)) || expires < today;
}
