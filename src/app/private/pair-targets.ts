import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { fail } from '../../core/private/fail';
import type { INetworkTargets } from '../compute-ref';
import type { MemberPair } from './member-pair';
import type { PairTelemetry } from './pair-telemetry';

/** What load balancers send to a pair: both members, of which only the primary answers the probe. */
export class PairTargets implements INetworkTargets, elbv2.IApplicationLoadBalancerTarget {
  public constructor(
    private readonly pair: MemberPair,
    private readonly telemetry: PairTelemetry,
    private readonly ports: number[],
  ) {}

  public forPort(port: number): elbv2.INetworkLoadBalancerTarget {
    if (!this.ports.includes(port)) {
      fail(
        this.telemetry,
        'PortNotListened',
        `the application does not listen on port ${port}, only on ${this.ports.join(', ')}; add it to additionalPorts`,
      );
    }
    return {
      attachToNetworkTargetGroup: (targetGroup) => {
        if (targetGroup instanceof elbv2.NetworkTargetGroup) {
          // a client that only knows the address in another zone must reach the primary as well
          targetGroup.setAttribute('load_balancing.cross_zone.enabled', 'true');
          this.telemetry.watchForTwoPrimaries('AWS/NetworkELB', targetGroup);
        }
        targetGroup.addTarget({ attachToNetworkTargetGroup: () => this.member('second') });
        return this.member('first');
      },
    };
  }

  public attachToApplicationTargetGroup(targetGroup: elbv2.IApplicationTargetGroup): elbv2.LoadBalancerTargetProps {
    if (targetGroup instanceof elbv2.ApplicationTargetGroup) {
      targetGroup.registerConnectable(this.pair.application.securityGroup);
      this.telemetry.watchForTwoPrimaries('AWS/ApplicationELB', targetGroup);
    }
    targetGroup.addTarget({ attachToApplicationTargetGroup: () => this.member('second') });
    return this.member('first');
  }

  private member(which: 'first' | 'second'): elbv2.LoadBalancerTargetProps {
    return { targetType: elbv2.TargetType.INSTANCE, targetJson: { id: this.pair[which].instance.ref } };
  }
}
