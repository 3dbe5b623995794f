import { directConnectLocations } from '../../../../src/assessment/rules/network/res-net-008-direct-connect-locations';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const connection = (location: unknown) => resource('AWS::DirectConnect::Connection', { Location: location });

testRule(directConnectLocations, [
  {
    name: 'two locations',
    verdict: 'pass',
    template: templateOf({ It: connection('EqDC2'), Other: connection('CSVA1') }),
  },
  { name: 'one connection', verdict: 'fail', template: templateOf({ It: connection('EqDC2') }) },
  {
    name: 'two connections at one location',
    verdict: 'fail',
    template: templateOf({ It: connection('EqDC2'), Other: connection('EqDC2') }),
  },
  {
    name: 'a location that is not decided',
    verdict: 'unknown',
    template: templateOf({ It: connection('EqDC2'), Other: connection(ref('P')) }),
  },
]);
