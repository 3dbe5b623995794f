import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

const CONFIGURATION: Readonly<Record<string, string>> = {
  'AWS::OpenSearchService::Domain': 'ClusterConfig',
  'AWS::Elasticsearch::Domain': 'ElasticsearchClusterConfig',
};

/** A search domain has three data nodes over several zones. */
export const opensearchDataNodes = defineRule({
  id: 'RES-DB-033',
  title: 'a search domain has three data nodes over several zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'with fewer nodes the loss of one leaves no copy of a shard, or no majority',
  fix: 'set InstanceCount to 3 or more and ZoneAwarenessEnabled to true',
  docs: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html',
  alsoKnownAs: [
    'SecurityHub:Opensearch.6',
    'SecurityHub:ES.6',
    'Config:OPENSEARCH_DATA_NODE_FAULT_TOLERANCE',
    'Prowler:opensearch_service_domains_fault_tolerant_data_nodes',
    'GuardRegistry:OPENSEARCH_DATA_NODE_FAULT_TOLERANCE',
    'TrustedAdvisor:Amazon OpenSearch Service domains with less than three data nodes',
    'ControlTower:CT.OPENSEARCH.PR.14',
    'ControlTower:CT.OPENSEARCH.PR.6',
  ],
  resourceTypes: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  evaluate(domain) {
    const configuration = CONFIGURATION[domain.type];
    const [count, aware] = ['InstanceCount', 'ZoneAwarenessEnabled'].map((name) =>
      domain.property(configuration, name),
    );
    const location = `Properties.${configuration}`;
    const nodes = count.kind === 'absent' ? 1 : numberOf(count);
    if (nodes !== undefined && nodes < 3) {
      return failed(`has ${counted(nodes, 'data node')}`, location);
    }
    if (aware.kind === 'absent' || booleanOf(aware) === false) {
      return failed('is not spread over zones', location);
    }
    const reason = reasonOf(count) ?? reasonOf(aware);
    return reason === undefined ? PASS : undecided(reason, location);
  },
});
