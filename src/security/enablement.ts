import { fail } from '../core/private/fail';

/** Who turns a service on. */
export enum EnablementMode {
  /** This stack, with the service's own CloudFormation resource. */
  NATIVE = 'NATIVE',
  /** Somebody else. */
  EXTERNAL = 'EXTERNAL',
}

/** Options of `Enablement.external`. */
export interface ExternalEnablementOptions {
  /**
   * Who turns the service on instead, for example `organization policy p-123, security team`. Written into the template,
   * where an auditor finds it.
   */
  readonly managedBy: string;
}

/**
 * Who turns on a service that exists once per account and Region. CloudFormation cannot create such a service a second
 * time, so somebody must own it.
 */
export class Enablement {
  /**
   * This stack turns the service on, with the service's own CloudFormation resource, and keeps it on when the stack is
   * deleted. For accounts in which it is not on yet: where it is, the deployment fails and rolls back.
   *
   * A service that was kept is still on, so deploying a deleted stack again fails the same way: import the resource
   * (`cdk import`), or say `external`.
   */
  public static cloudFormation(): Enablement {
    return new Enablement(EnablementMode.NATIVE, undefined);
  }

  /**
   * Somebody else turns the service on: an organization's administrator, Control Tower, another stack. Nothing is created
   * for it here.
   *
   * @throws MissingReason when `managedBy` is empty
   */
  public static external(options: ExternalEnablementOptions): Enablement {
    if (options.managedBy.trim() === '') {
      fail(undefined, 'MissingReason', 'managedBy must say who turns the service on instead, got an empty string');
    }
    return new Enablement(EnablementMode.EXTERNAL, options.managedBy);
  }

  private constructor(
    /** Who turns the service on. */
    public readonly mode: EnablementMode,
    /** Who does so instead, if it is not this stack. */
    public readonly managedBy: string | undefined,
  ) {}
}
