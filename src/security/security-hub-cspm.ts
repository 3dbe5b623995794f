import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import { keepOn } from './private/singleton';
import { SecurityStandard } from './security-standard';

/** What to choose about Security Hub CSPM. */
export interface SecurityHubCspmOptions {
  /**
   * The standards to check against, none for a hub that only collects findings. Billed per security check.
   *
   * @default - AWS Foundational Security Best Practices, CIS 5.0.0 and NIST 800-53 r5
   */
  readonly standards?: SecurityStandard[];
}

/** Properties of SecurityHubCspm. */
export interface SecurityHubCspmProps extends SecurityHubCspmOptions {
  /**
   * Regions whose findings are collected in this one. Only one Region of an account can collect.
   *
   * @default - none
   */
  readonly linkedRegions?: string[];
  /**
   * Whether the hub and its standards outlive the stack. Findings of a hub that was turned off are lost after 90 days.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * AWS Security Hub CSPM in one Region: checks resources against standards and collects findings. It needs AWS Config.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/what-is-securityhub.html
 */
export class SecurityHubCspm extends Construct {
  /** The hub. */
  public readonly hub: securityhub.CfnHub;
  /** The standards, in the order they are turned on. */
  public readonly standards: securityhub.CfnStandard[];
  /** Collects the findings of the linked Regions; none without linked Regions. */
  public readonly findingAggregator?: securityhub.CfnFindingAggregator;

  /**
   * @throws DuplicateStandard when a standard is listed twice
   */
  public constructor(scope: Construct, id: string, props: SecurityHubCspmProps = {}) {
    super(scope, id);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.hub = new securityhub.CfnHub(this, 'Hub', {
      autoEnableControls: true,
      controlFindingGenerator: 'SECURITY_CONTROL', // one finding per control, not one per standard
      // Left out, the service turns on CIS 1.2.0 and its own best practices, and the Standard below then fails.
      enableDefaultStandards: false,
    });
    keepOn(this.hub, dataProtection);
    this.standards = this.enable(props.standards ?? defaultStandards(), dataProtection);
    this.findingAggregator = this.collectFrom(props.linkedRegions ?? [], dataProtection);
  }

  /** One after the other: the service refuses a standard while another one is being turned on. */
  private enable(standards: SecurityStandard[], dataProtection: DataProtection): securityhub.CfnStandard[] {
    const enabled: securityhub.CfnStandard[] = [];
    for (const standard of standards) {
      const id = `Standard-${standard.identifier.replace(/[^A-Za-z0-9]/g, '-')}`;
      if (this.node.tryFindChild(id)) {
        fail(this, 'DuplicateStandard', `standard ${standard.identifier} is listed twice; list it once`);
      }
      const resource = new securityhub.CfnStandard(this, id, { standardsArn: standard.arnIn(this) });
      resource.addResourceDependency(enabled.at(-1) ?? this.hub);
      keepOn(resource, dataProtection);
      enabled.push(resource);
    }
    return enabled;
  }

  private collectFrom(regions: string[], dataProtection: DataProtection): securityhub.CfnFindingAggregator | undefined {
    if (regions.length === 0) {
      return undefined;
    }
    const aggregator = new securityhub.CfnFindingAggregator(this, 'FindingAggregator', {
      regionLinkingMode: 'SPECIFIED_REGIONS',
      regions,
    });
    aggregator.addResourceDependency(this.hub);
    keepOn(aggregator, dataProtection);
    return aggregator;
  }
}

function defaultStandards(): SecurityStandard[] {
  return [SecurityStandard.AWS_FOUNDATIONAL_1_0_0, SecurityStandard.CIS_5_0_0, SecurityStandard.NIST_800_53_R5];
}
