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
  const product = new Product(factors);
  const missing = new Pairs(factors);
  // how much is still missing of a combination: it only shrinks, so it is counted again only when its last count would win
  const atMost = new Uint8Array(product.size);
  const every = (product.factors * (product.factors - 1)) / 2;
  for (let number = 0; number < product.size; number++) {
    if (allowed(product.combination(number))) {
      missing.set(product.levels(number), 1);
      atMost[number] = every;
    }
  }
  const chosen: Combination<F>[] = [];
  for (let most = every; most > 0; most--) {
    for (let number = atMost.indexOf(most); number >= 0; number = atMost.indexOf(most, number + 1)) {
      atMost[number] = missing.countOf(product.levels(number));
      if (atMost[number] === most) {
        chosen.push({ ...product.combination(number) });
        missing.set(product.levels(number), 0);
      }
    }
  }
  return chosen;
}

/** Every combination of factors, by its number: there may be a million, so what is asked of one is written over by the next. */
class Product<F extends string> {
  public readonly size: number;
  public readonly factors: number;
  private readonly entries: [F, readonly string[]][];
  private readonly current: number[];
  private readonly named = {} as Record<F, string>;

  public constructor(factors: Readonly<Record<F, readonly string[]>>) {
    this.entries = Object.entries(factors) as [F, readonly string[]][];
    this.size = this.entries.reduce((size, [, { length }]) => size * length, 1);
    this.factors = this.entries.length;
    this.current = this.entries.map(() => 0);
  }

  /** The level of each factor; the last one changes first. */
  public levels(number: number): readonly number[] {
    let rest = number;
    for (let factor = this.factors - 1; factor >= 0; factor--) {
      const { length } = this.entries[factor][1];
      this.current[factor] = rest % length;
      rest = (rest - this.current[factor]) / length; // Math is slow to look up in jest
    }
    return this.current;
  }

  public combination(number: number): Combination<F> {
    const levels = this.levels(number);
    for (let factor = 0; factor < this.factors; factor++) {
      const [name, of] = this.entries[factor];
      this.named[name] = of[levels[factor]];
    }
    return this.named;
  }
}

/** A mark on each pair of levels. */
class Pairs {
  private readonly marks: Uint8Array;
  private readonly first: number[] = [];
  private readonly all: number = 0;

  public constructor(factors: Readonly<Record<string, readonly string[]>>) {
    for (const { length } of Object.values(factors)) {
      this.first.push(this.all);
      this.all += length;
    }
    this.marks = new Uint8Array(this.all * this.all);
  }

  public set(levels: readonly number[], mark: number): void {
    for (let one = 0; one < levels.length; one++) {
      for (let other = one + 1; other < levels.length; other++) {
        this.marks[this.pair(levels, one, other)] = mark;
      }
    }
  }

  public countOf(levels: readonly number[]): number {
    let count = 0;
    for (let one = 0; one < levels.length; one++) {
      for (let other = one + 1; other < levels.length; other++) {
        count += this.marks[this.pair(levels, one, other)];
      }
    }
    return count;
  }

  private pair(levels: readonly number[], one: number, other: number): number {
    return (this.first[one] + levels[one]) * this.all + this.first[other] + levels[other];
  }
}
