import { brokerUpgrades } from '../../../../src/assessment/rules/ingress/res-ing-025-broker-upgrades';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::AmazonMQ::Broker', properties) });

testRule(brokerUpgrades, [
  { name: 'by itself', verdict: 'pass', template: it({ AutoMinorVersionUpgrade: true }) },
  { name: 'by hand', verdict: 'fail', template: it({ AutoMinorVersionUpgrade: false }) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ AutoMinorVersionUpgrade: ref('P') }) },
]);
