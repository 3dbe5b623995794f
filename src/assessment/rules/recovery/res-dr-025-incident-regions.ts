import { FailureScope } from '../../../core/failure-scope';
import { itemsOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const incidentsAreKeptInTwoRegions = defineRule({
  id: 'RES-DR-025',
  title: 'incidents are kept in two regions',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'the plans and contacts for an incident are needed most when their Region is lost',
  fix: 'list the recovery Region in the replication set too',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssmincidents-replicationset.html',
  alsoKnownAs: ['TrustedAdvisor:Number of AWS Regions in an Incident Manager replication set'],
  resourceTypes: ['AWS::SSMIncidents::ReplicationSet'],
  evaluate: (resource) => {
    const regions = resource.property('Regions');
    if (regions.kind === 'unknown') {
      return undecided(reasonOf(regions) ?? 'set at deployment', 'Properties.Regions');
    }
    const count = itemsOf(regions).length;
    return count > 1 ? PASS : failed(`${count} Region`, 'Properties.Regions');
  },
});
