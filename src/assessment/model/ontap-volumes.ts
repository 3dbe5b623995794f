import type { Assembly } from './assembly';
import type { Resource } from './resource';
import { referencesIn } from './value';

/** Whether this is a file system of Amazon FSx for NetApp ONTAP, whose files are in volumes of their own. */
export function isOntap(resource: Resource): boolean {
  return resource.type === 'AWS::FSx::FileSystem' && resource.property('OntapConfiguration').kind !== 'absent';
}

/**
 * The volumes of an ONTAP file system, as far as the templates have them: AWS Backup backs up these, not the file system.
 * https://docs.aws.amazon.com/fsx/latest/ONTAPGuide/using-backups.html
 */
export function ontapVolumesOf(fileSystem: Resource, assembly: Assembly): Resource[] {
  return assembly
    .resourcesOf('AWS::FSx::Volume')
    .filter((volume) =>
      refersTo(volume, 'StorageVirtualMachineId', (machine) =>
        refersTo(machine, 'FileSystemId', (to) => to === fileSystem),
      ),
    );
}

function refersTo(from: Resource, property: string, accepts: (to: Resource) => boolean): boolean {
  const inner = from.property('OntapConfiguration', property);
  const value = inner.kind === 'absent' ? from.property(property) : inner;
  return referencesIn(value).some(({ resource }) => accepts(resource));
}
