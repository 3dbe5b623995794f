import type { ComplianceEvidence } from './compliance-evidence';

/** Who has to act for a measure to be there. */
export enum ComplianceResponsibility {
  /** AWS does it, below what customers see. */
  AWS = 'AWS',
  /** The constructs named do it with their defaults, where you use them. */
  LIBRARY = 'LIBRARY',
  /** You decide and configure it: with the constructs and properties named, or outside this library where none is. */
  CUSTOMER_CONFIGURATION = 'CUSTOMER_CONFIGURATION',
  /** People do it. No template can. */
  CUSTOMER_PROCESS = 'CUSTOMER_PROCESS',
}

/** What says that a measure belongs to a control. */
export enum ComplianceBasis {
  /** A mapping that somebody else publishes: the source. It is still no legal opinion. */
  PUBLISHED_MAPPING = 'PUBLISHED_MAPPING',
  /** We read the control so. The source is the control or what explains the measure. */
  OUR_READING = 'OUR_READING',
}

/** Something that is done for a control. */
export interface ComplianceMeasure {
  /** What is done, or has to be. */
  readonly description: string;
  /** Who has to act. */
  readonly responsibility: ComplianceResponsibility;
  /** Constructs, and properties as `SecurityBaselineProps.inspector`. Empty where this library has no part in it. */
  readonly deploys: string[];
  /** What shows it. Empty where people keep the record. */
  readonly evidence: ComplianceEvidence[];
  /** Whether the mapping is published, or our reading. */
  readonly basis: ComplianceBasis;
  /** The page that the basis rests on. */
  readonly source: string;
}
