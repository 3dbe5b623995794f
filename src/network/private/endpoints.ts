import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { APPLICATION } from './zone-blocks';

/** One security group for all interface endpoints: HTTPS from the VPC, nothing else. */
export function endpointSecurityGroup(scope: Construct, vpc: ec2.IVpc, cidr: string): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'EndpointSecurityGroup', {
    vpc,
    description: 'VPC endpoints: HTTPS from the VPC only',
    allowAllOutbound: false,
  });
  // the literal range: cdk-nag cannot read an attribute of the VPC
  group.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'HTTPS from the VPC');
  return group;
}

/** An endpoint with an interface in every zone, so that no zone's calls to AWS cross another. */
export function interfaceEndpoint(
  scope: Construct,
  vpc: ec2.IVpc,
  service: ec2.InterfaceVpcEndpointAwsService,
  securityGroup: ec2.ISecurityGroup,
): ec2.InterfaceVpcEndpoint {
  const endpoint = new ec2.InterfaceVpcEndpoint(scope, `${pascalCase(service.shortName)}Endpoint`, {
    vpc,
    service,
    subnets: { subnetGroupName: APPLICATION },
    securityGroups: [securityGroup],
    open: false,
  });
  if (service.shortName.startsWith('guardduty-data')) {
    onlyThisAccount(endpoint);
  }
  return endpoint;
}

/** A gateway endpoint for the route tables of the application subnets. */
export function gatewayEndpoint(
  scope: Construct,
  id: string,
  vpc: ec2.IVpc,
  service: ec2.GatewayVpcEndpointAwsService,
): ec2.GatewayVpcEndpoint {
  return new ec2.GatewayVpcEndpoint(scope, id, { vpc, service, subnets: [{ subnetGroupName: APPLICATION }] });
}

/** The policy GuardDuty asks for: https://docs.aws.amazon.com/guardduty/latest/ug/eksrunmon-prereq-deploy-security-agent.html */
function onlyThisAccount(endpoint: ec2.InterfaceVpcEndpoint): void {
  const all = { principals: [new iam.AnyPrincipal()], actions: ['*'], resources: ['*'] };
  endpoint.addToPolicy(new iam.PolicyStatement(all));
  endpoint.addToPolicy(
    new iam.PolicyStatement({
      ...all,
      effect: iam.Effect.DENY,
      conditions: { StringNotEquals: { 'aws:PrincipalAccount': Stack.of(endpoint).account } },
    }),
  );
}

function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
