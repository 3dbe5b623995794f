import { eventReplication } from '../../../../src/assessment/rules/ingress/res-ing-023-event-replication';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::Events::Endpoint', properties) });

testRule(eventReplication, [
  { name: 'enabled', verdict: 'pass', template: it({ ReplicationConfig: { State: 'ENABLED' } }) },
  { name: 'left out', verdict: 'pass', template: it({}) },
  { name: 'disabled', verdict: 'fail', template: it({ ReplicationConfig: { State: 'DISABLED' } }) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ ReplicationConfig: { State: ref('P') } }) },
]);
