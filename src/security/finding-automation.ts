import { Token } from 'aws-cdk-lib';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';

/** A risk that somebody took, for some resources and some time. */
export interface AcceptedRiskOptions {
  /** Which control fails, by its id in Security Hub, for example `S3.7`. */
  readonly control: string;
  /** On which resources: those with all of these tags. No patient data. */
  readonly resourceTags: { readonly [key: string]: string };
  /** Who accepted the risk, and why. At most 400 characters; written on each finding. */
  readonly reason: string;
  /**
   * The last day of it, as `YYYY-MM-DD`. What comes in after it is not suppressed. What was suppressed until then stays so, because
   * Security Hub CSPM takes nothing out of that status: look for the note on that day, and set those findings to `NEW`.
   *
   * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_WorkflowUpdate.html
   */
  readonly until: string;
}

/**
 * What Security Hub CSPM changes about findings as they come in, before EventBridge and people see them. It does not change
 * findings that were there before.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export class FindingAutomation {
  /**
   * Suppress what only informs, but for passed checks, which are of that severity as well: a check that fails later comes in on the
   * same finding, and one that was suppressed stays so. Passed checks are `RESOLVED`, and only what fails afterwards is `NEW` again.
   *
   * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_WorkflowUpdate.html
   */
  public static suppressInformational(): FindingAutomation {
    return new FindingAutomation('suppress-informational', 'Informational findings need nobody', {
      criteria: {
        severityLabel: [{ comparison: 'EQUALS', value: 'INFORMATIONAL' }],
        complianceStatus: [{ comparison: 'NOT_EQUALS', value: 'PASSED' }],
        workflowStatus: [{ comparison: 'EQUALS', value: 'NEW' }],
      },
      change: { workflow: { status: 'SUPPRESSED' } },
    });
  }

  /**
   * Suppress the findings of a risk that was accepted, and note by whom.
   *
   * @throws InvalidAcceptedRisk when it names no resource, no reason or no day
   */
  public static acceptRisk(name: string, options: AcceptedRiskOptions): FindingAutomation {
    const { control, resourceTags, reason, until } = options;
    const problems = new Problems(undefined, 'InvalidAcceptedRisk');
    problems.require(
      Object.keys(resourceTags).length > 0,
      `${name} must name the resources by a tag, or it would accept the risk of all`,
    );
    problems.require(
      reason.trim() !== '' && reason.length <= 400,
      `say who accepted ${name}, and why, in at most 400 characters`,
    );
    problems.require(isDay(until), `until of ${name} must be a day such as 2027-03-31, got "${until}"`);
    problems.throwIfAny();
    return new FindingAutomation(name, `Accepted until ${until}: ${reason}`, {
      criteria: {
        complianceSecurityControlId: [{ comparison: 'EQUALS', value: control }],
        resourceTags: tagsEqual(resourceTags),
        updatedAt: [{ start: '2000-01-01T00:00:00Z', end: `${until}T23:59:59Z` }],
      },
      change: {
        workflow: { status: 'SUPPRESSED' },
        note: { text: `Accepted until ${until}: ${reason}`, updatedBy: 'cdk-resilient-ehr' },
      },
    });
  }

  /** Make failed controls critical on resources with these tags, which hold what matters most. */
  public static raiseToCritical(name: string, resourceTags: { [key: string]: string }): FindingAutomation {
    if (Object.keys(resourceTags).length === 0) {
      fail(undefined, 'InvalidAutomation', `${name} must name the resources by a tag, or it would raise everything`);
    }
    return new FindingAutomation(name, 'These resources matter most', {
      criteria: {
        complianceStatus: [{ comparison: 'EQUALS', value: 'FAILED' }],
        severityLabel: ['HIGH', 'MEDIUM'].map((value) => ({ comparison: 'EQUALS', value })),
        resourceTags: tagsEqual(resourceTags),
      },
      change: { severity: { label: 'CRITICAL' } },
    });
  }

  private constructor(
    /** Name of the rule. */
    public readonly name: string,
    private readonly description: string,
    private readonly rule: Rule,
  ) {
    if (Token.isUnresolved(name) || !/^[A-Za-z0-9 _.-]{1,128}$/.test(name)) {
      fail(undefined, 'InvalidAutomation', `a name has 1 to 128 letters, digits and spaces, got "${name}"`);
    }
  }

  /**
   * Called by SecurityHubCspm.
   *
   * @internal
   */
  public _render(scope: Construct, ruleOrder: number): securityhub.CfnAutomationRule {
    return new securityhub.CfnAutomationRule(scope, `Automation-${this.name}`, {
      ruleName: this.name,
      description: this.description,
      ruleOrder,
      ruleStatus: 'ENABLED',
      criteria: { recordState: [{ comparison: 'EQUALS', value: 'ACTIVE' }], ...this.rule.criteria },
      actions: [{ type: 'FINDING_FIELDS_UPDATE', findingFieldsUpdate: this.rule.change }],
    });
  }
}

interface Rule {
  readonly criteria: securityhub.CfnAutomationRule.AutomationRulesFindingFiltersProperty;
  readonly change: securityhub.CfnAutomationRule.AutomationRulesFindingFieldsUpdateProperty;
}

/** Filters of several keys must all match; of one key, one of them. */
function tagsEqual(tags: { readonly [key: string]: string }): securityhub.CfnAutomationRule.MapFilterProperty[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value, comparison: 'EQUALS' }));
}

function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
  );
}
