import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail, Problems } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import { OmissionCause, type OmittedService } from './omitted-service';
import { type PartitionSupport, partitionSupport } from './private/partition-support';
import { keepOn } from './private/singleton';

/** Protection plans of GuardDuty that are on by default. */
export enum GuardDutyProtection {
  /** Data events of S3. */
  S3_DATA_EVENTS = 'S3_DATA_EVENTS',
  /** Audit logs of EKS clusters. */
  EKS_AUDIT_LOGS = 'EKS_AUDIT_LOGS',
  /** Scans of EBS volumes when a finding points at an instance. */
  EBS_MALWARE_PROTECTION = 'EBS_MALWARE_PROTECTION',
  /** Sign-ins to RDS and Aurora. */
  RDS_LOGIN_EVENTS = 'RDS_LOGIN_EVENTS',
  /** Network activity of Lambda functions. */
  LAMBDA_NETWORK_LOGS = 'LAMBDA_NETWORK_LOGS',
}

/** Where GuardDuty installs and updates its Runtime Monitoring agent by itself. */
export enum RuntimeAgent {
  /** Tasks on Fargate. Tasks that run already get it with the next deployment of their service. */
  ECS_FARGATE = 'ECS_FARGATE_AGENT_MANAGEMENT',
  /** Instances that Systems Manager manages. */
  EC2 = 'EC2_AGENT_MANAGEMENT',
  /** Clusters of EKS. */
  EKS = 'EKS_ADDON_MANAGEMENT',
}

/** A protection plan that stays off, and why. */
export interface DisabledProtection {
  /** The plan. */
  readonly protection: GuardDutyProtection;
  /** Why it is off. Written into the template. */
  readonly reason: string;
}

/** What to choose about GuardDuty. */
export interface GuardDutyOptions {
  /**
   * Where GuardDuty manages its runtime agent. An empty list turns Runtime Monitoring off. Billed per vCPU that is
   * monitored. In each VPC it watches, GuardDuty makes an interface endpoint and a security group, which must be removed
   * before the VPC can be deleted. Not offered in China.
   *
   * @default [RuntimeAgent.ECS_FARGATE]
   */
  readonly runtimeAgents?: RuntimeAgent[];
  /**
   * Plans to leave off, for cost or because something else covers them.
   *
   * @default - every plan is on
   */
  readonly disabledProtections?: DisabledProtection[];
  /**
   * Whether to watch the use of Amazon Bedrock and SageMaker AI. Commercial Regions only.
   *
   * @default false
   */
  readonly aiProtection?: boolean;
}

/** Properties of GuardDuty. */
export interface GuardDutyProps extends GuardDutyOptions {
  /**
   * Whether the detector, and with it every finding, outlives the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Amazon GuardDuty in one Region, with every feature named: CloudFormation turns on whatever a template leaves out.
 *
 * Never on: `AI_ANALYST`, whose investigations may process data in another Region, and `EKS_RUNTIME_MONITORING`, which
 * Runtime Monitoring replaces.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
export class GuardDuty extends Construct {
  /** The detector. */
  public readonly detector: guardduty.CfnDetector;
  /** Features that are off, and why. */
  public readonly omitted: OmittedService[];

  /**
   * @throws RegionMustBeKnown when the Region is only known at deployment
   * @throws UnsupportedPartition outside the commercial, GovCloud (US) and China partitions
   * @throws NotOfferedInPartition when a feature is asked for that the partition lacks
   * @throws MissingReason when a plan is off without a reason
   */
  public constructor(scope: Construct, id: string, props: GuardDutyProps = {}) {
    super(scope, id);
    const region = knownRegion(this, 'which features of GuardDuty exist depends on it');
    const support = partitionSupport(this, region);
    const agents = this.chooseAgents(props.runtimeAgents, support, region);
    const disabled = props.disabledProtections ?? [];
    this.validate(props, support, region);
    this.omitted = omissions(disabled, agents, support);
    this.detector = new guardduty.CfnDetector(this, 'Detector', {
      enable: true,
      // How often a finding that recurs is sent again. The service's own default is six hours.
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      features: [
        ...Object.values(GuardDutyProtection).map((name) =>
          feature(name, !disabled.some((d) => d.protection === name)),
        ),
        ...(support.runtimeMonitoring ? [runtimeMonitoring(agents)] : []),
        ...(support.guardDutyAi
          ? [feature('AI_PROTECTION', props.aiProtection ?? false), feature('AI_ANALYST', false)]
          : []),
      ],
    });
    keepOn(this.detector, props.dataProtection ?? DataProtection.retain());
  }

  private chooseAgents(asked: RuntimeAgent[] | undefined, support: PartitionSupport, region: string): RuntimeAgent[] {
    if (support.runtimeMonitoring) {
      return asked ?? [RuntimeAgent.ECS_FARGATE];
    }
    if (asked && asked.length > 0) {
      fail(
        this,
        'NotOfferedInPartition',
        `Runtime Monitoring is not offered in ${region}, got runtimeAgents ${asked.join(', ')}; leave runtimeAgents out`,
      );
    }
    return [];
  }

  private validate(props: GuardDutyProps, support: PartitionSupport, region: string): void {
    if (props.aiProtection && !support.guardDutyAi) {
      fail(this, 'NotOfferedInPartition', `aiProtection is not offered in ${region}, got true; leave it out`);
    }
    const problems = new Problems(this, 'MissingReason');
    for (const { protection, reason } of props.disabledProtections ?? []) {
      problems.require(reason.trim() !== '', `say why ${protection} is off, got an empty reason`);
    }
    problems.throwIfAny();
  }
}

function feature(name: string, on: boolean): guardduty.CfnDetector.CFNFeatureConfigurationProperty {
  return { name, status: on ? 'ENABLED' : 'DISABLED' };
}

function runtimeMonitoring(agents: RuntimeAgent[]): guardduty.CfnDetector.CFNFeatureConfigurationProperty {
  return {
    ...feature('RUNTIME_MONITORING', agents.length > 0),
    additionalConfiguration: Object.values(RuntimeAgent).map((agent) => feature(agent, agents.includes(agent))),
  };
}

function omissions(
  disabled: DisabledProtection[],
  agents: RuntimeAgent[],
  support: PartitionSupport,
): OmittedService[] {
  const off = (name: string, reason: string, cause = OmissionCause.TURNED_OFF): OmittedService => ({
    service: `Amazon GuardDuty ${name}`,
    cause,
    reason,
  });
  const runtimeReason = support.runtimeMonitoring
    ? off('RUNTIME_MONITORING', 'runtimeAgents is empty')
    : off('RUNTIME_MONITORING', 'not supported in the China Regions', OmissionCause.NOT_OFFERED);
  return [
    ...disabled.map(({ protection, reason }) => off(protection, reason)),
    ...(agents.length === 0 ? [runtimeReason] : []),
    support.guardDutyAi
      ? off('AI_ANALYST', 'a preview whose investigations may process data in another Region')
      : off('AI_PROTECTION and AI_ANALYST', 'not documented for this partition', OmissionCause.NOT_OFFERED),
    off('RDS_DATA_RISK', 'which feature carries it in a template is not documented'),
  ];
}
