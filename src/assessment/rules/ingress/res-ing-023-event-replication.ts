import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const eventReplication = defineRule({
  id: 'RES-ING-023',
  title: 'a global endpoint replicates its events',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'without replication the endpoint does not return by itself, and events under way are missing in the other region',
  fix: 'set ReplicationConfig.State to ENABLED',
  docs: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html',
  alsoKnownAs: ['SecurityHub:EventBridge.4', 'Prowler:eventbridge_global_endpoint_event_replication_enabled'],
  resourceTypes: ['AWS::Events::Endpoint'],
  evaluate: (endpoint) => {
    const state = endpoint.property('ReplicationConfig', 'State');
    const reason = reasonOf(state);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.ReplicationConfig.State');
    }
    // left out, events are replicated
    return (textOf(state) ?? 'ENABLED') === 'ENABLED'
      ? PASS
      : failed('events are not replicated', 'Properties.ReplicationConfig.State');
  },
});
