import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { fail } from '../../core/private/fail';
import type { INetworkTargets } from '../compute-ref';
import { CONTAINER_NAME } from './fargate-task';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html */
const TARGET_GROUPS_PER_SERVICE = 5;

/** What load balancers send to an ECS service: each target group counts, because Amazon ECS fills only five of them. */
export class ServiceTargets implements INetworkTargets, elbv2.IApplicationLoadBalancerTarget {
  private readonly targetGroups: string[] = [];

  public constructor(
    private readonly service: ecs.FargateService,
    private readonly ports: number[],
    private readonly shifts = false,
  ) {}

  public forPort(port: number): elbv2.INetworkLoadBalancerTarget {
    if (!this.ports.includes(port)) {
      fail(
        this.service,
        'PortNotListened',
        `the application does not listen on port ${port}, only on ${this.ports.join(', ')}; add it to additionalPorts of Compute.fargate`,
      );
    }
    this.refuseShifts('a Network Load Balancer');
    return {
      attachToNetworkTargetGroup: (targetGroup) => {
        this.count(targetGroup);
        return this.service
          .loadBalancerTarget({ containerName: CONTAINER_NAME, containerPort: port })
          .attachToNetworkTargetGroup(targetGroup);
      },
    };
  }

  public attachToApplicationTargetGroup(targetGroup: elbv2.IApplicationTargetGroup): elbv2.LoadBalancerTargetProps {
    this.refuseShifts('one target group');
    this.count(targetGroup);
    return this.service.attachToApplicationTargetGroup(targetGroup);
  }

  /** A feed keeps its connection to the former version for as long as it likes, so nothing would move. */
  private refuseShifts(front: string): void {
    if (this.shifts) {
      fail(
        this.service,
        'DeploymentsNotSupported',
        `deployments that move requests take one Ingress.https and nothing else, and the application is also behind ${front}; use Deployments.rolling(), or run a second system for the feeds`,
      );
    }
  }

  private count(targetGroup: elbv2.ITargetGroup): void {
    this.targetGroups.push(targetGroup.node.path);
    if (this.targetGroups.length > TARGET_GROUPS_PER_SERVICE) {
      fail(
        this.service,
        'TooManyTargetGroups',
        `Amazon ECS registers a service with ${TARGET_GROUPS_PER_SERVICE} target groups, and every port of every ingress is one, got ${this.targetGroups.join(', ')}; let several feeds share a port, or run a second system for the rest`,
      );
    }
  }
}
