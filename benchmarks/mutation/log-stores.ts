import { isObject, type Json, type Template } from './mutant';

/** Where logs go, and the keys and queues that serve only them: what they keep is needed for an audit, not for care. */
export function logStoresOf(template: Template): ReadonlySet<string> {
  const stores = new Set<string>();
  for (const [logicalId, { Type: type, Properties: properties = {} }] of Object.entries(template.Resources)) {
    if (type === 'AWS::Logs::LogGroup') {
      stores.add(logicalId);
    }
    for (const property of DESTINATIONS[type] ?? []) {
      for (const store of referencesIn(properties[property])) stores.add(store);
    }
  }
  for (const [logicalId, { Type: type }] of Object.entries(template.Resources)) {
    const users = usersOf(logicalId, template);
    if (type === 'AWS::KMS::Key' && users.every((user) => stores.has(user) || servesLogs(user, template))) {
      stores.add(logicalId);
    }
  }
  return stores;
}

/** What sends logs, and the property that says where to. */
const DESTINATIONS: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': ['LoggingConfiguration'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerAttributes'],
  'AWS::CloudTrail::Trail': ['S3BucketName'],
  'AWS::Config::DeliveryChannel': ['S3BucketName'],
  'AWS::GuardDuty::PublishingDestination': ['DestinationProperties'],
  'AWS::Events::Rule': ['Targets'],
};

/** Types that carry notices about a system, or may use a key without keeping anything. */
const CARRIERS = /^AWS::(SNS|SQS|IAM|CloudTrail|Logs|Events|Config|WAFv2)::|^AWS::S3::BucketPolicy$/;

function servesLogs(logicalId: string, template: Template): boolean {
  return CARRIERS.test(template.Resources[logicalId].Type);
}

function usersOf(logicalId: string, template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([user, { Properties: properties = {} }]) =>
    user !== logicalId && referencesIn(properties).includes(logicalId) ? [user] : [],
  );
}

function referencesIn(json: Json | undefined): string[] {
  if (Array.isArray(json)) {
    return json.flatMap(referencesIn);
  }
  if (!isObject(json)) {
    return [];
  }
  const { Ref: reference, 'Fn::GetAtt': attribute } = json;
  const own = typeof reference === 'string' ? [reference] : Array.isArray(attribute) ? [String(attribute[0])] : [];
  return [...own, ...Object.values(json).flatMap(referencesIn)];
}
