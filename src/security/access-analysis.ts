import type { Duration } from 'aws-cdk-lib';
import * as accessanalyzer from 'aws-cdk-lib/aws-accessanalyzer';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import type { AccountServiceHandler } from './account-service-handler';
import { keepOn } from './private/singleton';

/** What to choose about IAM Access Analyzer. */
export interface AccessAnalysisOptions {
  /**
   * Report permissions, roles and keys that nobody used for this long, 1 to 365 whole days. Billed per IAM role and user
   * and month. Where the unified Security Hub is on, it runs such an analysis by itself, over 90 days and at no extra
   * cost: https://docs.aws.amazon.com/securityhub/latest/userguide/unused-access-findings.html
   *
   * @default - no analysis of unused access
   */
  readonly unusedAfter?: Duration;
}

/** Properties of AccessAnalysis. */
export interface AccessAnalysisProps extends AccessAnalysisOptions {
  /**
   * Adopts analyzers that are there already, and makes those that are not.
   *
   * @default - CloudFormation makes the analyzers
   */
  readonly adopter?: AccountServiceHandler;
  /**
   * Whether the analyzers outlive the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * IAM Access Analyzer in one Region: reports what the account shares with others, free of charge. One analyzer of a kind is
 * allowed per account and Region.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html
 */
export class AccessAnalysis extends Construct {
  /** Reports what is shared outside the account; none where it is adopted. */
  public readonly externalAccess?: accessanalyzer.CfnAnalyzer;
  /** Reports what nobody uses; none unless asked for, or where it is adopted. */
  public readonly unusedAccess?: accessanalyzer.CfnAnalyzer;

  /**
   * @throws InvalidUnusedAfter when `unusedAfter` is not 1 to 365 whole days
   */
  public constructor(scope: Construct, id: string, props: AccessAnalysisProps = {}) {
    super(scope, id);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    const unusedAccessAge = props.unusedAfter && this.wholeDays(props.unusedAfter);
    if (props.adopter) {
      this.adopt(props.adopter, unusedAccessAge);
      return;
    }
    this.externalAccess = new accessanalyzer.CfnAnalyzer(this, 'ExternalAccess', { type: 'ACCOUNT' });
    keepOn(this.externalAccess, dataProtection);
    if (unusedAccessAge !== undefined) {
      this.unusedAccess = new accessanalyzer.CfnAnalyzer(this, 'UnusedAccess', {
        type: 'ACCOUNT_UNUSED_ACCESS',
        analyzerConfiguration: { unusedAccessConfiguration: { unusedAccessAge } },
      });
      keepOn(this.unusedAccess, dataProtection);
    }
  }

  private adopt(adopter: AccountServiceHandler, UnusedAccessAge: number | undefined): void {
    adopter._ask(this, 'AdoptedAnalyzers', {
      service: 'AccessAnalyzer',
      desired: {
        Analyzers: [
          { Name: 'external-access', Type: 'ACCOUNT' },
          ...(UnusedAccessAge === undefined
            ? []
            : [{ Name: 'unused-access', Type: 'ACCOUNT_UNUSED_ACCESS', UnusedAccessAge }]),
        ],
      },
      actions: ['access-analyzer:ListAnalyzers', 'access-analyzer:CreateAnalyzer'],
      serviceLinkedRoles: ['access-analyzer.amazonaws.com'],
    });
  }

  private wholeDays(unusedAfter: Duration): number {
    const days = unusedAfter.isUnresolved() ? Number.NaN : unusedAfter.toDays({ integral: false });
    if (!(Number.isInteger(days) && days >= 1 && days <= 365)) {
      const got = unusedAfter.isUnresolved() ? 'a token' : unusedAfter.toHumanString();
      fail(this, 'InvalidUnusedAfter', `unusedAfter must be 1 to 365 whole days, known at synthesis, got ${got}`);
    }
    return days;
  }
}
