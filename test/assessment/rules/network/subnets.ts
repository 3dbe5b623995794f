type Properties = Record<string, unknown>;

export interface Definition {
  readonly Type: string;
  readonly Properties?: Properties;
}

/** A resource of a template; what is undefined is left out. */
export function resource(type: string, properties: Properties = {}): Definition {
  return { Type: type, Properties: JSON.parse(JSON.stringify(properties)) };
}

export function ref(logicalId: string): unknown {
  return { Ref: logicalId };
}

export function arn(logicalId: string): unknown {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] };
}

/** A subnet of `Vpc` in a zone by its place among the zones of the Region. */
export function subnet(slot: number, more: Properties = {}): Definition {
  return resource('AWS::EC2::Subnet', {
    VpcId: ref('Vpc'),
    AvailabilityZone: { 'Fn::Select': [slot, { 'Fn::GetAZs': '' }] },
    ...more,
  });
}

/** Subnets `A` and `AToo` of one zone and `B` of another, parameters `P` and `Ps` without a value, and what else is given. */
export function templateOf(resources: Record<string, Definition>): Record<string, unknown> {
  return {
    Parameters: { P: { Type: 'String' }, Ps: { Type: 'CommaDelimitedList' } },
    Resources: {
      Vpc: resource('AWS::EC2::VPC'),
      A: subnet(0),
      AToo: subnet(0),
      B: subnet(1),
      ...resources,
    },
  };
}
