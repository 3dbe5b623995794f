import { Construct } from 'constructs';
import type { MultiAzClinicalApp } from '../../app';
import { type DrStrategy, DrStrategyName } from '../../core';
import { fail, Problems } from '../../core/private/fail';
import type { CrossRegionDr } from '../cross-region-dr';
import type { RegionDepartureCommands } from '../failover-ref';

/** Whether both Regions serve all the time. */
export function isActiveActive({ strategyName }: DrStrategy): boolean {
  return strategyName === DrStrategyName.ACTIVE_ACTIVE;
}

/**
 * Why a system cannot serve from both Regions: stores that take writes in one only. Tables and documents are not among them.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html
 * https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html
 */
export function activeActiveRefusals({
  database,
  documents,
  files,
  cache,
  compute,
  tables,
}: MultiAzClinicalApp): string[] {
  const shares = Object.keys(files);
  const alone = Object.entries(tables).flatMap(([name, { replication }]) => (replication ? [] : [name]));
  const stores: [boolean, string][] = [
    [
      database !== undefined && !database.replication?.writesInBoth,
      'the database takes writes in one Region: an Aurora global database has one writer, write forwarding carries the writes of the other Region there and stops with it, for users of both until somebody decides to promote, and replicas of Amazon RDS only read; keep records in Database.auroraDsql() with a multiRegion, or in tables, such as TableStore.dynamoDb(), or use DrStrategy.hotStandby(), with writeForwarding where the application bears it',
    ],
    [
      documents !== undefined && documents.replication?.encryptionKeyAlias === undefined,
      'the documents would be replicated one way at most: their store does not replicate, or tells no alias of its key, by which they come back; use one that does, such as DocumentStore.s3(), or DrStrategy.hotStandby()',
    ],
    [
      shares.length > 0,
      `the file shares ${shares.join(', ')} take writes in one Region: a replica of Amazon EFS or Amazon FSx only reads; keep what they hold in tables, or use another strategy`,
    ],
    [
      cache !== undefined,
      'the cache of a Region is not told what is written in the other, so it would answer with old records as long as an entry lives, and a global datastore of Amazon ElastiCache takes writes in one Region; leave it out, keep sessions in a table, or use DrStrategy.hotStandby()',
    ],
    [
      (compute.backupResources ?? []).length > 0,
      'the compute keeps data on disks of its own, which nothing here replicates; keep it in tables, or let its engine replicate it and give the other Region a system of its own',
    ],
    [
      alone.length > 0,
      `the tables ${alone.join(', ')} take writes in one Region, because their store cannot add a replica; use one that can, such as TableStore.dynamoDb()`,
    ],
  ];
  return stores.flatMap(([refused, reason]) => (refused ? [`ACTIVE_ACTIVE cannot be had: ${reason}`] : []));
}

/**
 * Send users to both Regions. Each of them has to be able to do without the other. While nothing runs in one, the records of the other are
 * what they will be, because Route 53 keeps no latency records beside failover records of the same name.
 *
 * @throws ActiveActiveNotPossible naming everything in which the Regions differ
 */
export function serveBoth(dr: CrossRegionDr): RegionDepartureCommands | undefined {
  if (!isActiveActive(dr.strategy)) {
    return undefined;
  }
  const { failover, primary, recoveryRegion } = dr;
  if (!failover.activeRouting) {
    fail(
      dr,
      'ActiveActiveNotRouted',
      'ACTIVE_ACTIVE sends users to both Regions at once, and this failover to one of them; use Failover.dns(), or DrStrategy.hotStandby()',
    );
  }
  if (dr._waits) {
    for (const { routing } of primary.ingress) {
      routing?.serveNearestUsers();
    }
    return undefined;
  }
  const { recovery } = dr;
  const problems = new Problems(dr, 'ActiveActiveNotPossible');
  const [names, theirs] = [routedNames(primary), routedNames(recovery)];
  problems.require(
    names === theirs,
    `users must find the same names in both Regions, and health checkers must reach them alike, got ${names} in the primary Region and ${theirs} in ${recoveryRegion}; leave recovery: { ingress } out, or give it the same domain names and hosted zones`,
  );
  const [asked, given] = [primary.compute.capacity, recovery.compute.capacity];
  problems.require(
    asked.unit !== given.unit || given.peak >= asked.peak,
    `each Region must carry the whole peak, got a peak of ${given.peak} ${given.unit}(s) in ${recoveryRegion} and of ${asked.peak} in the primary Region; leave recovery: { compute } out, or make it as large`,
  );
  problems.throwIfAny();
  return failover.activeRouting.serveBoth({
    recoveryRoutes: recovery.ingress.flatMap(({ routing }) => (routing ? [routing] : [])),
    recoveryScope: new Construct(dr, 'Departure'),
    primaryNotifications: primary.notifications,
  });
}

/** For example `portal.example.org:443 (on the internet)`. */
function routedNames({ ingress }: MultiAzClinicalApp): string {
  return ingress
    .flatMap(({ routing, entryPoint }) =>
      routing
        ? [`${entryPoint.address}:${entryPoint.port}${routing.reachableFromInternet ? ' (on the internet)' : ''}`]
        : [],
    )
    .join(', ');
}
