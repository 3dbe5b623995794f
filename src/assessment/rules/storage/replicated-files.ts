import { type Assembly, entryOf, itemsOf, type Resource, textOf } from '../../model';

/**
 * Whether a file system is the copy of one in another Region: it may be overwritten, which only replication does, and one elsewhere is
 * replicated to its Region. Ids are only known after a deployment, so that which of the two belong together is not compared.
 */
export function isCopyOfAnotherRegion(fileSystem: Resource, assembly: Assembly): boolean {
  const open = textOf(fileSystem.property('FileSystemProtection', 'ReplicationOverwriteProtection')) === 'DISABLED';
  return (
    open &&
    fileSystem.region !== undefined &&
    assembly
      .resourcesOf('AWS::EFS::FileSystem')
      .some((other) => other.region !== fileSystem.region && targetsOf(other).includes(fileSystem.region))
  );
}

function targetsOf(fileSystem: Resource): (string | undefined)[] {
  return itemsOf(fileSystem.property('ReplicationConfiguration', 'Destinations')).map((destination) =>
    textOf(entryOf(destination, 'Region')),
  );
}
