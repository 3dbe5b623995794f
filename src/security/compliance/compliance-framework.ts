import type { ComplianceControl } from './compliance-control';

/** What controls are taken from. */
export enum ComplianceFramework {
  /** HIPAA Security Rule as it is in force, 45 CFR part 164 subpart C. */
  HIPAA_SECURITY_RULE = 'HIPAA_SECURITY_RULE',
  /** What the proposed rule of 6 January 2025 would add to it. No law. */
  HIPAA_PROPOSED_RULE_2025 = 'HIPAA_PROPOSED_RULE_2025',
  /** NIST SP 800-53 revision 5. */
  NIST_800_53_R5 = 'NIST_800_53_R5',
  /** NIST Cybersecurity Framework 2.0, by category. */
  NIST_CSF_2_0 = 'NIST_CSF_2_0',
  /** ISO/IEC 27001:2022, Annex A. */
  ISO_27001_2022 = 'ISO_27001_2022',
  /** The Essential Eight of the Australian Signals Directorate, by strategy. */
  ESSENTIAL_EIGHT = 'ESSENTIAL_EIGHT',
  /** Directive (EU) 2022/2555, Article 21(2). */
  NIS2_ARTICLE_21 = 'NIS2_ARTICLE_21',
  /** Practices of the AWS guide "Building resilient healthcare through cloud". */
  RESILIENT_HEALTHCARE_GUIDE = 'RESILIENT_HEALTHCARE_GUIDE',
}

/** How binding a framework is. */
export enum ComplianceFrameworkStatus {
  /** Law, for those it names. */
  IN_FORCE = 'IN_FORCE',
  /** A proposal that binds nobody. */
  PROPOSED = 'PROPOSED',
  /** Binds who chose it, or whose contract or regulator did. */
  VOLUNTARY = 'VOLUNTARY',
}

/** A framework with those of its controls that this library has something to say about. */
export interface ComplianceFrameworkMap {
  /** Which it is. */
  readonly framework: ComplianceFramework;
  /** Its name. */
  readonly title: string;
  /** How binding it is. */
  readonly status: ComplianceFrameworkStatus;
  /** What to know before reading on: who is bound, what is left out. */
  readonly note: string;
  /** Where its text is. */
  readonly source: string;
  /** Its controls, in its order. */
  readonly controls: ComplianceControl[];
}
