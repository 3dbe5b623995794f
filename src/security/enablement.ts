import { fail } from '../core/private/fail';

/** Who turns a service on. */
export enum EnablementMode {
  /** This stack, with the service's own CloudFormation resource. */
  NATIVE = 'NATIVE',
  /** This stack, with a function that adopts what is there already. */
  ADOPT = 'ADOPT',
  /** Somebody else. */
  EXTERNAL = 'EXTERNAL',
  /** Nobody. */
  OFF = 'OFF',
}

/** Options of `Enablement.external`. */
export interface ExternalEnablementOptions {
  /**
   * Who turns the service on instead, for example `organization policy p-123, security team`. Written into the template,
   * where an auditor finds it.
   */
  readonly managedBy: string;
}

/** Options of `Enablement.off`. */
export interface OffOptions {
  /** Why nobody needs the service here. Written into the template, where an auditor finds it. */
  readonly reason: string;
}

/**
 * Who turns on a service that exists once per account and Region. CloudFormation cannot create such a service a second
 * time, so somebody must own it.
 */
export class Enablement {
  /**
   * This stack turns the service on, with the service's own CloudFormation resource, and keeps it on when the stack is
   * deleted. For accounts in which it is not on yet: where it is, the deployment fails and rolls back: use `adopt`.
   *
   * A service that was kept is still on, so deploying a deleted stack again fails the same way: import the resource
   * (`cdk import`), or say `adopt`.
   */
  public static cloudFormation(): Enablement {
    return new Enablement(EnablementMode.NATIVE, undefined);
  }

  /**
   * This stack turns the service on, with a Lambda function that first looks whether it is on already: what is there is
   * adopted and gets what it lacks, and nothing it has is turned off. For accounts with a history, and for stacks that are
   * deleted and deployed again. Deleting the stack turns nothing off.
   *
   * Members of an organization whose administrator decides are told apart from failures: the output of the service then
   * reads `MANAGED_ELSEWHERE`. CloudFormation sees no drift of what is adopted.
   */
  public static adopt(): Enablement {
    return new Enablement(EnablementMode.ADOPT, undefined);
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

  /**
   * Nobody turns the service on. Where it is on already, it stays on.
   *
   * @throws MissingReason when the reason is empty
   */
  public static off(options: OffOptions): Enablement {
    if (options.reason.trim() === '') {
      fail(undefined, 'MissingReason', 'reason must say why nobody needs the service, got an empty string');
    }
    return new Enablement(EnablementMode.OFF, undefined, options.reason);
  }

  private constructor(
    /** Who turns the service on. */
    public readonly mode: EnablementMode,
    /** Who does so instead, if it is not this stack. */
    public readonly managedBy: string | undefined,
    /** Why nobody does, if so. */
    public readonly offReason?: string,
  ) {}
}
