import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Problems } from '../../core/private/fail';

/** The widest range one organisation has: 10.0.0.0/8. */
const WIDEST_PREFIX = 8;

/** Refuse everybody, and what comes close to it. */
export function requireNarrow(problems: Problems, sources: ec2.IPeer[]): void {
  problems.require(
    sources.length > 0,
    'sources is empty, so nobody could connect; name the address ranges of the senders',
  );
  for (const source of sources) {
    const range = rangeOf(source);
    problems.require(
      range === undefined || Token.isUnresolved(range) || Number(range.split('/')[1]) >= WIDEST_PREFIX,
      `sources must not let ${range} in, which is more than any hospital has; name the ranges senders come from, /${WIDEST_PREFIX} or narrower`,
    );
  }
}

/** Sources that exist in one Region only: prefix lists and security groups. */
export function regionalSources(sources: ec2.IPeer[]): string[] {
  return sources.filter((source) => rangeOf(source) === undefined).map(({ uniqueId }) => uniqueId);
}

function rangeOf(source: ec2.IPeer): string | undefined {
  const rule: { cidrIp?: string; cidrIpv6?: string } = source.toIngressRuleConfig();
  return rule.cidrIp ?? rule.cidrIpv6;
}
