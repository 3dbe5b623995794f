import { Stack, Token, Validations } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import { ManagedRulesWaf, type WafTarget } from './private/managed-rules-waf';
import { knownToDiffer, regionOfArn } from './private/regional-arn';

/**
 * Each checker asks every ten seconds, and one address may check more than one name.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
 */
const FEWEST_REQUESTS = 100;

/** Options of a web ACL with the rules that AWS manages. */
export interface ManagedRulesOptions {
  /**
   * Requests that one address may make in five minutes, 100 to 2,000,000,000. A hospital usually reaches the system from one
   * address: count its peak before setting this. AWS WAF takes 10 and more, but a health checker of Route 53 makes about 30, and one
   * that is blocked sends users to the other Region.
   *
   * @default - unlimited
   */
  readonly rateLimit?: number;
  /**
   * Managed rules that only count what they match, by name.
   *
   * @default - SizeRestrictions_BODY, CrossSiteScripting_BODY and SQLi_BODY: FHIR resources are larger than 8 KB, carry an
   * XHTML narrative, and carry free text, which those rules would block
   */
  readonly countedRules?: string[];
}

/** Options of having no web ACL. */
export interface NoWafOptions {
  /** Why none is needed, for example `reachable from the hospital network only, behind its own inspection`. */
  readonly reason: string;
}

/** The web application firewall in front of an ingress. */
export class Waf {
  /**
   * A web ACL with AWS managed rules (IP reputation, common rules, known bad inputs, SQL injection) and a log, encrypted and
   * without authorization headers, cookies and query strings, because FHIR searches name patients in them.
   *
   * Costs a monthly fee for the ACL and each rule, and one for every million requests.
   *
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
   * @throws InvalidWaf when the rate limit is out of range
   */
  public static managedRules(options: ManagedRulesOptions = {}): Waf {
    const { rateLimit } = options;
    const problems = new Problems(undefined, 'InvalidWaf');
    problems.require(
      rateLimit === undefined || (rateLimit >= FEWEST_REQUESTS && rateLimit <= 2_000_000_000),
      `rateLimit must be ${FEWEST_REQUESTS} to 2000000000 requests in five minutes, so that health checkers, which make 30, are let in, got ${rateLimit}`,
    );
    problems.throwIfAny();
    return new Waf((scope, target) => {
      new ManagedRulesWaf(scope, 'Waf', {
        ...target,
        rateLimit,
        countedRules: options.countedRules ?? ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'SQLi_BODY'],
      });
    });
  }

  /**
   * Web ACLs that exist, with whatever logging they have: one for each Region the system runs in.
   *
   * @throws InvalidWaf when none is given
   */
  public static existing(...webAclArns: string[]): Waf {
    if (webAclArns.length === 0) {
      fail(undefined, 'InvalidWaf', 'Waf.existing needs the ARN of a web ACL in each Region of the system, got none');
    }
    return new Waf((scope, target) => {
      new wafv2.CfnWebACLAssociation(scope, 'WafAssociation', {
        resourceArn: target.resourceArn,
        webAclArn: aclOfRegion(scope, webAclArns),
      });
    });
  }

  /**
   * No web ACL, for a reason that is written into the validation report.
   *
   * @throws InvalidWaf when the reason is empty
   */
  public static none(options: NoWafOptions): Waf {
    if (options.reason.trim() === '') {
      fail(undefined, 'InvalidWaf', 'Waf.none needs the reason why no web ACL is needed, got an empty string');
    }
    return new Waf((scope) => {
      // the reason is the user's, so it stands in no catalogue of ours
      Validations.of(scope).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-ALBWAFEnabled', reason: options.reason });
    });
  }

  private constructor(private readonly attach: (scope: Construct, target: WafTarget) => void) {}

  /** @internal */
  public _bind(scope: Construct, target: WafTarget): void {
    this.attach(scope, target);
  }
}

function aclOfRegion(scope: Construct, webAclArns: string[]): string {
  const { region } = Stack.of(scope);
  const usable = webAclArns.filter((arn) => !knownToDiffer(regionOfArn(arn), region));
  if (usable.length !== 1) {
    fail(
      scope,
      'WafInOtherRegion',
      `exactly one of the web ACLs must be in ${Token.isUnresolved(region) ? 'the Region of the stack' : region}, got ${webAclArns.join(', ')}`,
    );
  }
  return usable[0];
}
