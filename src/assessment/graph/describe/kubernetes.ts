import { booleanOf, type Resource, textOf, unknown } from '../../model';
import { Component } from '../component';
import { grantedTo } from '../grants';
import type { Graph } from '../graph';
import { countOf, unitPlaces } from './compute';
import type { Describe, Family } from './describe';
import { spread } from './spread';

const nodeGroup: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'EKS node group',
    role: 'compute',
    mechanism: 'instances',
    units: () =>
      spread(
        countOf(resource.property('ScalingConfig', 'MinSize'), 1),
        graph.network.places(resource.property('Subnets')),
        {
          noun: 'node',
          graph,
          interruptible: textOf(resource.property('CapacityType')) === 'SPOT',
        },
      ),
    dependencies: () => grantedTo(resource.property('NodeRole'), graph),
    facts: () => ({
      restarts: 'anywhere',
      places: unitPlaces(graph, graph.network.places(resource.property('Subnets'))),
    }),
  });

/** Pods are described to Kubernetes, not to CloudFormation: where they may run is known, how many do is not. */
function pods(noun: string, subnets: (resource: Resource) => ReturnType<Resource['property']>): Describe {
  return (resource, graph: Graph) => {
    const places = () => graph.network.places(subnets(resource));
    return new Component({
      resource,
      noun,
      role: 'compute',
      mechanism: 'instances',
      units: () => spread(unknown('how many pods run is not in the templates'), places(), { noun: 'pod', graph }),
      facts: () => ({ restarts: 'anywhere', places: unitPlaces(graph, places()) }),
    });
  };
}

const fargateProfile = pods('EKS Fargate profile', (resource) => resource.property('Subnets'));
const autoMode = pods('EKS cluster in Auto Mode', (resource) => resource.property('ResourcesVpcConfig', 'SubnetIds'));

/** AWS runs its control plane in several zones: https://docs.aws.amazon.com/eks/latest/userguide/disaster-recovery-resiliency.html */
const cluster: Describe = (resource, graph) =>
  booleanOf(resource.property('ComputeConfig', 'Enabled')) === true ? autoMode(resource, graph) : undefined;

export const KUBERNETES: Family = {
  'AWS::EKS::Nodegroup': nodeGroup,
  'AWS::EKS::FargateProfile': fargateProfile,
  'AWS::EKS::Cluster': cluster,
};
