import type { CustomResource } from 'aws-cdk-lib';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { AccountServiceHandler } from './account-service-handler';
import { GuardDutyProtection, type RuntimeAgent } from './guard-duty';
import { InspectorScan } from './inspector';
import type { SecurityStandard } from './security-standard';

/** Standards that Security Hub CSPM checks in every account, centrally configured. */
export interface CentralConfigurationOptions {
  /** Root, organizational units or accounts that it holds for. */
  readonly targetIds: string[];
  /** The standards. */
  readonly standards: SecurityStandard[];
  /**
   * Controls that are checked nowhere, by their ids in Security Hub, for example `EC2.8`.
   *
   * @default - none
   */
  readonly disabledControls?: string[];
}

/** Properties of an OrganizationEnrollment. */
export interface OrganizationEnrollmentProps {
  /** Does it: GuardDuty, Inspector and Macie have no CloudFormation resource for it. */
  readonly adopter: AccountServiceHandler;
  /**
   * Protection plans of GuardDuty in every account.
   *
   * @default - every plan
   */
  readonly guardDutyProtections?: GuardDutyProtection[];
  /**
   * Where GuardDuty manages its runtime agent in every account. Billed per vCPU; makes endpoints in the VPCs of members.
   *
   * @default - nowhere: each account decides
   */
  readonly runtimeAgents?: RuntimeAgent[];
  /**
   * What Inspector scans in every account.
   *
   * @default - nothing: each account decides
   */
  readonly inspectorScans?: InspectorScan[];
  /**
   * Whether Macie is on in every account.
   *
   * @default false
   */
  readonly macie?: boolean;
  /**
   * Configure Security Hub CSPM centrally. In the home Region only, where the finding aggregator is. Accounts then cannot
   * configure it themselves: say `Enablement.external` in their baselines.
   *
   * @default - each account configures itself
   */
  readonly centralConfiguration?: CentralConfigurationOptions;
}

/** Inspector's names in its organization configuration. */
const SCANS: Record<InspectorScan, string> = {
  [InspectorScan.EC2]: 'ec2',
  [InspectorScan.ECR]: 'ecr',
  [InspectorScan.LAMBDA]: 'lambda',
  [InspectorScan.LAMBDA_CODE]: 'lambdaCode',
};

/**
 * Turns security services on in every account of the organization, those of today and those to come. Deploy it in the delegated
 * administrator's account, in each Region, after the baseline of that account. What members have beyond it, they keep.
 *
 * Each account pays for what is turned on in it.
 */
export class OrganizationEnrollment extends Construct {
  /** What enrolls. */
  public readonly resource: CustomResource;
  /** The policies of central configuration; none unless asked for. */
  public readonly configurationPolicy?: securityhub.CfnConfigurationPolicy;

  /**
   * @throws InvalidCentralConfiguration when it holds for nothing, or checks nothing
   */
  public constructor(scope: Construct, id: string, props: OrganizationEnrollmentProps) {
    super(scope, id);
    const { inspectorScans = [], macie = false } = props;
    this.resource = props.adopter._ask(this, 'Enrollment', {
      service: 'OrganizationEnrollment',
      desired: {
        GuardDuty: { Features: features(props) },
        ...(inspectorScans.length > 0 ? { Inspector: { Scans: inspectorScans.map((scan) => SCANS[scan]) } } : {}),
        ...(macie ? { Macie: {} } : {}),
      },
      actions: [
        'guardduty:ListDetectors',
        ...['guardduty', ...(inspectorScans.length > 0 ? ['inspector2'] : []), ...(macie ? ['macie2'] : [])].flatMap(
          (service) => [`${service}:DescribeOrganizationConfiguration`, `${service}:UpdateOrganizationConfiguration`],
        ),
        'organizations:DescribeOrganization',
        'organizations:ListAccounts',
      ],
    });
    if (props.centralConfiguration) {
      this.configurationPolicy = this.configureCentrally(props.centralConfiguration);
    }
  }

  private configureCentrally(options: CentralConfigurationOptions): securityhub.CfnConfigurationPolicy {
    const { targetIds, standards, disabledControls = [] } = options;
    const problems = new Problems(this, 'InvalidCentralConfiguration');
    problems.require(targetIds.length > 0, 'centralConfiguration holds for nothing, got no targetIds');
    problems.require(standards.length > 0, 'centralConfiguration checks nothing, got no standards');
    problems.throwIfAny();
    const organization = new securityhub.CfnOrganizationConfiguration(this, 'CentralConfiguration', {
      configurationType: 'CENTRAL',
      autoEnable: false, // both are what central configuration demands: its policies decide
      autoEnableStandards: 'NONE',
    });
    const policy = new securityhub.CfnConfigurationPolicy(this, 'ConfigurationPolicy', {
      name: 'clinical-accounts',
      description: 'What Security Hub CSPM checks in clinical accounts',
      configurationPolicy: {
        securityHub: {
          serviceEnabled: true,
          enabledStandardIdentifiers: standards.map((standard) => standard.arnIn(this)),
          // A list of enabled controls would turn off every control to come
          securityControlsConfiguration: { disabledSecurityControlIdentifiers: disabledControls },
        },
      },
    });
    policy.addResourceDependency(organization);
    for (const targetId of targetIds) {
      const association = new securityhub.CfnPolicyAssociation(this, `Association-${targetId}`, {
        configurationPolicyId: policy.attrId,
        targetId,
        targetType: targetType(targetId),
      });
      association.addResourceDependency(policy);
    }
    return policy;
  }
}

function targetType(targetId: string): string {
  if (targetId.startsWith('r-')) return 'ROOT';
  return targetId.startsWith('ou-') ? 'ORGANIZATIONAL_UNIT' : 'ACCOUNT';
}

function features({ guardDutyProtections, runtimeAgents = [] }: OrganizationEnrollmentProps): object[] {
  const plans = guardDutyProtections ?? Object.values(GuardDutyProtection);
  const runtime = {
    Name: 'RUNTIME_MONITORING',
    AutoEnable: 'ALL',
    AdditionalConfiguration: runtimeAgents.map((agent) => ({ Name: agent, AutoEnable: 'ALL' })),
  };
  return [...plans.map((Name) => ({ Name, AutoEnable: 'ALL' })), ...(runtimeAgents.length > 0 ? [runtime] : [])];
}
