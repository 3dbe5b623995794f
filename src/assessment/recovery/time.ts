/** A duration that may have parts nobody can know from a template. */
export interface Time {
  /** What is known: a lower bound where something is open. */
  readonly seconds: number;
  /** What has to be measured or decided before the whole is known. */
  readonly open: readonly string[];
}

export const NONE: Time = { seconds: 0, open: [] };

export function seconds(value: number): Time {
  return { seconds: value, open: [] };
}

export function open(reason: string, atLeast = 0): Time {
  return { seconds: atLeast, open: [reason] };
}

/** One after the other. */
export function sum(times: readonly Time[]): Time {
  return {
    seconds: times.reduce((total, time) => total + time.seconds, 0),
    open: [...new Set(times.flatMap((time) => time.open))],
  };
}

/** `90 s`, `12 min`, `4 h`, `35 d`. */
export function inWords(value: number): string {
  for (const [unit, size] of UNITS) {
    if (value >= 2 * size || (value >= size && value % size === 0)) {
      return `${Math.round((value / size) * 10) / 10} ${unit}`;
    }
  }
  return `${value} s`;
}

const UNITS: readonly [string, number][] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
];
