import type { Component } from '../graph';
import { DEPLOYMENT_ACCOUNT } from '../graph';
import { textOf } from '../model';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';

export const commonCause: Scenario = {
  id: 'R8',
  title: 'Two data centres overheat on one day, London, July 2022',
  happened:
    'Both data centres of a hospital group were each the backup of the other, and failed from the same heat; 371 systems were lost.',
  when: ['commonCause'],
  source: 'https://www.theregister.com/2023/01/30/hospital_legacy_systems_recovery/',
  play: ({ reach, stores, all }) => [
    assertion(
      'what is there twice stands in different zones',
      all.filter(isRedundant).map(apart),
      holds('nothing here is there twice by zone'),
    ),
    assertion(
      'data has a copy that the service which keeps it does not keep too',
      stores.map(independent),
      unsure('give the templates of its data stores too'),
    ),
    assertion(
      'a copy in another Region is not in the same account',
      stores
        .flatMap(({ data }) => (data?.replicas ?? []).flatMap(({ component }) => (component ? [component] : [])))
        .map((replica) => sharesAccount(replica, reach)),
      unsure('give the templates of the other Region'),
    ),
  ],
};

function isRedundant({ units }: Component): boolean {
  return units.length > 1 || units.some(({ count }) => typeof count !== 'number' || count > 1);
}

function apart(component: Component): Observation {
  const { placement, resource } = component;
  if (textOf(resource.property('AvailabilityZoneRebalancing')) === 'DISABLED') {
    return broken(`tasks of ${component.path} stay together in the zones that were left after a loss`, component);
  }
  if (placement.kind === 'unknown') {
    return unsure(placement.reason, component);
  }
  return placement.kind === 'zones' && placement.zones.size < 2
    ? broken(`all of ${component.path} stands in one zone`, component)
    : holds('several zones, which are different buildings with power of their own', component);
}

function independent(store: Component): Observation {
  return (store.data?.backups.length ?? 0) > 0
    ? holds('AWS Backup keeps recovery points', store)
    : broken(`all copies of ${store.path} are kept by the service that may fail`, store);
}

function sharesAccount(replica: Component, reach: readonly Component[]): Observation {
  const accountOf = ({ resource }: Component) => resource.stack.account ?? DEPLOYMENT_ACCOUNT;
  const account = accountOf(replica);
  return reach.some((component) => accountOf(component) === account)
    ? broken(`${replica.path} is in the account of what it is a copy of`, replica)
    : holds('another account', replica);
}
