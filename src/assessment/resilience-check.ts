/** How bad a finding is. */
export enum CheckSeverity {
  /** An objective is missed, or a template does not deploy. */
  ERROR = 'ERROR',
  /** It makes an error more likely. */
  WARNING = 'WARNING',
}

/** One thing that `ResilienceChecks` checks. */
export interface ResilienceCheck {
  /** For example `survive-region` or `RES-DB-001`. Never reused. */
  readonly id: string;
  /** The id to acknowledge in CDK. */
  readonly acknowledgementId: string;
  /** The state wanted. */
  readonly title: string;
  /** How bad it is where that state is not there. */
  readonly severity: CheckSeverity;
  /** What is not survived then: a `FailureScope`, `DEPLOYMENT`, or `DECLARATION` where metadata contradicts itself. */
  readonly scope: string;
  /** Where that is explained. */
  readonly docs: string;
}
