import {
  ABSENT,
  entryOf,
  numberOf,
  type Resource,
  reasonOf,
  referencesIn,
  splitText,
  textOf,
  type Unknown,
  unknown,
  type Value,
} from '../../model';
import { DEPLOYMENT_ACCOUNT } from '../backup-plans';
import { Component, type Unit } from '../component';
import type { BackupCopy, BackupSeries, DataTraits, Replica } from '../data-traits';
import type { Graph } from '../graph';
import type { Place } from '../network';
import type { Zone } from '../placement';
import { isOn } from './compute';
import type { Describe, Family } from './describe';
import { directoriesIn } from './directories';
import { isKept } from './kept';
import { onePerZone, spread, unitIn } from './spread';

/** Automated backups restore to any moment, up to five minutes before now. */
const LATEST_RESTORABLE_SECONDS = 300;
/** The longest of 5 to 30 minutes: https://docs.aws.amazon.com/prescriptive-guidance/latest/dr-standard-edition-amazon-rds/rds-pitr-snapshot.html */
const REPLICATED_RESTORABLE_SECONDS = 1800;
/** Amazon RDS takes no shorter bound; -1, the default, is none. */
const LEAST_ENFORCED_SECONDS = 20;

/** Amazon DocumentDB and Neptune share Aurora's storage and failover. */
function cluster(noun: string, instanceType: string, groupProperty: string, groupType: string): Describe {
  return (resource, graph) => {
    const places = () => subnetsOf(resource.property(groupProperty), groupType, graph);
    const isAurora = sharesStorage(resource);
    return new Component({
      resource,
      noun: isAurora ? noun : 'Multi-AZ DB cluster',
      role: 'store',
      mechanism: isAurora ? 'aurora' : 'rds',
      units: () =>
        textOf(resource.property('EngineMode')) === 'serverless'
          ? [
              unitIn({ zone: unknown('AWS chooses the zone of Aurora Serverless v1') }, 1, {
                noun: 'database instance',
              }),
            ]
          : isAurora
            ? instancesOf(graph.referring(instanceType, 'DBClusterIdentifier', resource), places())
            : spread(3, places(), { noun: 'database instance' }),
      dependencies: () => directoriesIn(resource.property('Domain'), graph),
      facts: () => ({ automaticFailover: true, durableAcrossZones: true }),
      data: () => databaseTraits(resource, graph, [...globalReplicas(resource, graph)]),
    });
  };
}

/** Where a parameter decides the engine, the size of its instances tells: only a Multi-AZ DB cluster has one of its own. */
function sharesStorage(resource: Resource): boolean {
  const engine = textOf(resource.property('Engine'));
  return (
    resource.type !== 'AWS::RDS::DBCluster' ||
    (engine?.startsWith('aurora') ?? resource.property('DBClusterInstanceClass').kind === 'absent')
  );
}

/** Aurora spreads instances without an explicit zone over the zones of the subnet group. */
function instancesOf(instances: readonly Resource[], places: readonly Place[]): Unit[] {
  const zones = onePerZone(places);
  const taken = instances.flatMap((instance) => textOf(instance.property('AvailabilityZone')) ?? []);
  let next = 0;
  return instances.map((resource) => {
    const explicit = resource.property('AvailabilityZone');
    const traits = { noun: 'database instance', resource };
    if (explicit.kind !== 'absent') {
      return unitIn({ zone: zoneWithin(explicit, zones) }, 1, traits);
    }
    const free = zones.filter(({ zone }) => typeof zone !== 'string' || !taken.includes(zone));
    const candidates = free.length > 0 ? free : zones;
    const place = candidates[next++ % Math.max(candidates.length, 1)];
    return unitIn(
      place ?? { zone: unknown(`the subnet group of ${resource.path} is not in the templates`) },
      1,
      traits,
    );
  });
}

/** RDS refuses a zone that the subnet group does not reach. */
function zoneWithin(explicit: Value, places: readonly Place[]): Zone {
  const zone = textOf(explicit);
  const reachable = places.map((place) => place.zone);
  if (zone === undefined) {
    return unknown(reasonOf(explicit) ?? 'no zone');
  }
  const refused =
    reachable.length > 0 && reachable.every((other) => typeof other === 'string') && !reachable.includes(zone);
  return refused ? unknown(`zone ${zone} is not in its subnet group`) : zone;
}

function subnetsOf(group: Value, groupType: string, graph: Graph): Place[] {
  if (group.kind === 'reference' && group.resource.type === groupType) {
    return graph.network.places(group.resource.property('SubnetIds'));
  }
  const named = textOf(group)?.toLowerCase();
  const found = graph.assembly
    .resourcesOf(groupType)
    .find(
      (candidate) => named !== undefined && textOf(candidate.property('DBSubnetGroupName'))?.toLowerCase() === named,
    );
  if (found) {
    return graph.network.places(found.property('SubnetIds'));
  }
  return [
    { zone: unknown(reasonOf(group) ?? `subnet group ${named ?? 'of the default VPC'} is not in the templates`) },
  ];
}

function* globalReplicas(resource: Resource, graph: Graph): Iterable<Replica> {
  const own = globalIdentifier(resource, graph);
  for (const other of own === undefined
    ? []
    : graph.assembly.resourcesOf('AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster')) {
    if (other !== resource && other.type === resource.type && globalIdentifier(other, graph) === own) {
      const component = graph.component(other);
      yield {
        region: other.region ?? unknown('the Region is chosen at deployment'),
        component,
        kind: component && component.units.length === 0 ? 'aurora global without instances' : 'aurora global',
        resource: other,
        enforcedSeconds: enforcedRpo(resource),
      };
    }
  }
}

/** What `rds.global_db_rpo` of the cluster that may be lost allows, which only Aurora PostgreSQL has. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html */
function enforcedRpo(cluster: Resource): number | undefined {
  const group = cluster.property('DBClusterParameterGroupName');
  const bound =
    group.kind === 'reference' && textOf(cluster.property('Engine')) === 'aurora-postgresql'
      ? numberOf(entryOf(group.resource.property('Parameters'), 'rds.global_db_rpo'))
      : undefined;
  return bound !== undefined && bound >= LEAST_ENFORCED_SECONDS ? bound : undefined;
}

/** Members of a global cluster share its identifier; the global cluster may also name its first member as the source. */
function globalIdentifier(resource: Resource, graph: Graph): string | undefined {
  const value = resource.property('GlobalClusterIdentifier');
  if (value.kind === 'reference') {
    return textOf(value.resource.property('GlobalClusterIdentifier'))?.toLowerCase() ?? value.resource.id;
  }
  const [source] = graph.referring('AWS::RDS::GlobalCluster', 'SourceDBClusterIdentifier', resource);
  return (textOf(value) ?? (source && textOf(source.property('GlobalClusterIdentifier'))))?.toLowerCase();
}

const databaseInstance: Describe = (resource, graph) => {
  if (resource.property('DBClusterIdentifier').kind !== 'absent') {
    return undefined; // an instance of a cluster is a unit of it
  }
  if (resource.property('SourceDBInstanceIdentifier').kind !== 'absent') {
    return readReplica(resource, graph);
  }
  const multiAz = isOn(resource.property('MultiAZ'));
  return new Component({
    resource,
    noun: 'database instance',
    role: 'store',
    mechanism: 'rds',
    units: () => instanceUnits(resource, graph, multiAz),
    dependencies: () => directoriesIn(resource.property('Domain'), graph),
    facts: () => ({ automaticFailover: multiAz, restarts: 'same zone', durableAcrossZones: multiAz === true }),
    data: () => databaseTraits(resource, graph, readReplicas(resource, graph)),
  });
};

/**
 * A copy of another instance. In the same Region it can be made again from its source; in another Region it is what is left when that of
 * the source is lost, and keeps the records from then on.
 */
const readReplica: Describe = (resource, graph) => {
  const multiAz = isOn(resource.property('MultiAZ'));
  const source = sourceElsewhere(resource, graph);
  const common = { resource, noun: 'read replica', units: () => instanceUnits(resource, graph, multiAz) };
  if (!source) {
    return new Component({
      ...common,
      role: 'cache', // its records are another's
      mechanism: 'read replica',
      facts: () => ({ automaticFailover: multiAz, restarts: 'same zone' }),
    });
  }
  return new Component({
    ...common,
    role: 'store',
    mechanism: 'rds',
    dependencies: () => directoriesIn(resource.property('Domain'), graph),
    facts: () => ({ automaticFailover: multiAz, restarts: 'same zone', durableAcrossZones: multiAz === true }),
    data: () => databaseTraits(resource, graph, [source()]),
  });
};

/** The source of a read replica, where it is in another Region. */
function sourceElsewhere(replica: Resource, graph: Graph): (() => Replica) | undefined {
  const from = replica.property('SourceDBInstanceIdentifier');
  const name = instanceNamedIn(from);
  const source =
    referencesIn(from).find((reference) => reference.resource.type === replica.type)?.resource ??
    graph.assembly
      .resourcesOf(replica.type)
      .find((other) => name !== undefined && textOf(other.property('DBInstanceIdentifier')) === name);
  const region = regionIn(from) ?? source?.region;
  return region === undefined || replica.region === undefined || region === replica.region
    ? undefined
    : () => ({ region, component: source && graph.component(source), kind: 'rds source', resource: source ?? replica });
}

function instanceUnits(resource: Resource, graph: Graph, multiAz: boolean | Unknown): Unit[] {
  const places = onePerZone(subnetsOf(resource.property('DBSubnetGroupName'), 'AWS::RDS::DBSubnetGroup', graph));
  const explicit = textOf(resource.property('AvailabilityZone'));
  const first = explicit === undefined ? places[0] : { zone: explicit };
  const units = [unitIn(first, 1, { noun: 'database instance' })];
  if (multiAz === true) {
    const second = places.find(({ zone }) => zone !== first.zone);
    units.push(unitIn(second ?? first, 1, { noun: 'standby' }));
  } else if (multiAz !== false) {
    units.push(unitIn({ zone: multiAz }, 1, { noun: 'standby' }));
  }
  return units;
}

function readReplicas(resource: Resource, graph: Graph): Replica[] {
  const source = textOf(resource.property('DBInstanceIdentifier'));
  return graph.assembly
    .resourcesOf('AWS::RDS::DBInstance')
    .filter((other) => {
      const from = other.property('SourceDBInstanceIdentifier');
      const refers = referencesIn(from).some((reference) => reference.resource === resource);
      return refers || (source !== undefined && instanceNamedIn(from) === source);
    })
    .map((other) => ({
      region: other.region ?? unknown('the Region is chosen at deployment'),
      component: graph.component(other),
      kind: 'rds read replica',
      resource: other,
    }));
}

/** The name in an ARN whose account or partition may only be known at deployment, or the name itself. */
function instanceNamedIn(arn: Value): string | undefined {
  const pieces = splitText(':', arn);
  return pieces.kind === 'list' ? textOf(pieces.items[pieces.items.length - 1] ?? ABSENT) : undefined;
}

function regionIn(arn: Value): string | undefined {
  const pieces = splitText(':', arn);
  return pieces.kind === 'list' && pieces.items.length > 4 ? textOf(pieces.items[3]) : undefined;
}

function databaseTraits(resource: Resource, graph: Graph, replicas: Replica[]): DataTraits {
  return {
    deletionProtection: isOn(resource.property('DeletionProtection')),
    keptByStack: isKept(resource),
    own: ownBackups(resource),
    backups: graph.backupPlans.seriesOf(resource),
    replicas,
  };
}

function ownBackups(resource: Resource): BackupSeries[] {
  const period = resource.property('BackupRetentionPeriod');
  // a read replica is backed up if asked for: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_PromoteReadReplica.html
  const otherwise = resource.property('SourceDBInstanceIdentifier').kind === 'absent' ? 1 : 0;
  const retentionDays =
    period.kind === 'absent' ? otherwise : (numberOf(period) ?? unknown(reasonOf(period) ?? 'no number'));
  return retentionDays === 0
    ? []
    : [
        {
          resource,
          retentionDays,
          ageSeconds: LATEST_RESTORABLE_SECONDS,
          locked: false,
          copies: replicatedBackups(resource),
        },
      ];
}

/** Snapshots and logs that Amazon RDS itself sends to another Region. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html */
function replicatedBackups(resource: Resource): BackupCopy[] {
  const region = resource.property('AutomaticBackupReplicationRegion');
  return region.kind === 'absent'
    ? []
    : [
        {
          ageSeconds: REPLICATED_RESTORABLE_SECONDS,
          region: textOf(region) ?? unknown(reasonOf(region) ?? 'no Region'),
          account: resource.stack.account ?? DEPLOYMENT_ACCOUNT,
          continuous: true,
        },
      ];
}

export const DATABASES: Family = {
  'AWS::RDS::DBCluster': cluster(
    'Aurora cluster',
    'AWS::RDS::DBInstance',
    'DBSubnetGroupName',
    'AWS::RDS::DBSubnetGroup',
  ),
  'AWS::DocDB::DBCluster': cluster(
    'DocumentDB cluster',
    'AWS::DocDB::DBInstance',
    'DBSubnetGroupName',
    'AWS::DocDB::DBSubnetGroup',
  ),
  'AWS::Neptune::DBCluster': cluster(
    'Neptune cluster',
    'AWS::Neptune::DBInstance',
    'DBSubnetGroupName',
    'AWS::Neptune::DBSubnetGroup',
  ),
  'AWS::RDS::DBInstance': databaseInstance,
};
