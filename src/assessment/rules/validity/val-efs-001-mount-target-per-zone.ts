import { type Assembly, identityOf, type Resource, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const TYPE = 'AWS::EFS::MountTarget';
const targetsByFileSystem = new WeakMap<Assembly, Map<string, Resource[]>>();

function targetsOf(assembly: Assembly, fileSystem: string): Resource[] {
  let index = targetsByFileSystem.get(assembly);
  if (!index) {
    index = new Map();
    for (const target of assembly.resourcesOf(TYPE)) {
      const identity = identityOf(target.property('FileSystemId')) ?? '';
      index.set(identity, [...(index.get(identity) ?? []), target]);
    }
    targetsByFileSystem.set(assembly, index);
  }
  return index.get(fileSystem) ?? [];
}

function zoneOf(target: Resource): string | undefined {
  const subnet = target.property('SubnetId');
  return subnet.kind === 'reference' ? textOf(subnet.resource.property('AvailabilityZone')) : undefined;
}

export const mountTargetIsAloneInItsZone = defineRule({
  id: 'VAL-EFS-001',
  title: 'a file system has one mount target in each zone',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a second mount target of the same file system in one zone is refused',
  fix: 'put each mount target into a subnet of another zone',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html',
  resourceTypes: [TYPE],
  evaluate: (resource, { assembly }) => {
    const fileSystem = identityOf(resource.property('FileSystemId'));
    if (fileSystem === undefined) {
      return undecided('the file system is set at deployment', 'Properties.FileSystemId');
    }
    const others = targetsOf(assembly, fileSystem).filter((target) => target !== resource);
    const subnet = identityOf(resource.property('SubnetId'));
    const zone = zoneOf(resource);
    const beside = others.find(
      (other) =>
        (subnet !== undefined && identityOf(other.property('SubnetId')) === subnet) ||
        (zone !== undefined && zoneOf(other) === zone),
    );
    if (beside) {
      return failed(`in the zone of ${beside.path}`, 'Properties.SubnetId');
    }
    return others.length > 0 && [resource, ...others].some((target) => zoneOf(target) === undefined)
      ? undecided('the zones of the subnets are not in these templates', 'Properties.SubnetId')
      : PASS;
  },
});
