import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';
import { partitionSupport } from './partition-support';

/**
 * Regions without a service, as far as CloudFormation knows it there: from the validation rules of aws-cdk-lib 2.276, against which
 * test/contract/security-partitions holds every Region. A Region that is not listed is taken to have it.
 */
const REGIONS_WITHOUT: Record<string, string[] | undefined> = {
  detective: [
    ...[
      'ap-east-2',
      'ap-northeast-3',
      'ap-south-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
    ],
    ...['ap-southeast-7', 'ca-west-1', 'cn-north-1', 'cn-northwest-1', 'eu-central-2', 'eu-south-2', 'me-central-1'],
    'mx-central-1',
  ],
  macie: [
    ...[
      'ap-east-2',
      'ap-south-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
    ],
    ...['ca-west-1', 'cn-north-1', 'cn-northwest-1', 'eu-central-2', 'eu-south-2', 'me-central-1', 'mx-central-1'],
    ...['us-gov-east-1', 'us-gov-west-1'],
  ],
  securityHub: ['ap-east-2', 'ap-southeast-6'],
};

/** Regions that accounts opt into: https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation-enable.html */
const REGIONS_THAT_CANNOT_COLLECT = [
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
  ...['ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-1', 'eu-south-2', 'il-central-1'],
  ...['me-central-1', 'me-south-1', 'mx-central-1'],
];

/** Why a Region has no such service; nothing where it has. */
export function notOffered(scope: IConstruct, region: string, service: string): string | undefined {
  if (service === 'securityHub' && !partitionSupport(scope, region).unifiedSecurityHub) {
    return 'not documented for this partition';
  }
  return REGIONS_WITHOUT[service]?.includes(region) ? `AWS does not offer it in ${region}` : undefined;
}

/** Refuse to collect findings where AWS cannot. */
export function requireCollecting(scope: IConstruct, region: string, linkedRegions: string[]): void {
  if (linkedRegions.length > 0 && REGIONS_THAT_CANNOT_COLLECT.includes(region)) {
    fail(
      scope,
      'NotOfferedInRegion',
      `findings of ${linkedRegions.join(', ')} cannot be collected in ${region}, which accounts opt into; make a Region the home that every account has`,
    );
  }
}
