import type { Aws } from './aws';
import type { StoreReport } from './report';

/** Who is asked, and since when. */
export interface StoreContext {
  /** The Region that was lost and is back: this one. */
  readonly here: Aws;
  /** The Region that served meanwhile. */
  readonly there: Aws;
  readonly region: string;
  readonly otherRegion: string;
  readonly round: string;
}

/**
 * A kind of store. Each method looks at what is there and does the next thing that is missing, so that it may be called again at any
 * time: nothing is made twice, and nothing is overwritten before `release`.
 */
export interface Store<Wanted> {
  /**
   * Look whether it is time.
   *
   * @throws Refusal where it is too early
   */
  inOrder(context: StoreContext, wanted: Wanted, before: StoreReport | undefined): Promise<void>;
  /** Keep what is only here, and lay it out to be compared. */
  prepare(context: StoreContext, wanted: Wanted, before: StoreReport | undefined): Promise<StoreReport>;
  /** After a person approved: send what is missing to the other Region, and remove what was laid out. */
  release(context: StoreContext, wanted: Wanted, before: StoreReport): Promise<StoreReport>;
  /** Why a database may not return yet; empty where it may, as of stores that have nothing against it. */
  notYet?(context: StoreContext, wanted: Wanted, before: StoreReport): Promise<string[]>;
  /** What is left of a switchover to this Region; undefined where it writes. Stores that are not switched over have none. */
  returning?(context: StoreContext, wanted: Wanted): Promise<{ state: string; underWay: boolean } | undefined>;
  /** Begin the switchover, which loses nothing. What AWS says where it is busy, maybe with what an earlier call asked for. */
  goBack?(context: StoreContext, wanted: Wanted): Promise<string | undefined>;
}
