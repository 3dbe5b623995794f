import { globalEndpointReplicatesEvents } from '../../../../src/assessment/rules/recovery/res-dr-025-event-replication';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Events::Endpoint', Properties } },
});

testRule(globalEndpointReplicatesEvents, [
  { name: 'by default', verdict: 'pass', template: it({}) },
  { name: 'enabled', verdict: 'pass', template: it({ ReplicationConfig: { State: 'ENABLED' } }) },
  { name: 'disabled', verdict: 'fail', template: it({ ReplicationConfig: { State: 'DISABLED' } }) },
  { name: 'from a parameter', verdict: 'unknown', template: it({ ReplicationConfig: { State: { Ref: 'State' } } }) },
]);
