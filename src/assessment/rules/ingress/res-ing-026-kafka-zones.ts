import { FailureScope } from '../../../core/failure-scope';
import { needsZones, zonesOfSubnets } from '../network/zones';
import { defineRule } from '../rule';

const PATH = ['BrokerNodeGroupInfo', 'ClientSubnets'];

export const kafkaZones = defineRule({
  id: 'RES-ING-026',
  title: 'a kafka cluster has brokers in three zones where care depends on it, in two elsewhere',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'with two zones, the loss of one leaves too few copies to accept what must not be lost',
  fix: 'name client subnets of three zones',
  docs: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon MSK Cluster Multi-AZ'],
  resourceTypes: ['AWS::MSK::Cluster'],
  evaluate: (cluster, { careDependsOn }) =>
    needsZones(
      zonesOfSubnets(cluster.property(...PATH)),
      careDependsOn(cluster) ? 3 : 2,
      'its brokers run in',
      `Properties.${PATH.join('.')}`,
    ),
});
