/** What kind of thing shows that a measure is there. */
export enum EvidenceKind {
  /** A managed rule of AWS Config, by identifier: put it into a `ConformancePack`. */
  CONFIG_RULE = 'CONFIG_RULE',
  /** A rule of cdk-nag, by its name in the packs, which templates of this library pass or acknowledge with a reason. */
  NAG_RULE = 'NAG_RULE',
  /** What `ResilienceChecks` and `cdk-resilient-ehr assess` check, by id. */
  JUDGE_RULE = 'JUDGE_RULE',
  /** A check of Prowler, an open-source scanner of accounts, by name. */
  PROWLER_CHECK = 'PROWLER_CHECK',
  /** A metric, by the method that makes it. */
  METRIC = 'METRIC',
  /** A report, record or list that a construct makes, by its name in the API. */
  REPORT = 'REPORT',
}

/** Something an auditor can look at. */
export interface ComplianceEvidence {
  /** What it is. */
  readonly kind: EvidenceKind;
  /** Its name, in the form that its kind says. */
  readonly name: string;
}
