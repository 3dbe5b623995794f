import { FIGURES, type Step, seconds } from '../recovery';
import type { Objectives } from '../systems';
import type { Impact } from './impact';

/** With times that somebody measured in place of open ones: of the restore of a store, and of a deployment elsewhere. */
export function asMeasured(impact: Impact, { measuredRestores = {}, measuredRebuild }: Objectives): Impact {
  const { recovery, root } = impact;
  const restore = Object.hasOwn(measuredRestores, root.path) ? measuredRestores[root.path] : undefined;
  const measured = new Map<string, number | undefined>([
    [FIGURES.restore.what, restore],
    [FIGURES.regionRebuild.what, measuredRebuild],
  ]);
  const measure = (step: Step): Step => {
    const time = measured.get(step.what);
    return time === undefined ? step : { ...step, time: seconds(time), source: 'measured, as declared' };
  };
  return { ...impact, recovery: { ...recovery, steps: recovery.steps.map(measure) } };
}
