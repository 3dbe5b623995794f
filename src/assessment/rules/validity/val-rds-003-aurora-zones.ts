import { itemsOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const auroraClusterNamesAtMostThreeZones = defineRule({
  id: 'VAL-RDS-003',
  title: 'an Aurora cluster names at most three zones',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'the storage of a cluster is in three zones; a fourth is refused',
  fix: 'remove AvailabilityZones, and let the subnet group decide',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html',
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate: (resource) => {
    const zones = resource.property('AvailabilityZones');
    if (zones.kind === 'absent' || !textOf(resource.property('Engine'))?.startsWith('aurora')) {
      return NOT_APPLICABLE;
    }
    if (zones.kind !== 'list') {
      return undecided('the zones are set at deployment', 'Properties.AvailabilityZones');
    }
    const count = itemsOf(zones).length;
    return count > 3 ? failed(`${count} zones`, 'Properties.AvailabilityZones') : PASS;
  },
});
