import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, PASS } from '../rule';

export const globalClusterNamesNoSource = defineRule({
  id: 'RES-DR-013',
  title: 'a global cluster is not made from one of its members',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'after a switchover the source is no longer the writer: the stack drifts, and to correct it replaces a live global cluster',
  fix: 'set Engine and EngineVersion instead of SourceDBClusterIdentifier, and let both clusters join by GlobalClusterIdentifier',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-globalcluster.html',
  resourceTypes: ['AWS::RDS::GlobalCluster'],
  evaluate: (resource) =>
    resource.property('SourceDBClusterIdentifier').kind === 'absent'
      ? PASS
      : failed('made from a cluster', 'Properties.SourceDBClusterIdentifier'),
});
