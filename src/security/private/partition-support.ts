import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';
import { partitionOf } from '../../core/private/tokens';

/** What AWS offers in a partition, as far as its documentation says so: what is not documented there counts as absent. */
export interface PartitionSupport {
  /** https://docs.amazonaws.cn/en_us/aws/latest/userguide/guardduty.html: "not supported in the China Regions". */
  readonly runtimeMonitoring: boolean;
  /** GuardDuty AI_PROTECTION and AI_ANALYST. */
  readonly guardDutyAi: boolean;
  /** https://docs.amazonaws.cn/en_us/aws/latest/userguide/guardduty.html: China has lists of addresses, and none of entities. */
  readonly entityLists: boolean;
  /** Amazon Q Developer in chat applications: CloudFormation knows it in the commercial Regions only. */
  readonly chat: boolean;
  /** The unified Security Hub (`AWS::SecurityHub::HubV2`). */
  readonly unifiedSecurityHub: boolean;
  /**
   * Where services without a Region, such as IAM, report what was done:
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
   */
  readonly globalEvents: string;
  /** Host of the management console. */
  readonly console: string;
}

const SUPPORT: Record<string, PartitionSupport | undefined> = {
  aws: {
    runtimeMonitoring: true,
    guardDutyAi: true,
    entityLists: true,
    chat: true,
    unifiedSecurityHub: true,
    globalEvents: 'us-east-1',
    console: 'console.aws.amazon.com',
  },
  'aws-us-gov': {
    runtimeMonitoring: true, // https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-guardduty.html
    guardDutyAi: false,
    entityLists: false,
    chat: false,
    unifiedSecurityHub: false,
    globalEvents: 'us-gov-west-1',
    console: 'console.amazonaws-us-gov.com',
  },
  'aws-cn': {
    runtimeMonitoring: false,
    guardDutyAi: false,
    entityLists: false,
    chat: false,
    unifiedSecurityHub: false,
    globalEvents: 'cn-north-1',
    console: 'console.amazonaws.cn',
  },
};

/** What AWS offers where a Region lies; an error for a partition this library knows too little about. */
export function partitionSupport(scope: IConstruct, region: string): PartitionSupport {
  const partition = partitionOf(region);
  return (
    SUPPORT[partition] ??
    fail(
      scope,
      'UnsupportedPartition',
      `which security services exist in partition ${partition} (Region ${region}) is not known; use a Region of ${Object.keys(SUPPORT).join(', ')}`,
    )
  );
}

/**
 * Regions that AWS Config cannot record IAM users, groups, roles and policies in.
 * https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
 */
export const REGIONS_WITHOUT_GLOBAL_RECORDING = [
  'ap-south-2',
  'ap-southeast-4',
  'ca-west-1',
  'eu-central-2',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
];
