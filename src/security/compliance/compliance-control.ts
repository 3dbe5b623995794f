import type { ComplianceFramework } from './compliance-framework';
import type { ComplianceMeasure } from './compliance-measure';

/** A control, safeguard or requirement of a framework, and what is done for it. */
export interface ComplianceControl {
  /** Where it is from. */
  readonly framework: ComplianceFramework;
  /** Its id there, for example `164.312(b)`. */
  readonly id: string;
  /** What it is about, in our words: not its text. */
  readonly subject: string;
  /** What is done for it, and by whom. */
  readonly measures: ComplianceMeasure[];
}
