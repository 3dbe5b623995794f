import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';

/** Paths of the baselines of an app, by account and Region. */
const BASELINES = new WeakMap<IConstruct, Map<string, string>>();

/** Refuse a second baseline for an account and Region: its services could not be created twice. */
export function requireOnlyOneIn(region: string, scope: IConstruct): void {
  const { account } = Stack.of(scope);
  // Stacks whose account is only known at deployment may well go to different accounts.
  const where = Token.isUnresolved(account) ? Stack.of(scope).node.path : account;
  const known = BASELINES.get(scope.node.root) ?? new Map<string, string>();
  const other = known.get(`${where}/${region}`);
  if (other !== undefined) {
    fail(
      scope,
      'SecondBaseline',
      `${other} is already the security baseline of ${region}, and its services exist once per account and Region; use that one`,
    );
  }
  known.set(`${where}/${region}`, scope.node.path);
  BASELINES.set(scope.node.root, known);
}
