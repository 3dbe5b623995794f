import { BOUNDS, missed } from './bounds';
import type { FirstJudgementFigures } from './children/first-judgement';
import type { Figures } from './figures';

/** The table people read. */
export function render(now: Figures, baseline: Figures | undefined): string {
  const row = (what: string, figure: string, before: string, bound = '') =>
    `  ${what.padEnd(58)}${figure.padStart(12)}${before.padStart(12)}${bound.padStart(12)}`;
  const line = (what: string, unit: string, digits: number, of: (figures: Figures) => number | undefined) =>
    row(what, format(of(now), unit, digits), baseline ? format(of(baseline), unit, digits) : '');
  const firstJudgement = (whose: string, of: (figures: Figures) => FirstJudgementFigures | undefined) =>
    (['loading', 'reading', 'judging'] as const).map((part) =>
      line(`first judgement, ${whose}: ${part}`, ' ms', 0, (figures) => of(figures)?.[part]),
    );
  const { cdkSubmodulesLoaded, addedFiles } = now.import;
  return [
    row('', 'now', 'baseline', 'at most'),
    ...BOUNDS.map(({ what, unit, most, of }) =>
      row(
        what,
        format(of(now), unit, 2),
        baseline?.firstJudgement ? format(of(baseline), unit, 2) : '',
        format(most, unit, 2),
      ),
    ),
    '',
    line('import of aws-cdk-lib alone', ' ms', 1, ({ import: { cdkMilliseconds } }) => cdkMilliseconds),
    line('synthesis of the reference hospital', ' ms', 0, ({ synthesis }) => synthesis.referenceMilliseconds),
    line('synthesis of its hand-written twin', ' ms', 0, ({ synthesis }) => synthesis.handWrittenMilliseconds),
    ...firstJudgement('ours', ({ firstJudgement: first }) => first?.ours),
    ...firstJudgement('HIPAA pack', ({ firstJudgement: first }) => first?.hipaaPack),
    line('judgement again, ours', ' ms', 0, ({ judgement }) => judgement?.oursMilliseconds),
    line('  of that, reading and parsing', ' ms', 0, ({ judgement }) => judgement?.readingMilliseconds),
    line('judgement again, HIPAA pack', ' ms', 0, ({ judgement }) => judgement?.hipaaPackMilliseconds),
    ...now.copies.flatMap(({ systems }) => {
      const copies = (figures: Figures) => figures.copies.find((copy) => copy.systems === systems);
      const label = `${systems} ${systems === 1 ? 'system' : 'systems'} in one app`;
      return [
        line(`${label}: each`, ' s', 3, (figures) => copies(figures)?.secondsPerSystem),
        line(`${label}: peak memory`, ' MB', 0, (figures) => copies(figures)?.peakMegabytes),
      ];
    }),
    '',
    `  The import loads ${addedFiles} files, and of aws-cdk-lib: ${cdkSubmodulesLoaded.join(', ') || 'nothing'}.`,
    '  Times are processor time, user and system.',
    ...missed(now).map(
      ({ what, unit, most, of }) => `  MISSED: ${what}: ${format(of(now), unit, 2)}, at most ${format(most, unit, 2)}`,
    ),
  ].join('\n');
}

function format(figure: number | undefined, unit: string, digits: number): string {
  return figure === undefined ? '' : `${figure.toFixed(digits)}${unit}`;
}
