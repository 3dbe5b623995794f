import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { allowLogGroup } from './private/log-group-key';

/** What Route 53 Resolver DNS Firewall does with a query that looks like an attack. */
export enum DnsFirewallAction {
  /** Answer it, and log that it looked like one. */
  ALERT = 'ALERT',
  /** Answer that there is no such thing. */
  BLOCK = 'BLOCK',
}

/** Properties of a DnsProtection. */
export interface DnsProtectionProps {
  /** The VPC whose queries are logged; of this account and Region. */
  readonly vpc: ec2.IVpc;
  /** The key that encrypts the logs; a symmetric key of this Region. */
  readonly encryptionKey: kms.IKey;
  /**
   * How long queries are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: logs.RetentionDays;
  /**
   * What becomes of queries for generated domain names and of data that is smuggled out in queries, as far as AWS is confident.
   * Billed per million queries. While the firewall is impaired, queries of the VPC are not answered, unless that is set
   * otherwise outside of CloudFormation: weigh that for a clinical system.
   *
   * @default - no firewall
   */
  readonly firewall?: DnsFirewallAction;
  /**
   * Whether the logs outlive the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Who in a VPC asked for which name: where malware calls home, its queries show. Billed as ingestion of CloudWatch Logs, which
 * in a busy VPC is the price to watch.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs.html
 */
export class DnsProtection extends Construct {
  /** Where queries are logged. */
  public readonly logGroup: logs.LogGroup;
  /** What is logged where. */
  public readonly queryLogging: resolver.CfnResolverQueryLoggingConfig;
  /** Rules for queries; none unless asked for. */
  public readonly firewallRules?: resolver.CfnFirewallRuleGroup;

  public constructor(scope: Construct, id: string, props: DnsProtectionProps) {
    super(scope, id);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    allowLogGroup(this, props.encryptionKey);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.encryptionKey,
      retention: props.retention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy: dataProtection.removalPolicy,
    });
    const delivery = this.allowDelivery();
    this.queryLogging = new resolver.CfnResolverQueryLoggingConfig(this, 'QueryLogging', {
      destinationArn: this.logGroup.logGroupArn,
    });
    this.queryLogging.addResourceDependency(delivery);
    new resolver.CfnResolverQueryLoggingConfigAssociation(this, 'Association', {
      resolverQueryLogConfigId: this.queryLogging.attrId,
      resourceId: props.vpc.vpcId,
    });
    if (props.firewall) {
      this.firewallRules = this.filter(props.vpc, props.firewall);
    }
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html */
  private allowDelivery(): logs.CfnResourcePolicy {
    const stack = Stack.of(this);
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: this.logGroup.logGroupArn,
          Condition: {
            StringEquals: { 'aws:SourceAccount': stack.account },
            ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
          },
        },
      ],
    };
    return new logs.CfnResourcePolicy(this, 'DeliveryPolicy', {
      policyName: `${this.node.addr}-dns`,
      policyDocument: stack.toJsonString(policy),
    });
  }

  private filter(vpc: ec2.IVpc, action: DnsFirewallAction): resolver.CfnFirewallRuleGroup {
    const threats = ['DGA', 'DNS_TUNNELING'];
    const rules = new resolver.CfnFirewallRuleGroup(this, 'Firewall', {
      firewallRules: threats.map((dnsThreatProtection, index) => ({
        action,
        blockResponse: action === DnsFirewallAction.BLOCK ? 'NODATA' : undefined,
        dnsThreatProtection,
        confidenceThreshold: 'HIGH',
        priority: index + 1,
      })),
    });
    new resolver.CfnFirewallRuleGroupAssociation(this, 'FirewallAssociation', {
      firewallRuleGroupId: rules.attrId,
      vpcId: vpc.vpcId,
      priority: 101, // 100 and less are the organization's
      mutationProtection: 'DISABLED',
    });
    return rules;
  }
}
