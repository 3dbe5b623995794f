import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { fail } from '../../core/private/fail';
import type { INetworkTargets } from '../compute-ref';

/** What load balancers send to an Auto Scaling group: every instance, on the port of the target group. */
export class GroupTargets implements INetworkTargets, elbv2.IApplicationLoadBalancerTarget {
  public constructor(
    private readonly group: autoscaling.AutoScalingGroup,
    private readonly ports: number[],
  ) {}

  public forPort(port: number): elbv2.INetworkLoadBalancerTarget {
    if (!this.ports.includes(port)) {
      fail(
        this.group,
        'PortNotListened',
        `the application does not listen on port ${port}, only on ${this.ports.join(', ')}; add it to additionalPorts`,
      );
    }
    return this.group;
  }

  public attachToApplicationTargetGroup(targetGroup: elbv2.IApplicationTargetGroup): elbv2.LoadBalancerTargetProps {
    return this.group.attachToApplicationTargetGroup(targetGroup);
  }
}
