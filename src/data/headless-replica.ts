import type { RecoveryCall } from '../core';

/** How a replica without instances gets one in a disaster, and loses it again. Everything is asked of its own Region. */
export interface HeadlessReplica {
  /** Makes an instance that no template declares, so that no deployment collides with it. */
  readonly startCall: RecoveryCall;
  /** Asks how far it is. */
  readonly statusCall: RecoveryCall;
  /** Where the answer to `statusCall` has the word `available`, once it is. */
  readonly statusSelector: string;
  /** The command that makes it, and waits until it is available. */
  readonly startCommand: string;
  /** The command that removes it, once a deployment has made those of the definition. */
  readonly removeTemporaryCommand: string;
  /** The command that removes every instance here, which is refused while the database writes here. */
  readonly removeInstancesCommand: string;
}
