import { ActivePassiveCompute, type ActivePassiveComputeProps } from './active-passive-compute';
import type { ICompute } from './compute-ref';
import { Ec2FleetCompute, type Ec2FleetComputeProps } from './ec2-fleet-compute';
import { FargateCompute, type FargateComputeProps } from './fargate-compute';
import { StatefulPairCompute, type StatefulPairComputeProps } from './stateful-pair-compute';

/** Ways to run a system's application. */
export class Compute {
  /** Containers on AWS Fargate: no servers to patch, a task in each zone that does not need the others. */
  public static fargate(props: FargateComputeProps): ICompute {
    return new FargateCompute(props);
  }

  /**
   * One container on AWS Fargate, replaced in another zone when it is lost: for interface engines that cannot run twice. Its
   * recovery takes as long as a start.
   */
  public static activePassive(props: ActivePassiveComputeProps): ICompute {
    return new ActivePassiveCompute(props);
  }

  /** Linux or Windows instances in an Auto Scaling group, for applications that come as machines. */
  public static ec2Fleet(props: Ec2FleetComputeProps): ICompute {
    return new Ec2FleetCompute(props);
  }

  /**
   * Two members in two zones and an arbiter in a third, for databases and engines that replicate by themselves and have one
   * primary, such as InterSystems IRIS mirrors.
   */
  public static statefulPair(props: StatefulPairComputeProps): ICompute {
    return new StatefulPairCompute(props);
  }

  private constructor() {}
}
