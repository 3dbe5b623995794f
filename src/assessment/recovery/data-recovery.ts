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

/** The shortest interval that is known; open where none is. */
export function bestInterval(series: readonly BackupSeries[]): Time {
  const known = series.map(newestAge).filter((interval): interval is number => typeof interval === 'number');
  if (known.length > 0) {
    return seconds(Math.min(...known));
  }
  const undecided = series.map(newestAge).find((interval): interval is Unknown => typeof interval === 'object');
  return open(undecided?.reason ?? 'no interval');
}

/** How old the newest point to restore to can be. */
function newestAge({ continuous, intervalSeconds }: BackupSeries): number | Unknown {
  return continuous && typeof intervalSeconds === 'number'
    ? Math.min(intervalSeconds, CONTINUOUS_SECONDS)
    : intervalSeconds;
}

/** Point in time, for RDS and Aurora: https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html */
const CONTINUOUS_SECONDS = 300;
