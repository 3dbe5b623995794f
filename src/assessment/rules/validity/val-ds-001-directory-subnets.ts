import { itemsOf, reasonOf, textOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

export const directoryHasSubnetsInTwoZones = defineRule({
  id: 'VAL-DS-001',
  title: 'a directory has two subnets in different zones',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a directory with another number of subnets, or with two in one zone, is refused',
  fix: 'list two subnets of the VPC in VpcSettings.SubnetIds, each in a zone of its own',
  docs: 'https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_getting_started.html',
  resourceTypes: ['AWS::DirectoryService::MicrosoftAD', 'AWS::DirectoryService::SimpleAD'],
  evaluate: (resource) => {
    const subnets = resource.property('VpcSettings', 'SubnetIds');
    const location = 'Properties.VpcSettings.SubnetIds';
    if (subnets.kind === 'unknown') {
      return undecided(subnets.reason, location);
    }
    const items = itemsOf(subnets);
    if (items.length !== 2) {
      return failed(`has ${counted(items.length, 'subnet')}`, location);
    }
    const zones = items.map((subnet) =>
      subnet.kind === 'reference' ? subnet.resource.property('AvailabilityZone') : subnet,
    );
    const [first, second] = items.map((subnet, index) =>
      subnet.kind === 'reference' ? textOf(zones[index]) : undefined,
    );
    if (first !== undefined && second !== undefined) {
      return first === second ? failed(`both subnets are in ${first}`, location) : PASS;
    }
    return undecided(zones.map(reasonOf).find(Boolean) ?? 'the zone of a subnet is not in the templates', location);
  },
});
