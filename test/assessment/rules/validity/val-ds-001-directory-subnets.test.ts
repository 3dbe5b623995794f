import { directoryHasSubnetsInTwoZones } from '../../../../src/assessment/rules/validity/val-ds-001-directory-subnets';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const directory = (SubnetIds: unknown, type = 'AWS::DirectoryService::MicrosoftAD') =>
  templateOf({ It: resource(type, { VpcSettings: { VpcId: ref('Vpc'), SubnetIds } }) });

testRule(directoryHasSubnetsInTwoZones, [
  { name: 'two zones', verdict: 'pass', template: directory([ref('A'), ref('B')]) },
  {
    name: 'two zones of Simple AD',
    verdict: 'pass',
    template: directory([ref('A'), ref('B')], 'AWS::DirectoryService::SimpleAD'),
  },
  { name: 'two subnets of one zone', verdict: 'fail', template: directory([ref('A'), ref('AToo')]) },
  { name: 'one subnet', verdict: 'fail', template: directory([ref('A')]) },
  { name: 'three subnets', verdict: 'fail', template: directory([ref('A'), ref('AToo'), ref('B')]) },
  { name: 'subnets of a parameter', verdict: 'unknown', template: directory(ref('Ps')) },
  { name: 'subnets by id', verdict: 'unknown', template: directory(['subnet-1', 'subnet-2']) },
  { name: 'an imported subnet', verdict: 'unknown', template: directory([ref('A'), { 'Fn::ImportValue': 'b' }]) },
]);
