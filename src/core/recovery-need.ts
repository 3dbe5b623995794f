/** Where something is that a system needs to start in the recovery Region. */
export enum NeedPresence {
  /** Made there, by the stacks of the system. */
  MADE = 'MADE',
  /** Kept there by replication that the stacks of the system set up. */
  REPLICATED = 'REPLICATED',
  /** Named there; whether somebody has put it there no template tells. `RecoveryReadiness` looks. */
  EXPECTED = 'EXPECTED',
  /** In neither Region: another registry, a third Region, your own DNS. */
  ELSEWHERE = 'ELSEWHERE',
  /** In the primary Region only, and lost with it. */
  PRIMARY_ONLY = 'PRIMARY_ONLY',
}

/** Something that a system needs to start in the recovery Region, and where it is. */
export interface RecoveryNeed {
  /** What kind of thing: `image`, `secret`, `certificate`, `name`. */
  readonly kind: string;
  /** Its name, as the stack of the recovery Region names it. */
  readonly name: string;
  /** Where it is. */
  readonly presence: NeedPresence;
  /** How it comes there, in words. */
  readonly source: string;
}
