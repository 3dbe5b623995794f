/** What can be contained by a runbook of AWS Support, and undone by the same. */
export enum ContainableResource {
  /** An instance: its security groups are exchanged for one that lets nothing new in or out. Connections that are open stay open. */
  INSTANCE = 'INSTANCE',
  /** An IAM user: keys are disabled, the console is closed, everything is denied. */
  IAM_USER = 'IAM_USER',
  /** An IAM role: the sessions it has are revoked. Whatever runs with it stops, until it assumes the role again. */
  IAM_ROLE = 'IAM_ROLE',
  /** A bucket: nobody reads or writes it, but for the responders. */
  BUCKET = 'BUCKET',
}
