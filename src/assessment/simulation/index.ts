export { linkLoss } from './connectivity';
export { dataLoss } from './data-loss';
export type { Impact } from './impact';
export { reachOf } from './reach';
export { counterpartOf, regionLoss } from './region-loss';
export { label, Simulation, type State } from './simulation';
export { redirection } from './traffic';
