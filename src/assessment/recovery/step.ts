import type { Time } from './time';

/** One step on the way back. */
export interface Step {
  readonly what: string;
  readonly time: Time;
  /** A person decides or acts. */
  readonly byHand?: boolean;
  /** It starts or changes something, which an impaired control plane refuses. */
  readonly needsControlPlane?: boolean;
  /** Where the figure comes from: an AWS page, `template`, or `judgement` with its reason. */
  readonly source: string;
}

/** How something comes back, and what is lost. */
export interface Recovery {
  /** Until users can write again. */
  readonly steps: readonly Step[];
  /** Until users can read again, where that is sooner. */
  readonly readSteps?: readonly Step[];
  /** Data that is lost, counted in time. */
  readonly rpo: Time;
  /** Why nothing brings it back. */
  readonly unrecoverable?: string;
  /** What would mend it: imperative, no final period. */
  readonly fix: string;
}
