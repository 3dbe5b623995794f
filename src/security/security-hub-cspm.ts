import { type CustomResource, Stack } from 'aws-cdk-lib';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail, Problems } from '../core/private/fail';
import type { AccountServiceHandler } from './account-service-handler';
import type { FindingAutomation } from './finding-automation';
import { requireCollecting } from './private/region-support';
import { keepOn } from './private/singleton';
import { SecurityStandard } from './security-standard';

/** A control of a standard that is not checked, and why. */
export interface DisabledControl {
  /** The standard. The same control in another standard is still checked. */
  readonly standard: SecurityStandard;
  /** The control as this standard calls it, for example `EC2.8`; the CIS benchmarks count theirs, for example `1.14`. */
  readonly control: string;
  /** Why it is not checked. At most 2048 characters; Security Hub shows it. */
  readonly reason: string;
}

/** What to choose about Security Hub CSPM. */
export interface SecurityHubCspmOptions {
  /**
   * The standards to check against, none for a hub that only collects findings. Billed per security check.
   *
   * @default - AWS Foundational Security Best Practices, CIS 5.0.0 and NIST 800-53 r5
   */
  readonly standards?: SecurityStandard[];
  /**
   * Controls that are not checked, because something else covers them or the risk is accepted. At most 100 of a standard.
   * Saves the checks.
   *
   * @default - every control of every standard
   */
  readonly disabledControls?: DisabledControl[];
  /**
   * What to change about findings as they come in, in this order, before anybody is told. Used in the home Region only, and
   * only in the administrator's account of an organization. Free of charge.
   *
   * @default - findings stay as they are
   */
  readonly automations?: FindingAutomation[];
}

/** Properties of SecurityHubCspm. */
export interface SecurityHubCspmProps extends SecurityHubCspmOptions {
  /**
   * Adopts a hub that is there already, and turns on what it lacks, instead of making one.
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
  /** The hub; none where it is adopted. */
  public readonly hub?: securityhub.CfnHub;
  /** The standards, in the order they are turned on; none where the hub is adopted. */
  public readonly standards: securityhub.CfnStandard[];
  /** Collects the findings of the linked Regions; none without linked Regions, or where the hub is adopted. */
  public readonly findingAggregator?: securityhub.CfnFindingAggregator;

  /** What changes findings as they come in. */
  public readonly automationRules: securityhub.CfnAutomationRule[];

  /**
   * @throws NotOfferedInRegion when findings are to be collected in a Region that cannot
   * @throws DuplicateStandard when a standard is listed twice
   * @throws InvalidDisabledControl when a control has no reason, is listed twice, or belongs to a standard that is not on
   * @throws DisabledControlsOfAdoptedHub when controls are to be turned off in a hub that is adopted
   */
  public constructor(scope: Construct, id: string, props: SecurityHubCspmProps = {}) {
    super(scope, id);
    const { adopter, linkedRegions = [], standards = defaultStandards(), disabledControls = [] } = props;
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.validate(standards, disabledControls, adopter);
    requireCollecting(this, Stack.of(this).region, linkedRegions);
    const hub = adopter ? this.adopt(adopter, standards, linkedRegions) : this.create(dataProtection);
    this.standards = [];
    if (!adopter) {
      this.hub = hub as securityhub.CfnHub;
      this.standards = this.enable(this.hub, standards, disabledControls, dataProtection);
      this.findingAggregator = this.collectFrom(this.hub, linkedRegions, dataProtection);
    }
    this.automationRules = (props.automations ?? []).map((automation, index) => {
      const rule = automation._render(this, index + 1);
      rule.node.addDependency(hub);
      return rule;
    });
  }

  private validate(standards: SecurityStandard[], disabled: DisabledControl[], adopter?: AccountServiceHandler): void {
    const names = standards.map(({ identifier }) => identifier);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) {
      fail(this, 'DuplicateStandard', `standard ${twice} is listed twice; list it once`);
    }
    if (adopter && disabled.length > 0) {
      fail(
        this,
        'DisabledControlsOfAdoptedHub',
        `adopting only ever raises, got ${disabled.length} disabledControls; turn them off by hand, or let CloudFormation make the hub`,
      );
    }
    const problems = new Problems(this, 'InvalidDisabledControl');
    const controls = disabled.map(({ standard, control }) => `${standard.identifier} ${control}`);
    for (const { standard, control, reason } of disabled) {
      problems.require(
        names.includes(standard.identifier),
        `${control} belongs to ${standard.identifier}, which is not among the standards`,
      );
      problems.require(
        reason.trim() !== '',
        `say why ${control} of ${standard.identifier} is not checked, got no reason`,
      );
    }
    problems.require(new Set(controls).size === controls.length, `a control is listed twice: ${controls.join(', ')}`);
    for (const name of names) {
      const count = disabled.filter(({ standard }) => standard.identifier === name).length;
      problems.require(
        count <= 100,
        `CloudFormation disables at most 100 controls of a standard, got ${count} of ${name}`,
      );
    }
    problems.throwIfAny();
  }

  private create(dataProtection: DataProtection): securityhub.CfnHub {
    const hub = new securityhub.CfnHub(this, 'Hub', {
      autoEnableControls: true,
      controlFindingGenerator: 'SECURITY_CONTROL', // one finding per control, not one per standard
      // Left out, the service turns on CIS 1.2.0 and its own best practices, and the Standard below then fails.
      enableDefaultStandards: false,
    });
    keepOn(hub, dataProtection);
    return hub;
  }

  private adopt(
    adopter: AccountServiceHandler,
    standards: SecurityStandard[],
    linkedRegions: string[],
  ): CustomResource {
    const actions = [
      ...['DescribeHub', 'EnableSecurityHub', 'UpdateSecurityHubConfiguration', 'GetEnabledStandards'],
      ...['BatchEnableStandards', 'ListFindingAggregators', 'GetFindingAggregator', 'CreateFindingAggregator'],
      'UpdateFindingAggregator',
    ];
    return adopter._ask(this, 'AdoptedHub', {
      service: 'SecurityHubCspm',
      desired: { StandardsArns: standards.map((standard) => standard.arnIn(this)), LinkedRegions: linkedRegions },
      actions: actions.map((action) => `securityhub:${action}`),
      serviceLinkedRoles: ['securityhub.amazonaws.com'],
    });
  }

  /** One after the other: the service refuses a standard while another one is being turned on. */
  private enable(
    hub: securityhub.CfnHub,
    standards: SecurityStandard[],
    disabledControls: DisabledControl[],
    dataProtection: DataProtection,
  ): securityhub.CfnStandard[] {
    const enabled: securityhub.CfnStandard[] = [];
    for (const standard of standards) {
      const disabled = disabledControls.filter((control) => control.standard.identifier === standard.identifier);
      const resource = new securityhub.CfnStandard(
        this,
        `Standard-${standard.identifier.replace(/[^A-Za-z0-9]/g, '-')}`,
        {
          standardsArn: standard.arnIn(this),
          disabledStandardsControls:
            disabled.length === 0
              ? undefined
              : disabled.map(({ control, reason }) => ({
                  standardsControlArn: standard.controlArnIn(this, control),
                  reason,
                })),
        },
      );
      resource.addResourceDependency(enabled.at(-1) ?? hub);
      keepOn(resource, dataProtection);
      enabled.push(resource);
    }
    return enabled;
  }

  private collectFrom(
    hub: securityhub.CfnHub,
    regions: string[],
    dataProtection: DataProtection,
  ): securityhub.CfnFindingAggregator | undefined {
    if (regions.length === 0) {
      return undefined;
    }
    const aggregator = new securityhub.CfnFindingAggregator(this, 'FindingAggregator', {
      regionLinkingMode: 'SPECIFIED_REGIONS',
      regions,
    });
    aggregator.addResourceDependency(hub);
    keepOn(aggregator, dataProtection);
    return aggregator;
  }
}

function defaultStandards(): SecurityStandard[] {
  return [SecurityStandard.AWS_FOUNDATIONAL_1_0_0, SecurityStandard.CIS_5_0_0, SecurityStandard.NIST_800_53_R5];
}
