/** One level of each factor. */
export type Combination<F extends string> = Readonly<Record<F, string>>;

/**
 * Combinations in which every pair of levels of two factors occurs at least once: most faults of combination need two levels to
 * show (Kuhn, Wallace, Gallo: Software Fault Interactions and Implications for Software Testing, IEEE TSE 30(6), 2004). Greedy,
 * and the same every time. Pairs that `allowed` refuses in every combination are left out.
 */
export function pairwise<F extends string>(
  factors: Readonly<Record<F, readonly string[]>>,
  allowed: (combination: Combination<F>) => boolean = () => true,
): Combination<F>[] {
  const names = Object.keys(factors) as F[];
  const numbers = numbered(factors);
  const candidates = product(factors)
    .filter(allowed)
    .map((combination) => {
      const pairs = pairsOf(names.map((name, factor) => numbers[factor][combination[name]]));
      return { combination, pairs, atMost: pairs.length };
    });
  const missing = new Set(candidates.flatMap(({ pairs }) => pairs));
  const chosen: Combination<F>[] = [];
  // what is still missing of a candidate only shrinks, so it is counted again only when its last count would win
  for (let most = pairsOf(names.map((_, factor) => factor)).length; most > 0; most--) {
    for (const candidate of candidates.filter(({ atMost }) => atMost === most)) {
      candidate.atMost = candidate.pairs.filter((pair) => missing.has(pair)).length;
      if (candidate.atMost === most) {
        chosen.push(candidate.combination);
        for (const pair of candidate.pairs) {
          missing.delete(pair);
        }
      }
    }
  }
  return chosen;
}

/** A number for each level of each factor. */
function numbered<F extends string>(factors: Readonly<Record<F, readonly string[]>>): Record<string, number>[] {
  let next = 0;
  return Object.values<readonly string[]>(factors).map((levels) =>
    Object.fromEntries(levels.map((level) => [level, next++])),
  );
}

/** Every pair of levels in a combination, as one number. */
function pairsOf(levels: number[]): number[] {
  return levels.flatMap((one, index) => levels.slice(index + 1).map((other) => one * 1000 + other));
}

function product<F extends string>(factors: Readonly<Record<F, readonly string[]>>): Combination<F>[] {
  const entries = Object.entries(factors) as [F, readonly string[]][];
  return entries.reduce<Combination<F>[]>(
    (partial, [factor, levels]) =>
      partial.flatMap((combination) => levels.map((level) => ({ ...combination, [factor]: level }))),
    [{} as Combination<F>],
  );
}
