import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Paths of what exists once per account and Region, by app, kind, account and Region. */
const KNOWN = new WeakMap<IConstruct, Map<string, string>>();

/** The path of another of this kind in the same account and Region; where there is none, this one is remembered. */
export function otherInRegion(scope: IConstruct, kind: string, region: string): string | undefined {
  const { account } = Stack.of(scope);
  // Stacks whose account is only known at deployment may well go to different accounts.
  const where = Token.isUnresolved(account) ? Stack.of(scope).node.path : account;
  const key = [kind, where, region].join('/');
  const known = KNOWN.get(scope.node.root) ?? new Map<string, string>();
  const other = known.get(key);
  if (other === undefined) {
    KNOWN.set(scope.node.root, known.set(key, scope.node.path));
  }
  return other;
}
