import type { Component } from '../graph';
import { DEPLOYMENT_ACCOUNT } from '../graph';
import { entryOf, itemsOf, referencesIn } from '../model';
import { foreignCopies, longestKept } from './copies';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import { lockOf, type Scene, vaultsOf } from './scene';

const DWELL_DAYS = 17;

export const ransomware: Scenario = {
  id: 'R1',
  title: 'Ransomware in 140 hospitals, United States, May 2024',
  happened:
    'Ransomware took the health records of 140 hospitals offline for up to 37 days; in a like attack the intruder had been in for 17.',
  when: ['accountCompromise', 'logicalCorruption'],
  source: 'https://www.beckershospitalreview.com/ehrs/ascension-restores-ehr-systemwide.html',
  play: (scene) => [
    assertion('every store has a copy in another account', scene.stores.map(copied), noStore()),
    assertion('its vaults are locked so that no administrator can empty them', scene.stores.map(locked), noStore()),
    assertion('the keys of the copies cannot be deleted from the account', scene.stores.map(keyed), noStore()),
    assertion(`recovery points reach back more than ${DWELL_DAYS} days`, scene.stores.map(reachesBack), noStore()),
    assertion('a clean room to restore into is defined', [cleanRoom(scene)]),
    assertion('restores are tested', scene.stores.length > 0 ? [tested(scene)] : [noStore()]),
    assertion('a copy for reading exists outside the account', [
      unsure('give the templates of the copy for reading: none here shows one'),
    ]),
  ],
};

function noStore(): Observation {
  return unsure('give the templates of its data stores too');
}

function copied(store: Component): Observation {
  const { copies, undecided } = foreignCopies(store);
  if (copies.length > 0) {
    return holds('recovery points are copied to another account', store);
  }
  return undecided === undefined
    ? broken(`no recovery point of ${store.path} is copied to another account`, store)
    : unsure(undecided, store);
}

function locked(store: Component): Observation {
  const vaults = (store.data?.backups ?? []).flatMap(vaultsOf);
  if (vaults.length === 0) {
    return broken(`no vault of these templates keeps recovery points of ${store.path}`, store);
  }
  const open = vaults.find((vault) => lockOf(vault) !== 'compliance');
  return open
    ? broken(`the lock of ${open.path} is: ${lockOf(open)}; the account's administrator can lift it`, open)
    : holds('locked in compliance mode', ...vaults);
}

function keyed(store: Component): Observation {
  const { copies, undecided } = foreignCopies(store);
  if (copies.length === 0) {
    return undecided === undefined
      ? broken(`${store.path} has no copy in another account`, store)
      : unsure(undecided, store);
  }
  const vaults = (store.data?.backups ?? [])
    .flatMap(({ resource }) => itemsOf(resource.property('BackupPlan', 'BackupPlanRule')))
    .flatMap((rule) => itemsOf(entryOf(rule, 'CopyActions')))
    .flatMap((action) => referencesIn(entryOf(action, 'DestinationBackupVaultArn')))
    .map(({ resource }) => resource);
  const own = store.resource.stack.account ?? DEPLOYMENT_ACCOUNT;
  const keys = vaults.flatMap((vault) => referencesIn(vault.property('EncryptionKeyArn')));
  if (keys.length === 0) {
    return unsure('give the template of the vault of the copy: it decides which key encrypts it', store);
  }
  const near = keys.find(({ resource }) => (resource.stack.account ?? DEPLOYMENT_ACCOUNT) === own);
  return near
    ? broken(`the copy is under a key of the account that is lost`, near.resource)
    : holds('the key belongs to the other account', store);
}

function reachesBack(store: Component): Observation {
  const { days, undecided } = longestKept(store);
  if (days > DWELL_DAYS) {
    return holds(`kept for more than ${DWELL_DAYS} days`, store);
  }
  return undecided === undefined
    ? broken(`recovery points of ${store.path} reach back ${days} days`, store)
    : unsure(undecided, store);
}

function cleanRoom({ system, graph }: Scene): Observation {
  const used = new Set(system.entryPoints.map(({ component }) => component.resource.stack.account));
  const other = graph.assembly.stacks.some(({ account }) => account !== undefined && !used.has(account));
  return unsure(
    other
      ? 'say which of the other accounts here is the clean room'
      : 'give the templates of the clean room: no other account stands in these',
  );
}

function tested(scene: Scene): Observation {
  const [plan] = scene.around('AWS::Backup::RestoreTestingPlan');
  return plan
    ? unsure(`${plan.path} tests restores; the reports of AWS Backup say when it last did`, plan)
    : broken('no restore testing plan is defined');
}
