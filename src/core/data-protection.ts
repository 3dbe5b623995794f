import { RemovalPolicy } from 'aws-cdk-lib';
import { fail } from './private/fail';

/** What destroying data takes. */
export interface DestroyWithStackOptions {
  /**
   * Why it is right that this data is lost with the stack, for example `sandbox with synthetic patients`. Written into the
   * template.
   */
  readonly acknowledgeDataLoss: string;
}

/** What becomes of data when its stack, or its construct, is removed. */
export class DataProtection {
  /** Keep it: deletion protection on, every stateful resource retained. The default everywhere. */
  public static retain(): DataProtection {
    return new DataProtection(undefined);
  }

  /**
   * Destroy it with the stack, and leave deletion protection off. For sandboxes only.
   *
   * @throws MissingReason when the acknowledgement is empty
   */
  public static destroyWithStack(options: DestroyWithStackOptions): DataProtection {
    if (options.acknowledgeDataLoss.trim() === '') {
      fail(undefined, 'MissingReason', 'acknowledgeDataLoss must say why this data may be lost, got an empty string');
    }
    return new DataProtection(options.acknowledgeDataLoss);
  }

  private constructor(
    /** Why the data may be lost, if it may. */
    public readonly acknowledgedLoss: string | undefined,
  ) {}

  /** Whether the data outlives its stack. */
  public get retained(): boolean {
    return this.acknowledgedLoss === undefined;
  }

  /** The removal policy for stateful resources. */
  public get removalPolicy(): RemovalPolicy {
    return this.retained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }

  /**
   * The removal policy for what has a name that cannot be given twice, and nothing that forbids to delete it: kept as all else is, but
   * for a first deployment that fails, after which it is empty and would be in the way of the next one.
   *
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
   *
   * @internal
   */
  public get _removalPolicyOfNamed(): RemovalPolicy {
    return this.retained ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
  }
}
