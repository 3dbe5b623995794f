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
  let candidates = product(factors)
    .filter(allowed)
    .map((combination) => ({ combination, pairs: pairsOf(combination) }));
  const missing = new Set(candidates.flatMap(({ pairs }) => pairs));
  const chosen: Combination<F>[] = [];
  while (missing.size > 0) {
    // what has no missing pair left never has one again
    candidates = candidates
      .map(({ combination, pairs }) => ({ combination, pairs: pairs.filter((pair) => missing.has(pair)) }))
      .filter(({ pairs }) => pairs.length > 0);
    const best = candidates.reduce((a, b) => (b.pairs.length > a.pairs.length ? b : a));
    chosen.push(best.combination);
    for (const pair of best.pairs) {
      missing.delete(pair);
    }
  }
  return chosen;
}

/** Every pair of levels in a combination. */
function pairsOf<F extends string>(combination: Combination<F>): string[] {
  const levels = Object.entries(combination).map(([factor, level]) => `${factor}=${level}`);
  return levels.flatMap((one, index) => levels.slice(index + 1).map((other) => `${one} ${other}`));
}

function product<F extends string>(factors: Readonly<Record<F, readonly string[]>>): Combination<F>[] {
  const entries = Object.entries(factors) as [F, readonly string[]][];
  return entries.reduce<Combination<F>[]>(
    (partial, [factor, levels]) =>
      partial.flatMap((combination) => levels.map((level) => ({ ...combination, [factor]: level }))),
    [{} as Combination<F>],
  );
}
