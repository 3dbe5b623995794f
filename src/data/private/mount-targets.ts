import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Problems } from '../../core/private/fail';
import type { FileShareBindOptions } from '../file-share-ref';
import { zoneOf } from './share-subnets';

/** A client reaches the share through the mount target of its own zone. */
export function requireMountTargets(
  scope: Construct,
  { vpc, clientSubnets, shareName }: FileShareBindOptions,
  subnets: ec2.ISubnet[],
): void {
  const ours = subnets.map(zoneOf);
  const theirs = vpc.selectSubnets(clientSubnets).subnets.map(zoneOf);
  const known = [...ours, ...theirs].every((zone) => zone !== undefined && !Token.isUnresolved(zone));
  const missing = known ? [...new Set(theirs.filter((zone) => !ours.includes(zone)))] : [];
  const problems = new Problems(scope, 'NoMountTarget');
  problems.require(
    missing.length === 0,
    `the application runs in ${missing.join(', ')}, where the file share "${shareName}" has no mount target, because the subnets for data are in ${ours.join(', ')} only; add subnets for data there`,
  );
  problems.throwIfAny();
}
