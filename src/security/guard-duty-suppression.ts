/**
 * Findings of GuardDuty that are expected, and archived as they arrive. Archived findings stay in GuardDuty for 90 days, and
 * are sent neither to EventBridge nor to Security Hub.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html
 */
export interface GuardDutySuppression {
  /** Name of the rule, 3 to 64 letters, digits, periods, hyphens and underscores. Another name makes another rule. */
  readonly name: string;
  /** Why these findings need nobody's attention. At most 512 characters; becomes the description of the rule. */
  readonly reason: string;
  /**
   * What such a finding has in common: by the name of a field (`type`, `resource.instanceDetails.tags.value`, …), the values
   * it may have. All fields must match.
   *
   * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_filter-findings.html#filter_criteria
   */
  readonly fields: { readonly [field: string]: string[] };
  /**
   * Only findings below this severity, 1 to 11. 7 is where high severity begins, so a rule that is too broad hides no
   * attack; 11 hides everything that matches.
   *
   * @default 7
   */
  readonly severityBelow?: number;
}
