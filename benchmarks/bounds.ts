import type { Figures } from './figures';

/** A promise, and the figure it is about. */
export interface Bound {
  readonly what: string;
  readonly unit: string;
  readonly most: number;
  readonly of: (figures: Figures) => number;
}

/**
 * What is promised. Ratios, because they mean the same on every machine; the milliseconds of the import are the exception, with
 * a bound far from both what a lazy package takes (about one) and what an eager one takes (over a hundred).
 */
export const BOUNDS: Bound[] = [
  {
    what: 'importing the package adds to importing aws-cdk-lib',
    unit: ' ms',
    most: 30,
    of: (figures) => figures.import.addedMilliseconds,
  },
  {
    what: 'synthesis: our constructs ÷ the same resources by hand',
    unit: '',
    most: 1.1,
    of: (figures) => figures.synthesis.ratio,
  },
  {
    what: 'first judgement: ours ÷ the HIPAA pack of cdk-nag',
    unit: '',
    most: 0.1,
    of: (figures) => 1 / figures.firstJudgement.speedUp,
  },
  {
    what: 'judgement again: ours ÷ the HIPAA pack of cdk-nag',
    unit: '',
    most: 0.1,
    of: (figures) => 1 / figures.judgement.speedUp,
  },
  {
    what: 'judgement: ours ÷ the synthesis it judges',
    unit: '',
    most: 0.15,
    of: (figures) => figures.judgement.shareOfSynthesis,
  },
  {
    what: 'cost of a system: among the most copies ÷ among ten',
    unit: '',
    most: 1.15,
    of: (figures) => figures.growth,
  },
];

export function missed(figures: Figures): Bound[] {
  return BOUNDS.filter((bound) => bound.of(figures) > bound.most);
}
