import { ActivePassiveCompute, type ActivePassiveComputeProps } from './active-passive-compute';
import type { ICompute } from './compute-ref';
import { FargateCompute, type FargateComputeProps } from './fargate-compute';

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

  private constructor() {}
}
