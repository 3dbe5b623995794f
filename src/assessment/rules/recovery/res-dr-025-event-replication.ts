import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const PATH = ['ReplicationConfig', 'State'];
const LOCATION = ['Properties', ...PATH].join('.');

export const globalEndpointReplicatesEvents = defineRule({
  id: 'RES-DR-025',
  title: 'a global endpoint replicates events to the bus of the other region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'without replication events already taken in are stranded in the lost Region, and failback has to wait for a person',
  fix: 'leave ReplicationConfig.State enabled, and give the endpoint a role',
  docs: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html',
  alsoKnownAs: ['SecurityHub:EventBridge.4', 'Prowler:eventbridge_global_endpoint_event_replication_enabled'],
  resourceTypes: ['AWS::Events::Endpoint'],
  evaluate: (resource) => {
    const state = resource.property(...PATH);
    if (state.kind === 'absent' || textOf(state) === 'ENABLED') {
      return PASS; // enabled by default
    }
    const text = textOf(state);
    return text === undefined
      ? undecided(reasonOf(state) ?? 'set at deployment', LOCATION)
      : failed(`state ${text}`, LOCATION);
  },
});
