import { news } from './judgement';
import type { Laboratory } from './laboratory';
import type { Mutant } from './mutant';
import { type Reason, reasonFor } from './survivors';

/** What became of a mutant. */
export interface Outcome {
  readonly design: string;
  readonly mutant: Mutant;
  /** Alone; only with a second protection gone too; not at all. */
  readonly noticed: 'alone' | 'unmasked' | 'no';
  /** The second protection, for what is only noticed without it. */
  readonly maskedBy?: Mutant;
  /** Why it is not noticed. Left out: nobody knows, which is a defect. */
  readonly reason?: Reason;
}

export interface Score {
  readonly mutants: number;
  readonly alone: number;
  readonly unmasked: number;
  readonly equivalent: number;
  readonly gaps: number;
  readonly unexplained: number;
  /** Noticed, alone or unmasked, of those that are not equivalent. */
  readonly score: number;
}

/** Judges mutants one at a time, and asks of each survivor whether a second protection hides it. */
export function outcomesOf(design: string, laboratory: Laboratory, mutants: readonly Mutant[]): Outcome[] {
  const noticed = mutants.map((mutant) => news(laboratory.judge(mutant), laboratory.healthy).length > 0);
  return mutants.map((mutant, index): Outcome => {
    if (noticed[index]) {
      return { design, mutant, noticed: 'alone' };
    }
    const maskedBy = maskOf(mutant, laboratory);
    return maskedBy
      ? { design, mutant, noticed: 'unmasked', maskedBy }
      : { design, mutant, noticed: 'no', reason: reasonFor(mutant, design, laboratory.template(mutant.file)) };
  });
}

/** A second protection of the same resource, without which the first one shows. */
function maskOf(mutant: Mutant, laboratory: Laboratory): Mutant | undefined {
  return laboratory.mutants
    .filter((other) => other !== mutant && other.file === mutant.file && other.logicalId === mutant.logicalId)
    .filter(({ property }) => !property.startsWith(mutant.property) && !mutant.property.startsWith(property || '-'))
    .find((other) =>
      news(laboratory.judge(mutant, other), laboratory.judge(other)).some((text) => !laboratory.healthy.has(text)),
    );
}

export function scoreOf(outcomes: readonly Outcome[]): Score {
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length;
  const alone = count(({ noticed }) => noticed === 'alone');
  const unmasked = count(({ noticed }) => noticed === 'unmasked');
  const equivalent = count(({ reason }) => reason?.kind === 'equivalent');
  const gaps = count(({ reason }) => reason?.kind === 'gap');
  return {
    mutants: outcomes.length,
    alone,
    unmasked,
    equivalent,
    gaps,
    unexplained: count(({ noticed, reason }) => noticed === 'no' && reason === undefined),
    score: (alone + unmasked) / Math.max(1, outcomes.length - equivalent),
  };
}
