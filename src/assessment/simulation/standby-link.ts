import type { Component, Graph } from '../graph';
import { identityOf, itemsOf, type Resource, referencesIn, textOf } from '../model';
import { NONE } from '../recovery';
import type { EntryPoint } from '../systems';
import type { Impact } from './impact';
import { label } from './simulation';

/** What lets the internet, or another network of AWS, in to a load balancer that is internal itself. */
const FRONTS = [
  'AWS::ApiGateway::VpcLink',
  'AWS::ApiGatewayV2::Integration',
  'AWS::CloudFront::VpcOrigin',
  'AWS::EC2::VPCEndpointService',
  'AWS::GlobalAccelerator::EndpointGroup',
];

/** What leads out of a VPC over private addresses. */
const WAYS_OUT = [
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::NetworkManager::VpcAttachment',
];

/**
 * A hospital that comes in over private links only does not reach a Region in which none of them ends: the standby runs, and nobody can
 * work with it.
 */
export function missingLink(entry: EntryPoint, other: Component, graph: Graph, lost: string): Impact[] {
  const { component } = entry;
  const ends = (region: string | undefined) =>
    graph.links.some(({ gateways }) => gateways.some((gateway) => gateway.region === region));
  const { region } = other;
  if (region === undefined || !isPrivate(component, graph) || !ends(component.region) || ends(region)) {
    return [];
  }
  const reason = `no link to the hospital ends in ${region}, and it is reached over private links only`;
  const impact: Impact = {
    root: other,
    chain: [lost, `${label(other)} answers instead`, reason],
    recovery: { steps: [], rpo: NONE, fix: `end links to the hospital in ${region} too` },
  };
  const open = undeclared(entry) ?? wayOutOf(other, graph);
  return [open === undefined ? { ...impact, blocked: reason } : { ...impact, undecided: open }];
}

/** Other systems use internal load balancers too. */
function undeclared({ name, component }: EntryPoint): string | undefined {
  return name === component.path
    ? `whether the hospital comes in at ${name} is not declared among the entry points of a system`
    : undefined;
}

function isPrivate({ role, resource }: Component, graph: Graph): boolean {
  return (
    role === 'entry' &&
    textOf(resource.property('Scheme')) === 'internal' &&
    !graph.assembly.resourcesOf(...FRONTS).some((front) => refersTo(front, resource, graph))
  );
}

/** Straight, or by one of its listeners. */
function refersTo(front: Resource, balancer: Resource, graph: Graph): boolean {
  const listeners = graph.referring('AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn', balancer);
  return referencesIn(front.property()).some(({ resource }) => resource === balancer || listeners.includes(resource));
}

/** Why something may lead from the hospital to the other VPC all the same: templates that are not here, or the other end of a way out. */
function wayOutOf({ resource }: Component, graph: Graph): string | undefined {
  const subnets = ['Subnets', 'SubnetMappings'].flatMap((key) => itemsOf(resource.property(key)));
  const vpcs = subnets
    .flatMap((subnet) => referencesIn(subnet))
    .map((reference) => reference.resource.property('VpcId'));
  const known = vpcs.filter((vpc) => vpc.kind === 'reference');
  if (known.length === 0 || known.length < subnets.length) {
    return `the network of ${resource.path} is not in the templates`;
  }
  const ids = new Set(known.map(identityOf));
  const out = graph.assembly
    .resourcesOf(...WAYS_OUT)
    .find((way) => ['VpcId', 'VpcArn', 'PeerVpcId'].some((key) => mayBe(way, key, ids)));
  return out && `where ${out.path} leads to is not in the templates`;
}

function mayBe(way: Resource, key: string, ids: ReadonlySet<string | undefined>): boolean {
  const internet = way.property('InternetGatewayId').kind !== 'absent';
  const value = way.property(key);
  return (
    !internet &&
    (ids.has(identityOf(value)) || referencesIn(value).some((reference) => ids.has(`@${reference.resource.id}.Ref`)))
  );
}
