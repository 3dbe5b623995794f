import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import { partitionSupport } from './private/partition-support';
import { keepOn } from './private/singleton';

/** Properties of SecurityHub. */
export interface SecurityHubProps {
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
  /** The hub. */
  public readonly hub: securityhub.CfnHubV2;
  /** Collects the findings of the linked Regions; none without linked Regions. */
  public readonly aggregator?: securityhub.CfnAggregatorV2;

  /**
   * @throws RegionMustBeKnown when the Region is only known at deployment
   * @throws NotOfferedInPartition outside the commercial Regions
   */
  public constructor(scope: Construct, id: string, props: SecurityHubProps = {}) {
    super(scope, id);
    const region = knownRegion(this, 'the unified Security Hub does not exist in every partition');
    if (!partitionSupport(this, region).unifiedSecurityHub) {
      fail(
        this,
        'NotOfferedInPartition',
        `the unified Security Hub is not documented for ${region}; use SecurityHubCspm`,
      );
    }
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.hub = new securityhub.CfnHubV2(this, 'Hub');
    keepOn(this.hub, dataProtection);
    this.aggregator = this.collectFrom(props.linkedRegions ?? [], dataProtection);
  }

  private collectFrom(
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
    aggregator.addResourceDependency(this.hub);
    keepOn(aggregator, dataProtection);
    return aggregator;
  }
}
