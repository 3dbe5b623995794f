import type { IConstruct } from 'constructs';

/**
 * Stop, in the user's words.
 *
 * @param scope the construct the user was configuring; left out for value classes, which have no path
 * @param code  stable, PascalCase name of the mistake
 * @param message lower case, no final period: what is wrong, the value received, what to do
 */
export function fail(scope: IConstruct | undefined, code: string, message: string): never {
  const where = scope ? `${code} at ${scope.node.path}` : code;
  const error = new Error(`${message} [${where}]`);
  error.name = code;
  throw error;
}

/** Collects related mistakes, so that a user mends them all at once. */
export class Problems {
  private readonly messages: string[] = [];

  public constructor(
    private readonly scope: IConstruct | undefined,
    private readonly code: string,
  ) {}

  /** Note a mistake unless the condition holds. */
  public require(condition: boolean, message: string): void {
    if (!condition) {
      this.messages.push(message);
    }
  }

  /** Stop if anything was noted. */
  public throwIfAny(): void {
    if (this.messages.length > 0) {
      fail(this.scope, this.code, this.messages.join('; '));
    }
  }
}
