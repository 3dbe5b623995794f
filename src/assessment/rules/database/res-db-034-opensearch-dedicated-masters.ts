import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

const CONFIGURATION: Readonly<Record<string, string>> = {
  'AWS::OpenSearchService::Domain': 'ClusterConfig',
  'AWS::Elasticsearch::Domain': 'ElasticsearchClusterConfig',
};

/** A search domain has three dedicated master nodes. */
export const opensearchDedicatedMasters = defineRule({
  id: 'RES-DB-034',
  title: 'a search domain has three dedicated master nodes',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'without a majority of masters the domain stops, and data nodes that double as masters stall under load',
  fix: 'set DedicatedMasterEnabled to true and DedicatedMasterCount to 3',
  docs: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html',
  alsoKnownAs: [
    'SecurityHub:Opensearch.11',
    'SecurityHub:ES.7',
    'Config:OPENSEARCH_PRIMARY_NODE_FAULT_TOLERANCE',
    'Prowler:opensearch_service_domains_fault_tolerant_master_nodes',
    'cdk-nag:AwsSolutions-OS4',
    'ControlTower:CT.OPENSEARCH.PR.7',
  ],
  resourceTypes: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  evaluate(domain) {
    const configuration = CONFIGURATION[domain.type];
    const enabled = domain.property(configuration, 'DedicatedMasterEnabled');
    const count = domain.property(configuration, 'DedicatedMasterCount');
    const location = `Properties.${configuration}`;
    if (enabled.kind === 'absent' || booleanOf(enabled) === false) {
      return failed('has no dedicated master nodes', location);
    }
    const reason = reasonOf(enabled) ?? reasonOf(count);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const masters = numberOf(count) ?? 0;
    return masters >= 3 ? PASS : failed(`has ${counted(masters, 'dedicated master node')}`, location);
  },
});
