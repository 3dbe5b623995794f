import { identityOf, itemsOf, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

function zoneOf(subnet: Value): string | undefined {
  return subnet.kind === 'reference' ? textOf(subnet.resource.property('AvailabilityZone')) : undefined;
}

export const subnetGroupSpansZones = defineRule({
  id: 'VAL-RDS-001',
  title: 'a subnet group has subnets in two zones or more',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a database needs somewhere to fail over to: a group in one zone is refused',
  fix: 'add a subnet of another zone to SubnetIds',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
  resourceTypes: ['AWS::RDS::DBSubnetGroup', 'AWS::DocDB::DBSubnetGroup', 'AWS::Neptune::DBSubnetGroup'],
  evaluate: (resource) => {
    const subnets = resource.property('SubnetIds');
    if (subnets.kind !== 'list') {
      return undecided('the subnets are set at deployment', 'Properties.SubnetIds');
    }
    const items = itemsOf(subnets);
    const identities = items.map((item, index) => identityOf(item) ?? String(index));
    const zones = items.map(zoneOf);
    const distinct = new Set(zones.filter((zone) => zone !== undefined)).size;
    if (new Set(identities).size < 2) {
      return failed(`${new Set(identities).size} subnet`, 'Properties.SubnetIds');
    }
    if (distinct > 1) {
      return PASS;
    }
    return zones.includes(undefined)
      ? undecided('the zones of the subnets are not in these templates', 'Properties.SubnetIds')
      : failed(`all subnets in ${zones[0]}`, 'Properties.SubnetIds');
  },
});
