import { type Assembly, type Resource, referencesIn } from '../../model';

const indexes = new WeakMap<Assembly, Map<Resource, Resource[]>>();

/** The mount targets of a file system. */
export function mountTargetsOf(fileSystem: Resource, assembly: Assembly): readonly Resource[] {
  let index = indexes.get(assembly);
  if (!index) {
    index = new Map<Resource, Resource[]>();
    for (const target of assembly.resourcesOf('AWS::EFS::MountTarget')) {
      for (const { resource } of referencesIn(target.property('FileSystemId'))) {
        index.set(resource, [...(index.get(resource) ?? []), target]);
      }
    }
    indexes.set(assembly, index);
  }
  return index.get(fileSystem) ?? [];
}
