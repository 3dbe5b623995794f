import { type Assembly, type Resource, referencesIn } from '../../model';

/** Where each type says which bucket takes its logs. */
const LOGS: Record<string, string> = {
  'AWS::CloudTrail::Trail': 'S3BucketName',
  'AWS::Config::DeliveryChannel': 'S3BucketName',
  'AWS::EC2::FlowLog': 'LogDestination',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'LoadBalancerAttributes',
  'AWS::GuardDuty::PublishingDestination': 'DestinationProperties',
  'AWS::S3::Bucket': 'LoggingConfiguration',
  'AWS::Synthetics::Canary': 'ArtifactS3Location',
};

const logBucketsIn = new WeakMap<Assembly, Set<Resource>>();

/** Whether a bucket takes the logs of something else: evidence, not records that care is given from. */
export function isLogBucket(bucket: Resource, assembly: Assembly): boolean {
  let buckets = logBucketsIn.get(assembly);
  if (!buckets) {
    const writers = assembly.resourcesOf(...Object.keys(LOGS));
    buckets = new Set(writers.flatMap((w) => referencesIn(w.property(LOGS[w.type]))).map(({ resource }) => resource));
    logBucketsIn.set(assembly, buckets);
  }
  return buckets.has(bucket);
}
