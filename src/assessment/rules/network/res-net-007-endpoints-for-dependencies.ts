import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, textsIn } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { referrersOf } from './referrers';

/** What starts in a subnet, and the services it asks when it starts. */
const NEEDS: readonly {
  readonly type: string;
  readonly path: readonly string[];
  readonly services: readonly string[];
}[] = [
  {
    type: 'AWS::ECS::Service',
    path: ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'],
    services: ['ecr.api', 'ecr.dkr'],
  },
  { type: 'AWS::EC2::Instance', path: ['SubnetId'], services: ['ec2', 'ssm'] },
  { type: 'AWS::AutoScaling::AutoScalingGroup', path: ['VPCZoneIdentifier'], services: ['ec2', 'ssm'] },
];

export const endpointsForDependencies = defineRule({
  id: 'RES-NET-007',
  title: 'what starts in a vpc reaches the services it needs through endpoints',
  severity: 'warning',
  scope: FailureScope.CONNECTIVITY,
  why: 'without endpoints every start depends on the way to the internet, its gateways and their addresses',
  fix: 'add interface endpoints for the services named',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html',
  alsoKnownAs: [
    'SecurityHub:EC2.10',
    'SecurityHub:EC2.55',
    'SecurityHub:EC2.56',
    'SecurityHub:EC2.57',
    'Config:SERVICE_VPC_ENDPOINT_ENABLED',
  ],
  resourceTypes: ['AWS::EC2::VPC'],
  evaluate: (vpc, { assembly }) => {
    const needed = neededIn(vpc, assembly);
    const endpoints = referrersOf(vpc, assembly, 'AWS::EC2::VPCEndpoint', 'VpcId');
    const names = endpoints.certain.map((endpoint) => textsIn(endpoint.property('ServiceName')).join(''));
    const missing = needed.filter((service) => !names.some((name) => name.endsWith(`.${service}`)));
    if (needed.length === 0) {
      return NOT_APPLICABLE;
    }
    const open = endpoints.open ?? (names.includes('') ? 'the service of an endpoint is not decided' : undefined);
    return missing.length === 0
      ? PASS
      : open === undefined
        ? failed(`has no endpoint for ${missing.join(', ')}`)
        : undecided(open);
  },
});

function neededIn(vpc: Resource, assembly: Assembly): string[] {
  const subnets = referrersOf(vpc, assembly, 'AWS::EC2::Subnet', 'VpcId').certain;
  const needs = NEEDS.filter(({ type, path }) =>
    subnets.some((subnet) => referrersOf(subnet, assembly, type, ...path).certain.length > 0),
  );
  return [...new Set(needs.flatMap(({ services }) => services))];
}
