import { ABSENT, entryOf, itemsOf, type Resource, textOf, type Value } from '../../model';

/** An attribute of a load balancer or target group, which come as a list of keys and values. */
export function attributeOf(resource: Resource, key: string): Value {
  const isGroup = resource.type === 'AWS::ElasticLoadBalancingV2::TargetGroup';
  const attributes = resource.property(isGroup ? 'TargetGroupAttributes' : 'LoadBalancerAttributes');
  if (attributes.kind === 'unknown') {
    return attributes;
  }
  const found = itemsOf(attributes).find((attribute) => textOf(entryOf(attribute, 'Key')) === key);
  const open = itemsOf(attributes).find(({ kind }) => kind === 'unknown');
  return found ? entryOf(found, 'Value') : (open ?? ABSENT);
}
