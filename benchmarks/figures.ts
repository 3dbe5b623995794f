import type { CopiesFigures } from './children/copies';
import type { FirstJudgementFigures } from './children/first-judgement';
import type { ImportFigures } from './children/import';
import type { JudgesFigures } from './children/judges';
import type { Pair } from './children/pairs';
import { median } from './statistics';
import type { Workshop } from './workshop';

/** How often each thing is measured. */
export interface Effort {
  readonly imports: number;
  readonly firstJudgements: number;
  readonly pairs: number;
  readonly copies: number[];
  readonly rounds: number;
}

export const FULL: Effort = { imports: 15, firstJudgements: 11, pairs: 40, copies: [1, 10, 50, 100], rounds: 3 };
export const QUICK: Effort = { imports: 5, firstJudgements: 3, pairs: 10, copies: [1, 10, 50], rounds: 1 };

/** Copies that those of the largest app are compared with. One would be too few: its noise is as large as its cost. */
const FEW = 10;

export interface Figures {
  readonly import: {
    readonly package: string;
    readonly cdkMilliseconds: number;
    readonly addedMilliseconds: number;
    readonly addedFiles: number;
    readonly cdkSubmodulesLoaded: string[];
  };
  readonly synthesis: {
    readonly referenceMilliseconds: number;
    readonly handWrittenMilliseconds: number;
    readonly ratio: number;
  };
  /** The only one of its process, as after every synthesis. */
  readonly firstJudgement: {
    readonly ours: FirstJudgementFigures;
    readonly hipaaPack: FirstJudgementFigures;
    /** The HIPAA pack of cdk-nag, divided by ours; code is loaded, and templates are read. */
    readonly speedUp: number;
  };
  /** One of many in a process that has warmed up, as in tests. */
  readonly judgement: {
    readonly oursMilliseconds: number;
    /** What of that is reading and parsing. */
    readonly readingMilliseconds: number;
    readonly hipaaPackMilliseconds: number;
    /** The HIPAA pack of cdk-nag, divided by ours. */
    readonly speedUp: number;
    /** Ours, as a share of the synthesis it judges. */
    readonly shareOfSynthesis: number;
  };
  readonly copies: { readonly systems: number; readonly secondsPerSystem: number; readonly peakMegabytes: number }[];
  /** Cost of a system among the most copies over its cost among ten. */
  readonly growth: number;
}

export function measure(workshop: Workshop, effort: Effort): Figures {
  const copies = measureCopies(workshop, effort);
  const few = copies.find(({ systems }) => systems === FEW) ?? copies[0];
  return {
    import: measureImport(workshop, effort.imports),
    synthesis: measureSynthesis(workshop, effort.pairs),
    firstJudgement: measureFirstJudgement(workshop, effort.firstJudgements),
    judgement: measureJudgement(workshop, effort.pairs),
    copies,
    growth: copies[copies.length - 1].secondsPerSystem / few.secondsPerSystem,
  };
}

function measureImport(workshop: Workshop, count: number): Figures['import'] {
  const runs = Array.from({ length: count }, () => workshop.run<ImportFigures>('import', workshop.packagePath));
  return {
    package: workshop.hasCompiledPackage ? 'lib' : 'src, compiled for this run',
    cdkMilliseconds: median(runs.map(({ cdk }) => cdk)),
    addedMilliseconds: median(runs.map(({ added }) => added)),
    addedFiles: runs[0].files,
    cdkSubmodulesLoaded: runs[0].submodules,
  };
}

function measureSynthesis(workshop: Workshop, count: number): Figures['synthesis'] {
  const pairs = workshop.run<Pair[]>('pairs', String(count));
  return {
    referenceMilliseconds: median(pairs.map(({ reference }) => reference)),
    handWrittenMilliseconds: median(pairs.map(({ handWritten }) => handWritten)),
    ratio: median(pairs.map(({ reference, handWritten }) => reference / handWritten)),
  };
}

/** Both in turn, so that a disturbance of minutes does not fall on one of them. */
function measureFirstJudgement(workshop: Workshop, count: number): Figures['firstJudgement'] {
  const runs = Array.from({ length: count }, () => ({
    hipaaPack: workshop.run<FirstJudgementFigures>('first-judgement', 'hipaa-pack'),
    ours: workshop.run<FirstJudgementFigures>('first-judgement', 'ours', workshop.judgePath),
  }));
  const middle = (figures: FirstJudgementFigures[]): FirstJudgementFigures => ({
    loading: median(figures.map(({ loading }) => loading)),
    reading: median(figures.map(({ reading }) => reading)),
    judging: median(figures.map(({ judging }) => judging)),
  });
  const whole = ({ loading, reading, judging }: FirstJudgementFigures) => loading + reading + judging;
  return {
    ours: middle(runs.map(({ ours }) => ours)),
    hipaaPack: middle(runs.map(({ hipaaPack }) => hipaaPack)),
    speedUp: median(runs.map(({ hipaaPack, ours }) => whole(hipaaPack) / whole(ours))),
  };
}

function measureJudgement(workshop: Workshop, count: number): Figures['judgement'] {
  const rounds = workshop.run<JudgesFigures[]>('judges', String(count));
  return {
    oursMilliseconds: median(rounds.map(({ ours }) => ours)),
    readingMilliseconds: median(rounds.map(({ reading }) => reading)),
    hipaaPackMilliseconds: median(rounds.map(({ hipaaPack }) => hipaaPack)),
    speedUp: median(rounds.map(({ hipaaPack, ours }) => hipaaPack / ours)),
    shareOfSynthesis: median(rounds.map(({ ours, synthesis }) => ours / synthesis)),
  };
}

/** Sizes alternate between rounds, so that a disturbance of minutes does not fall on one of them. */
function measureCopies(workshop: Workshop, { copies, rounds }: Effort): Figures['copies'] {
  const runs = Array.from({ length: rounds }, () =>
    [0, ...copies].map((systems) => workshop.run<CopiesFigures>('copies', String(systems))),
  );
  const milliseconds = (size: number) => median(runs.map((run) => run[size].milliseconds));
  return copies.map((systems, index) => ({
    systems,
    // without what an app costs that has the security baseline and no system
    secondsPerSystem: (milliseconds(index + 1) - milliseconds(0)) / systems / 1000,
    peakMegabytes: median(runs.map((run) => run[index + 1].megabytes)),
  }));
}
