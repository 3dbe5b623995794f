import type { ComplianceControl } from '../compliance-control';
import { type ComplianceEvidence, EvidenceKind } from '../compliance-evidence';
import type { ComplianceFramework } from '../compliance-framework';
import { ComplianceBasis, type ComplianceMeasure, ComplianceResponsibility } from '../compliance-measure';

/** A measure that is not yet said to belong to a control. */
export type Measure = Omit<ComplianceMeasure, 'basis' | 'source'>;

/** A control as its framework's file writes it. */
type Row = [id: string, subject: string, ...measures: ComplianceMeasure[][]];

/** Controls of one framework. */
export function controlsOf(framework: ComplianceFramework, rows: Row[]): ComplianceControl[] {
  return rows.map(([id, subject, ...measures]) => ({ framework, id, subject, measures: measures.flat() }));
}

/** Somebody publishes that these measures belong to the control. */
export function published(source: string, ...measures: Measure[]): ComplianceMeasure[] {
  return measures.map((measure) => ({ ...measure, basis: ComplianceBasis.PUBLISHED_MAPPING, source }));
}

/** We read the control so. */
export function reading(source: string, ...measures: Measure[]): ComplianceMeasure[] {
  return measures.map((measure) => ({ ...measure, basis: ComplianceBasis.OUR_READING, source }));
}

/** The constructs do it by default. */
export function byDefault(description: string, deploys: string[], ...evidence: ComplianceEvidence[]): Measure {
  return { description, responsibility: ComplianceResponsibility.LIBRARY, deploys, evidence };
}

/** The constructs can do it, if told to. */
export function ifChosen(description: string, deploys: string[], ...evidence: ComplianceEvidence[]): Measure {
  return { description, responsibility: ComplianceResponsibility.CUSTOMER_CONFIGURATION, deploys, evidence };
}

/** People do it. */
export function people(description: string): Measure {
  return { description, responsibility: ComplianceResponsibility.CUSTOMER_PROCESS, deploys: [], evidence: [] };
}

/** AWS does it. */
export function aws(description: string): Measure {
  return { description, responsibility: ComplianceResponsibility.AWS, deploys: [], evidence: [] };
}

/** Evidence of one kind, by names. */
export const evidence = {
  config: (name: string): ComplianceEvidence => ({ kind: EvidenceKind.CONFIG_RULE, name }),
  nag: (name: string): ComplianceEvidence => ({ kind: EvidenceKind.NAG_RULE, name }),
  judge: (name: string): ComplianceEvidence => ({ kind: EvidenceKind.JUDGE_RULE, name }),
  prowler: (name: string): ComplianceEvidence => ({ kind: EvidenceKind.PROWLER_CHECK, name }),
  metric: (name: string): ComplianceEvidence => ({ kind: EvidenceKind.METRIC, name }),
  report: (name: string): ComplianceEvidence => ({ kind: EvidenceKind.REPORT, name }),
};
