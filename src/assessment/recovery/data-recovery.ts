import type { BackupSeries, Component } from '../graph';
import type { Unknown } from '../model';
import { FIGURES } from './figures';
import type { Recovery, Step } from './step';
import { NONE, open, seconds, type Time } from './time';

/** Back from the newest recovery point of one of these series, or not at all. */
export function restorationFrom(series: readonly BackupSeries[], fix: string, before: readonly Step[] = []): Recovery {
  if (series.length === 0) {
    return { steps: [], rpo: NONE, unrecoverable: 'no recovery point exists', fix };
  }
  return { steps: [FIGURES.humanDecision, ...before, FIGURES.restore], rpo: bestInterval(series), fix };
}

/** Back from whatever recovery points a store has. */
export function restoration(component: Component): Recovery {
  const traits = component.data;
  const series = traits ? [...traits.own, ...traits.backups] : [];
  return restorationFrom(series, 'back the data up');
}

/** The youngest moment that any series restores; open where none is known. */
export function bestInterval(series: readonly { readonly ageSeconds: number | Unknown }[]): Time {
  const ages = series.map(({ ageSeconds }) => ageSeconds);
  const known = ages.filter((age): age is number => typeof age === 'number');
  if (known.length > 0) {
    return seconds(Math.min(...known));
  }
  const undecided = ages.find((age): age is Unknown => typeof age === 'object');
  return open(undecided?.reason ?? 'no recovery point');
}
