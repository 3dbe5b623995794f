import { ArnFormat, Fn, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { DataProtection } from '../../core';
import { LogDestination } from './log-destination';

/** What a web ACL protects. */
export interface WafTarget {
  readonly resourceArn: string;
  readonly systemName: string;
  readonly dataProtection: DataProtection;
}

/** Properties of a ManagedRulesWaf. */
export interface ManagedRulesWafProps extends WafTarget {
  readonly rateLimit?: number;
  readonly countedRules: string[];
}

/**
 * Rule groups in the order they are asked, with the rules each is made of that can only count. 1125 of the 1500 capacity
 * units that come without extra charge.
 */
const RULE_GROUPS = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
];

/** A web ACL with rules that AWS keeps current, associated and logged in the stack of what it protects. */
export class ManagedRulesWaf extends Construct {
  public readonly webAcl: wafv2.CfnWebACL;

  public constructor(scope: Construct, id: string, props: ManagedRulesWafProps) {
    super(scope, id);
    this.webAcl = new wafv2.CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(props.systemName),
      rules: [...managedRules(props.countedRules), ...rateRule(RULE_GROUPS.length, props.rateLimit)],
    });
    new wafv2.CfnWebACLAssociation(this, 'Association', {
      resourceArn: props.resourceArn,
      webAclArn: this.webAcl.attrArn,
    });
    this.log(props);
  }

  private log(props: ManagedRulesWafProps): void {
    const stack = Stack.of(this);
    // the prefix is a condition of AWS WAF; the stack's own id keeps the name free for the next stack when this log is retained
    const stackId = Fn.select(2, Fn.split('/', stack.stackId));
    const { logGroup } = new LogDestination(this, 'Logs', {
      contents: `the web ACL log of ${props.systemName}`,
      logGroupName: `aws-waf-logs-${props.systemName}-${this.node.addr.slice(-6)}-${stackId}`,
      retention: logs.RetentionDays.ONE_YEAR,
      dataProtection: props.dataProtection,
    });
    new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAcl.attrArn,
      // without the ":*" that GetAtt returns: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
      logDestinationConfigs: [
        stack.formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: logGroup.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: [
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
        { queryString: {} },
      ],
    });
  }
}

function managedRules(countedRules: string[]): wafv2.CfnWebACL.RuleProperty[] {
  return RULE_GROUPS.map((name, priority) => ({
    name,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: visibility(name),
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        // a rule that a group does not contain is ignored
        ruleActionOverrides: countedRules.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
  }));
}

function rateRule(priority: number, limit: number | undefined): wafv2.CfnWebACL.RuleProperty[] {
  if (limit === undefined) {
    return [];
  }
  return [
    {
      name: 'RateLimit',
      priority,
      action: { block: {} },
      visibilityConfig: visibility('RateLimit'),
      statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: 300 } },
    },
  ];
}

/** Sampled requests would show query strings in the console. */
function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
