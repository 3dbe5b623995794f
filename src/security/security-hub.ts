import type { CustomResource } from 'aws-cdk-lib';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import type { AccountServiceHandler } from './account-service-handler';
import { notOffered, requireCollecting } from './private/region-support';
import { keepOn } from './private/singleton';
import type { TicketConnector } from './ticket-connector';

/** What to choose about the unified Security Hub. */
export interface SecurityHubOptions {
  /**
   * Where tickets for critical and high findings are opened. Used in the home Region only. Billed by the ticket system only.
   *
   * @default - no tickets
   */
  readonly tickets?: TicketConnector;
}

/** Properties of SecurityHub. */
export interface SecurityHubProps extends SecurityHubOptions {
  /**
   * Adopts a hub that is there already instead of making one.
   *
   * @default - CloudFormation makes the hub
   */
  readonly adopter?: AccountServiceHandler;
  /**
   * Regions whose findings are collected in this one. Only one Region of an account can collect.
   *
   * @default - none
   */
  readonly linkedRegions?: string[];
  /**
   * Whether the hub outlives the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * The unified AWS Security Hub in one Region, which correlates the findings of GuardDuty, Security Hub CSPM and others into
 * exposures. It stands beside Security Hub CSPM, and does not replace it.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/what-is-securityhub-v2.html
 */
export class SecurityHub extends Construct {
  /** The hub; none where it is adopted. */
  public readonly hub?: securityhub.CfnHubV2;
  /** What opens tickets; none unless asked for. */
  public readonly connector?: securityhub.CfnConnectorV2;
  /** Which findings get a ticket; none unless asked for. */
  public readonly ticketRule?: securityhub.CfnAutomationRuleV2;
  /** Collects the findings of the linked Regions; none without linked Regions, or where the hub is adopted. */
  public readonly aggregator?: securityhub.CfnAggregatorV2;

  /**
   * @throws RegionMustBeKnown when the Region is only known at deployment
   * @throws NotOfferedInPartition outside the commercial Regions, and in those few that lack it
   * @throws NotOfferedInRegion when findings are to be collected in a Region that cannot
   */
  public constructor(scope: Construct, id: string, props: SecurityHubProps = {}) {
    super(scope, id);
    const region = knownRegion(this, 'the unified Security Hub does not exist in every partition');
    const absent = notOffered(this, region, 'securityHub');
    if (absent) {
      fail(this, 'NotOfferedInPartition', `the unified Security Hub in ${region}: ${absent}; use SecurityHubCspm`);
    }
    const { adopter, tickets, linkedRegions = [] } = props;
    requireCollecting(this, region, linkedRegions);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    const hub = adopter ? this.adopt(adopter, linkedRegions) : new securityhub.CfnHubV2(this, 'Hub');
    if (!adopter) {
      this.hub = hub as securityhub.CfnHubV2;
      keepOn(this.hub, dataProtection);
      this.aggregator = this.collectFrom(this.hub, linkedRegions, dataProtection);
    }
    if (tickets) {
      this.connector = tickets._connector(this);
      this.connector.node.addDependency(hub);
      this.ticketRule = tickets._rule(this, this.connector);
    }
  }

  private adopt(adopter: AccountServiceHandler, linkedRegions: string[]): CustomResource {
    const actions = [
      ...['DescribeSecurityHubV2', 'EnableSecurityHubV2', 'ListAggregatorsV2', 'GetAggregatorV2'],
      ...['CreateAggregatorV2', 'UpdateAggregatorV2'],
    ];
    return adopter._ask(this, 'AdoptedHub', {
      service: 'SecurityHub',
      desired: { LinkedRegions: linkedRegions },
      actions: actions.map((action) => `securityhub:${action}`),
      serviceLinkedRoles: ['securityhubv2.amazonaws.com'],
    });
  }

  private collectFrom(
    hub: securityhub.CfnHubV2,
    linkedRegions: string[],
    dataProtection: DataProtection,
  ): securityhub.CfnAggregatorV2 | undefined {
    if (linkedRegions.length === 0) {
      return undefined;
    }
    const aggregator = new securityhub.CfnAggregatorV2(this, 'Aggregator', {
      regionLinkingMode: 'SPECIFIED_REGIONS',
      linkedRegions,
    });
    aggregator.addResourceDependency(hub);
    keepOn(aggregator, dataProtection);
    return aggregator;
  }
}
