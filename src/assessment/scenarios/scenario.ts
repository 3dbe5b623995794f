import type { Component } from '../graph';
import type { Resource } from '../model';
import type { Scene } from './scene';

/** What a scenario takes away. All of it acts on templates only. */
export type Primitive =
  | 'azLoss'
  | 'regionLoss'
  | 'controlPlaneLoss'
  | 'endpointDnsLoss'
  | 'linkLoss'
  | 'operatorDelete'
  | 'accountCompromise'
  | 'logicalCorruption'
  | 'fleetCrash'
  | 'externalDependencyLoss'
  | 'databaseFailover'
  | 'commonCause';

/** Whether what must be true is true. What templates cannot decide is unknown, never passed. */
export type Answer = 'holds' | 'broken' | 'unknown';

/** What one resource says about an assertion. */
export interface Observation {
  readonly answer: Answer;
  /** Why; for `unknown`, what would decide it. Lower case, no period. */
  readonly reason: string;
  readonly resources: readonly string[];
}

/** One thing that must be true for the outage to be survived. */
export interface Assertion {
  /** Lower case, no period. */
  readonly text: string;
  readonly answer: Answer;
  readonly reasons: readonly string[];
  /** Resources that the reasons are about, by construct path. */
  readonly resources: readonly string[];
}

/** An outage that happened, to be replayed on templates. One file each: what happened first, one pure function last. */
export interface Scenario {
  /** Never reused. */
  readonly id: string;
  /** Where and when. */
  readonly title: string;
  /** What went wrong, in one sentence. */
  readonly happened: string;
  readonly when: readonly Primitive[];
  /** The page that tells it. */
  readonly source: string;
  readonly play: (scene: Scene) => readonly Assertion[];
}

export function holds(reason: string, ...about: readonly (Component | Resource)[]): Observation {
  return { answer: 'holds', reason, resources: pathsOf(about) };
}

export function broken(reason: string, ...about: readonly (Component | Resource)[]): Observation {
  return { answer: 'broken', reason, resources: pathsOf(about) };
}

export function unsure(reason: string, ...about: readonly (Component | Resource)[]): Observation {
  return { answer: 'unknown', reason, resources: pathsOf(about) };
}

/** The worst observation answers. Nothing observed answers `otherwise`. */
export function assertion(text: string, observed: readonly Observation[], otherwise?: Observation): Assertion {
  const observations = observed.length > 0 || !otherwise ? observed : [otherwise];
  const answer = worstAnswer(observations.map((observation) => observation.answer));
  const decisive = observations.filter((observation) => observation.answer === answer);
  return {
    text,
    answer,
    reasons: [...new Set(decisive.map(({ reason }) => reason))],
    resources: [...new Set(decisive.flatMap(({ resources }) => resources))],
  };
}

/** Broken before unknown before holds; nothing to answer is unknown. */
export function worstAnswer(answers: readonly Answer[]): Answer {
  if (answers.includes('broken')) {
    return 'broken';
  }
  return answers.length === 0 || answers.includes('unknown') ? 'unknown' : 'holds';
}

function pathsOf(about: readonly (Component | Resource)[]): string[] {
  return about.map(({ path }) => path);
}
