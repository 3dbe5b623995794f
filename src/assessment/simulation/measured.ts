import { FIGURES, type Step, seconds } from '../recovery';
import type { Objectives } from '../systems';
import type { Impact } from './impact';

/** With a restore time that somebody measured in place of the open one. */
export function asMeasured(impact: Impact, { measuredRestores = {} }: Objectives): Impact {
  const { recovery, root } = impact;
  const measured = Object.hasOwn(measuredRestores, root.path) ? measuredRestores[root.path] : undefined;
  if (measured === undefined) {
    return impact;
  }
  const measure = (step: Step): Step =>
    step.what === FIGURES.restore.what ? { ...step, time: seconds(measured), source: 'measured, as declared' } : step;
  return { ...impact, recovery: { ...recovery, steps: recovery.steps.map(measure) } };
}
