import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail, Problems } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import type { AccountServiceHandler } from './account-service-handler';
import type { GuardDutyEntityList } from './guard-duty-entity-list';
import type { GuardDutySuppression } from './guard-duty-suppression';
import { OmissionCause, type OmittedService } from './omitted-service';
import { addEntityList, addSuppressions } from './private/guard-duty-filters';
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
  /**
   * Findings that are expected, and need nobody's attention. Free of charge.
   *
   * @default - every finding needs attention
   */
  readonly suppressions?: GuardDutySuppression[];
  /**
   * Lists of addresses or domains to trust, or to warn of. Free of charge. In an organization only its administrator's
   * lists count.
   *
   * @default - AWS's own threat intelligence
   */
  readonly entityLists?: GuardDutyEntityList[];
}

/** Properties of GuardDuty. */
export interface GuardDutyProps extends GuardDutyOptions {
  /**
   * Adopts a detector that is there already, and turns on what it lacks, instead of making one.
   *
   * @default - CloudFormation makes the detector
   */
  readonly adopter?: AccountServiceHandler;
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
  /** Id of the detector. */
  public readonly detectorId: string;
  /** The detector; none where it is adopted. */
  public readonly detector?: guardduty.CfnDetector;
  /** What archives expected findings. */
  public readonly suppressions: guardduty.CfnFilter[];
  /** Features that are off, and why. */
  public readonly omitted: OmittedService[];

  /**
   * @throws RegionMustBeKnown when the Region is only known at deployment
   * @throws UnsupportedPartition outside the commercial, GovCloud (US) and China partitions
   * @throws NotOfferedInPartition when a feature is asked for that the partition lacks
   * @throws MissingReason when a plan is off without a reason
   * @throws InvalidSuppression when a suppression has no name, reason or fields, or would hide everything
   * @throws InvalidEntityList when a list has no proper name
   */
  public constructor(scope: Construct, id: string, props: GuardDutyProps = {}) {
    super(scope, id);
    const region = knownRegion(this, 'which features of GuardDuty exist depends on it');
    const support = partitionSupport(this, region);
    const agents = this.chooseAgents(props.runtimeAgents, support, region);
    const disabled = props.disabledProtections ?? [];
    this.validate(props, support, region);
    this.omitted = omissions(disabled, agents, support);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    const settings: DetectorSettings = {
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
    };
    if (props.adopter) {
      this.detectorId = this.adopt(props.adopter, settings);
    } else {
      this.detector = new guardduty.CfnDetector(this, 'Detector', { enable: true, ...settings });
      keepOn(this.detector, dataProtection);
      this.detectorId = this.detector.ref;
    }
    this.suppressions = addSuppressions(this, this.detectorId, props.suppressions ?? []);
    for (const list of props.entityLists ?? []) {
      addEntityList(this, this.detectorId, list);
    }
  }

  private adopt(adopter: AccountServiceHandler, settings: DetectorSettings): string {
    const detector = adopter._ask(this, 'AdoptedDetector', {
      service: 'GuardDuty',
      desired: {
        FindingPublishingFrequency: settings.findingPublishingFrequency,
        Features: settings.features.map(spelledForApi),
      },
      actions: ['ListDetectors', 'GetDetector', 'CreateDetector', 'UpdateDetector'].map((a) => `guardduty:${a}`),
      serviceLinkedRoles: ['guardduty.amazonaws.com', 'malware-protection.guardduty.amazonaws.com'],
    });
    return detector.getAttString('Id');
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
    const lists = props.entityLists?.length ?? 0;
    if (lists > 0 && !support.entityLists) {
      fail(this, 'NotOfferedInPartition', `entityLists is not offered in ${region}, got ${lists}; leave it out`);
    }
    const problems = new Problems(this, 'MissingReason');
    for (const { protection, reason } of props.disabledProtections ?? []) {
      problems.require(reason.trim() !== '', `say why ${protection} is off, got an empty reason`);
    }
    problems.throwIfAny();
  }
}

interface DetectorSettings {
  readonly findingPublishingFrequency: string;
  readonly features: Feature[];
}

/** CloudFormation's spelling, which the handler's template property does not get from an L1. */
function spelledForApi({ name, status, additionalConfiguration }: Feature): Record<string, unknown> {
  const agents = additionalConfiguration as
    | guardduty.CfnDetector.CFNFeatureAdditionalConfigurationProperty[]
    | undefined;
  return {
    Name: name,
    Status: status,
    AdditionalConfiguration: agents?.map((agent) => ({ Name: agent.name, Status: agent.status })),
  };
}

type Feature = guardduty.CfnDetector.CFNFeatureConfigurationProperty;

function feature(name: string, on: boolean): Feature {
  return { name, status: on ? 'ENABLED' : 'DISABLED' };
}

function runtimeMonitoring(agents: RuntimeAgent[]): Feature {
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
