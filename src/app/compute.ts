import type { ICompute } from './compute-ref';
import { FargateCompute, type FargateComputeProps } from './fargate-compute';

/** Ways to run a system's application. */
export class Compute {
  /** Containers on AWS Fargate: no servers to patch, a task in each zone that does not need the others. */
  public static fargate(props: FargateComputeProps): ICompute {
    return new FargateCompute(props);
  }

  private constructor() {}
}
