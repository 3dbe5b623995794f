import { FailureScope } from '../../core/failure-scope';
import type { Component } from '../graph';
import { booleanOf, referencesIn } from '../model';
import { dataLoss } from '../simulation';
import { foreignCopies } from './copies';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import { lockOf, type Scene, vaultsOf, verdictOf } from './scene';

export const deletedStorage: Scenario = {
  id: 'R7',
  title: 'Storage deleted during maintenance, United States, April 2025',
  happened:
    'Engineers of the operator deleted the storage of a key database; 45 hospitals worked without their records for five days.',
  when: ['operatorDelete'],
  source: 'https://www.cnbc.com/2025/04/28/oracle-engineers-caused-days-long-software-outage-at-us-hospitals.html',
  play: (scene) => {
    // after a failover the standby keeps the records
    const stores = scene.all.filter(({ data }) => data !== undefined);
    const none = unsure('give the templates of its data stores too');
    return [
      assertion('deletion is refused, or leaves the data', stores.map(refuses), none),
      assertion(
        'keys of records stay when a deployment drops or replaces them',
        [...new Set([...stores, ...replicasOf(stores)])].flatMap(keys),
        none,
      ),
      assertion('a recovery point is out of reach of whoever deletes', stores.map(outOfReach), none),
      assertion(
        'the restore fits the objective',
        stores.map((store) => restores(store, scene)),
        none,
      ),
    ];
  },
};

function refuses(store: Component): Observation {
  const { data } = store;
  if (data?.deletionProtection === true || data?.keptByStack || data?.versionDays !== undefined) {
    return holds('protected', store);
  }
  return typeof data?.deletionProtection === 'object'
    ? unsure(data.deletionProtection.reason, store)
    : broken(`nothing refuses that ${store.path} is deleted`, store);
}

function replicasOf(stores: readonly Component[]): Component[] {
  return stores.flatMap(({ data }) => (data?.replicas ?? []).flatMap(({ component }) => component ?? []));
}

/** Without its key a store is noise, and so is every recovery point under that key. */
function keys(store: Component): Observation[] {
  const inUse = [
    ...KEY_PROPERTIES.flatMap((property) => referencesIn(store.resource.property(property))),
    ...(store.data?.backups ?? [])
      .flatMap(vaultsOf)
      .flatMap((vault) => referencesIn(vault.property('EncryptionKeyArn'))),
  ].map(({ resource }) => resource);
  const own = [...new Set(inUse)].filter(({ type }) => type === 'AWS::KMS::Key');
  return own.length === 0
    ? [holds('no key of these templates encrypts it', store)]
    : own.map((key) =>
        [key.deletionPolicy, key.updateReplacePolicy].some((policy) => (policy ?? 'Delete') === 'Delete')
          ? broken(`${key.path} is scheduled for deletion when a deployment drops or replaces it`, key)
          : holds('the key stays', key),
      );
}

const KEY_PROPERTIES = [
  'KmsKeyId',
  'KMSKeyId',
  'KmsKeyArn',
  'BucketEncryption',
  'SSESpecification',
  'EncryptionConfig',
];

function outOfReach(store: Component): Observation {
  const backups = store.data?.backups ?? [];
  const vaults = backups.flatMap(vaultsOf);
  if (vaults.some((vault) => lockOf(vault) !== 'none') || foreignCopies(store).copies.length > 0) {
    return holds('a vault refuses that recovery points are deleted', store);
  }
  if (booleanOf(store.resource.property('ObjectLockEnabled')) === true) {
    return holds('objects are locked', store);
  }
  if (backups.length > 0 && vaults.length === 0) {
    return unsure(`give the template of the vault: it decides who may delete recovery points of ${store.path}`, store);
  }
  return broken(`whoever deletes ${store.path} can delete its recovery points too`, store);
}

function restores(store: Component, { system }: Scene): Observation {
  const objective = system.objectives.scopes[FailureScope.DELETION];
  const impacts = dataLoss(store, FailureScope.DELETION, system.objectives);
  switch (verdictOf(impacts, objective)) {
    case 'MEETS':
      return holds('within the objective', store);
    case 'UNKNOWN':
      return unsure(`measure a restore of ${store.path}`, store);
    default:
      return broken(`${store.path} is not back in time, or not at all`, store);
  }
}
