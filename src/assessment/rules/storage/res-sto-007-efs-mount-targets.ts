import { FailureScope } from '../../../core/failure-scope';
import { identityOf, type Resource, referencesIn } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { mountTargetsOf } from './mount-targets';

/** A file system is mounted from several zones. */
export const efsMountTargets = defineRule({
  id: 'RES-STO-007',
  title: 'a file system is mounted from several zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'clients reach a file system through the mount target of their zone, and all of them stop with the only one',
  fix: 'add a mount target in each zone that has clients',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html',
  alsoKnownAs: [
    'Prowler:efs_multi_az_enabled',
    'TrustedAdvisor:Amazon EFS no mount target redundancy',
    'ResilienceHub:Amazon Elastic File System/Filesystem type',
  ],
  resourceTypes: ['AWS::EFS::FileSystem'],
  evaluate(fileSystem, { assembly }) {
    if (fileSystem.property('AvailabilityZoneName').kind !== 'absent') {
      return NOT_APPLICABLE; // One Zone takes one mount target
    }
    const targets = mountTargetsOf(fileSystem, assembly);
    const zones = targets.map(zoneOf);
    const named = new Set(zones.filter((zone) => zone !== undefined));
    if (named.size >= 2) {
      return PASS;
    }
    if (zones.includes(undefined) && targets.length >= 2) {
      return undecided('the zones of its mount targets are not in the templates');
    }
    return targets.length === 0
      ? undecided('its mount targets are not in the templates')
      : failed(`has ${targets.length} mount target${targets.length === 1 ? '' : 's in one zone'}`);
  },
});

function zoneOf(target: Resource): string | undefined {
  const [subnet] = referencesIn(target.property('SubnetId'));
  return subnet ? identityOf(subnet.resource.property('AvailabilityZone')) : undefined;
}
