import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, entryOf, itemsOf, type Resource, referencesIn } from '../../model';
import { isNoneOf, zonesOfSubnets } from '../network/zones';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';
import { mountTargetsOf } from './mount-targets';

const SUBNETS = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];

/** Tasks reach their files in every zone that they may start in. */
export const efsMountedWhereUsed = defineRule({
  id: 'RES-STO-018',
  title: 'a file system has a mount target in every zone in which tasks mount it',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'the name of a file system leads to the mount target of the own zone: where there is none, tasks do not start, and fewer are left than it seems',
  fix: 'add a mount target in each zone of the service',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-mount-cmd-dns-name.html',
  resourceTypes: ['AWS::ECS::Service'],
  evaluate(service, { assembly }) {
    const subnets = service.property(...SUBNETS);
    const fileSystems = mountedBy(service);
    if (subnets.kind === 'absent' || fileSystems.length === 0) {
      return NOT_APPLICABLE;
    }
    const zones = zonesOfSubnets(subnets);
    const outcomes = fileSystems.map((fileSystem) => reached(fileSystem, [...zones.known], assembly));
    const worst =
      outcomes.find(({ verdict }) => verdict === 'fail') ?? outcomes.find(({ verdict }) => verdict === 'unknown');
    return worst ?? (zones.undecided > 0 ? undecided(zones.reason ?? 'its zones are not decided') : PASS);
  },
});

function mountedBy(service: Resource): Resource[] {
  const definitions = referencesIn(service.property('TaskDefinition')).map(({ resource }) => resource);
  const volumes = definitions.flatMap((definition) => itemsOf(definition.property('Volumes')));
  const ids = volumes.map((volume) => entryOf(entryOf(volume, 'EFSVolumeConfiguration'), 'FilesystemId'));
  const named = ids.flatMap((id) => referencesIn(id)).map(({ resource }) => resource);
  return [...new Set(named)].filter(({ type }) => type === 'AWS::EFS::FileSystem');
}

function reached(fileSystem: Resource, zones: readonly string[], assembly: Assembly): RuleOutcome {
  const oneZone = fileSystem.property('AvailabilityZoneName');
  const targets = mountTargetsOf(fileSystem, assembly);
  if (oneZone.kind !== 'absent') {
    return PASS; // One Zone is what another rule is about
  }
  if (targets.length === 0) {
    return undecided(`the mount targets of ${fileSystem.path} are not in the templates`);
  }
  const mounted = zonesOfSubnets(...targets.map((target) => target.property('SubnetId')));
  const without = zones.filter((zone) => !mounted.known.has(zone));
  const certain = without.filter((zone) => isNoneOf(zone, mounted.known));
  if (certain.length <= mounted.undecided && without.length > 0) {
    return undecided(mounted.reason ?? 'the zones of its mount targets are not decided');
  }
  return without.length > 0
    ? failed(`no mount target of ${fileSystem.path} lies in ${certain.length} of its ${zones.length} zones`)
    : PASS;
}
