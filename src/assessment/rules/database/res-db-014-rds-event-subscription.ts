import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, booleanOf, type Resource, reasonOf, referencesIn, textOf, textsIn } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** The Regions where a rule of EventBridge takes the events of RDS. */
const routed = new WeakMap<Assembly, ReadonlySet<string | undefined>>();

interface Wanted {
  readonly source: string;
  readonly categories: readonly string[];
}

const WANTED: Readonly<Record<string, Wanted>> = {
  'AWS::RDS::DBCluster': { source: 'db-cluster', categories: ['failure', 'maintenance'] },
  'AWS::RDS::DBInstance': { source: 'db-instance', categories: ['failure', 'maintenance'] },
  'AWS::RDS::DBParameterGroup': { source: 'db-parameter-group', categories: ['configuration change'] },
};

/** Somebody hears when a database fails or is maintained. */
export const rdsEventSubscription = defineRule({
  id: 'RES-DB-014',
  title: 'somebody hears when a database fails or is maintained',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'failovers, failures and maintenance are announced as events, which nobody sees unless somebody subscribes',
  fix: 'add an AWS::RDS::EventSubscription for the source type, with every category or at least failure and maintenance',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.html',
  alsoKnownAs: [
    'SecurityHub:RDS.19',
    'Prowler:rds_cluster_critical_event_subscription',
    'ControlTower:CT.RDS.PR.12',
    'SecurityHub:RDS.20',
    'Prowler:rds_instance_critical_event_subscription',
    'ControlTower:CT.RDS.PR.17',
    'SecurityHub:RDS.21',
    'ControlTower:CT.RDS.PR.18',
  ],
  resourceTypes: [
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBParameterGroup', // a group of a cluster is no source of events that can be named
  ],
  evaluate(resource, { assembly }) {
    if (resource.property('DBClusterIdentifier').kind !== 'absent' && resource.type === 'AWS::RDS::DBInstance') {
      return NOT_APPLICABLE; // the events of its cluster are asked for
    }
    const wanted = WANTED[resource.type];
    const subscriptions = assembly
      .resourcesOf('AWS::RDS::EventSubscription')
      .filter(({ stack }) => stack.region === resource.stack.region && stack.account === resource.stack.account);
    if (subscriptions.some((subscription) => covers(subscription, resource, wanted)) || isRouted(resource, assembly)) {
      return PASS;
    }
    const reason = subscriptions
      .map((subscription) => reasonOf(subscription.property('SourceType')))
      .find((each) => each !== undefined);
    return reason === undefined
      ? failed(`no subscription to events of source type ${wanted.source} here`)
      : undecided(reason);
  },
});

/** What is left out means everything: sources, their type, categories. */
function covers(subscription: Resource, resource: Resource, { source, categories }: Wanted): boolean {
  const sources = subscription.property('SourceIds');
  const included = referencesIn(sources).some((reference) => reference.resource === resource);
  const type = subscription.property('SourceType');
  const given = subscription.property('EventCategories');
  const subscribed = new Set(textsIn(given));
  return (
    booleanOf(subscription.property('Enabled')) !== false &&
    (type.kind === 'absent' || textOf(type) === source) &&
    (sources.kind === 'absent' || included) &&
    (given.kind === 'absent' || categories.every((category) => subscribed.has(category)))
  );
}

/** RDS also sends its events to EventBridge. */
function isRouted({ region }: Resource, assembly: Assembly): boolean {
  let regions = routed.get(assembly);
  if (!regions) {
    const rules = assembly
      .resourcesOf('AWS::Events::Rule')
      .filter((rule) => textsIn(rule.property('EventPattern', 'source')).includes('aws.rds'));
    regions = new Set(rules.map((rule) => rule.region));
    routed.set(assembly, regions);
  }
  return regions.has(region);
}
