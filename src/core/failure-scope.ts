/**
 * What can fail. Objectives are stated, and judged, per scope: one pair of RTO and RPO hides that "Multi-AZ plus a
 * replica" does nothing against a deletion or an intruder.
 *
 * AWS Resilience Hub's Software, Hardware, AZ and Region are a projection of these.
 */
export enum FailureScope {
  /** One instance, task, node or disk. */
  COMPONENT = 'COMPONENT',
  /** One Availability Zone, cleanly or as a grey failure. */
  AVAILABILITY_ZONE = 'AVAILABILITY_ZONE',
  /** Two Availability Zones of one Region at the same time. */
  TWO_AVAILABILITY_ZONES = 'TWO_AVAILABILITY_ZONES',
  /** A whole Region. */
  REGION = 'REGION',
  /** A control plane: what runs keeps running, nothing new starts. */
  CONTROL_PLANE = 'CONTROL_PLANE',
  /** An operator, or a deployment, deletes a resource. */
  DELETION = 'DELETION',
  /** Data is changed wrongly, and replicas copy the change. */
  CORRUPTION = 'CORRUPTION',
  /** An intruder holds the account, in every Region. */
  ACCOUNT = 'ACCOUNT',
  /** The link between hospital and Region is cut. */
  CONNECTIVITY = 'CONNECTIVITY',
}
