export { type PlayOptions, playScenarios, type Replay } from './play-scenarios';
export type { Answer, Assertion, Primitive, Scenario } from './scenario';
