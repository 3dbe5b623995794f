import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const containerInsights = defineRule({
  id: 'RES-CMP-015',
  title: 'a container cluster is measured by container insights',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'without it nobody sees tasks that restart, or too few that run',
  fix: 'set containerInsights of the cluster to enabled or enhanced',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html',
  alsoKnownAs: [
    'SecurityHub:ECS.12',
    'Config:ECS_CONTAINER_INSIGHTS_ENABLED',
    'Powerpipe-WA-Reliability:ecs_cluster_container_insights_enabled',
    'ControlTower:CT.ECS.PR.2',
  ],
  resourceTypes: ['AWS::ECS::Cluster'],
  evaluate: (cluster) => {
    const settings = cluster.property('ClusterSettings');
    const insights = itemsOf(settings).find((one) => textOf(entryOf(one, 'Name')) === 'containerInsights');
    const value = insights && entryOf(insights, 'Value');
    if (['enabled', 'enhanced'].includes((value && textOf(value)) ?? '')) {
      return PASS;
    }
    const reason = reasonOf(value ?? settings);
    return reason === undefined
      ? failed('containerInsights is off', 'Properties.ClusterSettings')
      : undecided(reason, 'Properties.ClusterSettings');
  },
});
