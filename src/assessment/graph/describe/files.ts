import { entryOf, itemsOf, numberOf, type Resource, reasonOf, referencesIn, textOf, unknown } from '../../model';
import { Component } from '../component';
import type { BackupSeries, DataTraits, Replica } from '../data-traits';
import type { Graph } from '../graph';
import type { Describe, Family } from './describe';
import { directoriesIn } from './directories';
import { isKept } from './kept';
import { onePerZone, spread, unitIn } from './spread';

const DAY = 86_400;

const elasticFileSystem: Describe = (resource, graph) => {
  const oneZone = resource.property('AvailabilityZoneName');
  return new Component({
    resource,
    noun: 'file system',
    role: 'store',
    mechanism: 'efs',
    units: () =>
      oneZone.kind === 'absent'
        ? mountTargets(resource, graph)
        : [
            unitIn({ zone: textOf(oneZone) ?? unknown(reasonOf(oneZone) ?? 'no zone') }, 1, {
              noun: 'One Zone storage',
            }),
          ],
    facts: () => ({ durableAcrossZones: oneZone.kind === 'absent' }),
    data: () => ({
      deletionProtection: 'absent',
      keptByStack: isKept(resource),
      own: textOf(resource.property('BackupPolicy', 'Status')) === 'ENABLED' ? [daily(resource, 35)] : [],
      backups: graph.backupPlans.seriesOf(resource),
      replicas: itemsOf(resource.property('ReplicationConfiguration', 'Destinations')).map(
        (destination): Replica => ({
          region: textOf(entryOf(destination, 'Region')) ?? unknown('the Region of the replica is not decided'),
          kind: 'efs',
          resource,
        }),
      ),
    }),
  });
};

function mountTargets(resource: Resource, graph: Graph) {
  const targets = graph.referring('AWS::EFS::MountTarget', 'FileSystemId', resource);
  const places = targets.flatMap((target) => graph.network.places(target.property('SubnetId')));
  return onePerZone(places).map((place) => unitIn(place, 1, { noun: 'mount target' }));
}

const CONFIGURATIONS = ['OntapConfiguration', 'WindowsConfiguration', 'OpenZFSConfiguration', 'LustreConfiguration'];

const fsx: Describe = (resource, graph) => {
  const read = (property: string) =>
    CONFIGURATIONS.map((name) => resource.property(name, property)).find((value) => value.kind !== 'absent') ??
    resource.property(property);
  const deployment = textOf(read('DeploymentType')) ?? 'SINGLE_AZ_1';
  const multiAz = deployment.startsWith('MULTI_AZ');
  return new Component({
    resource,
    noun: 'FSx file system',
    role: 'store',
    mechanism: 'fsx',
    units: () => spread(multiAz ? 2 : 1, graph.network.places(resource.property('SubnetIds')), { noun: 'file server' }),
    dependencies: () => directoriesIn(read('ActiveDirectoryId'), graph),
    facts: () => ({ automaticFailover: multiAz, durableAcrossZones: multiAz, restarts: 'same zone' }),
    data: (): DataTraits => {
      const days = numberOf(read('AutomaticBackupRetentionDays')) ?? 0;
      return {
        deletionProtection: 'absent',
        keptByStack: isKept(resource),
        own: days > 0 ? [daily(resource, days)] : [],
        backups: graph.backupPlans.seriesOf(resource),
        replicas: [],
      };
    },
  });
};

const volume: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'volume',
    role: 'store',
    mechanism: 'volume',
    units: () => spread(1, graph.network.zones(resource.property('AvailabilityZone')), { noun: 'volume' }),
    facts: () => ({ durableAcrossZones: false, restarts: 'same zone' }),
    data: () => ({
      deletionProtection: 'absent',
      keptByStack: isKept(resource),
      own: [],
      // a recovery point of an instance holds the volumes attached to it
      backups: [resource, ...attachedTo(resource, graph)].flatMap((selected) => graph.backupPlans.seriesOf(selected)),
      replicas: [],
    }),
  });

function attachedTo(resource: Resource, graph: Graph): Resource[] {
  return graph
    .referring('AWS::EC2::VolumeAttachment', 'VolumeId', resource)
    .flatMap((attachment) => referencesIn(attachment.property('InstanceId')))
    .map(({ resource: instance }) => instance);
}

function daily(resource: Resource, retentionDays: number): BackupSeries {
  return { resource, ageSeconds: DAY, retentionDays, locked: false, copies: [] };
}

export const FILES: Family = {
  'AWS::EFS::FileSystem': elasticFileSystem,
  'AWS::FSx::FileSystem': fsx,
  'AWS::EC2::Volume': volume,
};
