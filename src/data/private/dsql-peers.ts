import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail, type Problems } from '../../core/private/fail';
import type { DsqlMultiRegion } from '../aurora-dsql-database';

/**
 * Regions of which two can be peers and a third their witness.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-auroradsql.html
 */
const REGION_GROUPS = [
  ['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'ca-west-1'],
  ['eu-central-1', 'eu-north-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1'],
];

/** https://docs.aws.amazon.com/aurora-dsql/latest/APIReference/API_MultiRegionProperties.html */
const CLUSTER_ARN = /^arn:aws:dsql:([a-z0-9-]{1,20}):(\d{12}):cluster\/[a-z0-9]{26}$/;

/** What can be told before any Region is known. */
export function requirePeers(problems: Problems, { witnessRegion, clusterArns }: DsqlMultiRegion): void {
  problems.require(
    !Token.isUnresolved(witnessRegion) && groupOf(witnessRegion) !== undefined,
    `witnessRegion must be the name of a Region of ${groups()}, got ${witnessRegion}`,
  );
  if (clusterArns === undefined) {
    return;
  }
  const peers = clusterArns.map((arn) => (Token.isUnresolved(arn) ? null : CLUSTER_ARN.exec(arn)));
  const [regions, accounts] = [1, 2].map((group) => new Set(peers.flatMap((peer) => peer?.[group] ?? [])));
  problems.require(
    peers.length === 2 && peers.every((peer) => peer !== null) && regions.size === 2 && accounts.size === 1,
    `clusterArns must be the ARNs of two clusters, written out, in two Regions of one account, got ${JSON.stringify(clusterArns)}; leave it out until both are deployed`,
  );
  problems.require(
    !regions.has(witnessRegion),
    `the witness must be in a third Region, got ${witnessRegion} for it and for a cluster`,
  );
}

/** @throws InvalidDsqlRegions when these are not two peers and a witness */
export function requireRegionsAgree(scope: Construct, multiRegion: DsqlMultiRegion, peers: string[]): void {
  const { witnessRegion, clusterArns } = multiRegion;
  const regions = [...peers, witnessRegion];
  const group = groupOf(witnessRegion) ?? [];
  if (new Set(regions).size < regions.length || !regions.every((region) => group.includes(region))) {
    fail(
      scope,
      'InvalidDsqlRegions',
      `the clusters of a database on Amazon Aurora DSQL and its witness must be in different Regions of ${groups()}; got ${regions.join(', ')}`,
    );
  }
  const named = (clusterArns ?? []).map((arn) => CLUSTER_ARN.exec(arn)?.[1] ?? '');
  const missing = named.length > 0 ? peers.filter((region) => !named.includes(region)) : [];
  if (missing.length > 0) {
    fail(
      scope,
      'InvalidDsqlRegions',
      `clusterArns names clusters in ${named.join(' and ')}, but none in ${missing.join(', ')}; take the ARNs from the outputs DsqlClusterArn`,
    );
  }
}

/** @throws InvalidDsqlRegions when the ARNs are of another account */
export function requireAccountAgrees(scope: Construct, { clusterArns }: DsqlMultiRegion): void {
  const { account } = Stack.of(scope);
  const named = CLUSTER_ARN.exec(clusterArns?.[0] ?? '')?.[2];
  if (named && !Token.isUnresolved(account) && named !== account) {
    fail(scope, 'InvalidDsqlRegions', `clusterArns names clusters of account ${named}, got a stack of ${account}`);
  }
}

function groupOf(region: string): string[] | undefined {
  return REGION_GROUPS.find((group) => group.includes(region));
}

function groups(): string {
  return REGION_GROUPS.map((group) => group.join(', ')).join('; or of ');
}
