/** How much a detected activity matters. */
export enum ActivitySeverity {
  /** Protection itself is attacked, or the account is: somebody looks now. */
  CRITICAL = 'CRITICAL',
  /** Data or access may be at risk: somebody looks today. */
  HIGH = 'HIGH',
  /** The network changed: somebody should have expected it. */
  MEDIUM = 'MEDIUM',
}
