import type { CopiesFigures } from './children/copies';
import type { ImportFigures } from './children/import';
import type { JudgesFigures } from './children/judges';
import type { Pair } from './children/pairs';
import { median } from './statistics';
import type { Workshop } from './workshop';

/** How often each thing is measured. */
export interface Effort {
  readonly imports: number;
  readonly pairs: number;
  readonly copies: number[];
  readonly rounds: number;
}

export const FULL: Effort = { imports: 15, pairs: 40, copies: [1, 10, 50, 100], rounds: 3 };
export const QUICK: Effort = { imports: 5, pairs: 10, copies: [1, 10, 50], rounds: 1 };

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
  readonly judgement: {
    readonly oursMilliseconds: number;
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

function measureJudgement(workshop: Workshop, count: number): Figures['judgement'] {
  const rounds = workshop.run<JudgesFigures[]>('judges', String(count));
  return {
    oursMilliseconds: median(rounds.map(({ ours }) => ours)),
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
