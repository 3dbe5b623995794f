import { FailureScope } from '../../core/failure-scope';
import { type BackupCopy, type BackupSeries, type Component, type DataTraits, DEPLOYMENT_ACCOUNT } from '../graph';
import { FIGURES, inWords, NONE, type Recovery, restorationFrom, seconds } from '../recovery';
import type { Objectives } from '../systems';
import type { Impact } from './impact';
import { asMeasured } from './measured';
import { label } from './simulation';

const DAY = 86_400;

/** What becomes of a store when somebody deletes it, changes its data wrongly, or holds the account. */
export function dataLoss(store: Component, scope: FailureScope, objectives: Objectives): Impact[] {
  return impactsOf(store, scope, objectives).map((impact) => asMeasured(impact, objectives));
}

function impactsOf(store: Component, scope: FailureScope, { dwellDays }: Objectives): Impact[] {
  const { data } = store;
  if (!data) {
    return [];
  }
  switch (scope) {
    case FailureScope.DELETION:
      return [deletion(store, data), ...dropped(store, data)];
    case FailureScope.CORRUPTION:
      return corruption(store, data, dwellDays);
    case FailureScope.ACCOUNT:
      return [accountLoss(store, data)];
    default:
      return [];
  }
}

function deletion(store: Component, data: DataTraits): Impact {
  const chain = [`somebody deletes ${label(store)}`];
  const fix = 'turn deletion protection on, or let AWS Backup keep recovery points of it';
  if (data.deletionProtection === true) {
    const recovery: Recovery = { steps: [], rpo: NONE, fix };
    return { root: store, chain: [...chain, 'deletion protection refuses'], recovery };
  }
  if (data.versionDays !== undefined) {
    const recovery: Recovery = { steps: [FIGURES.humanDecision, FIGURES.previousVersions], rpo: NONE, fix };
    return { root: store, chain: [...chain, 'S3 refuses while it holds objects, and keeps their versions'], recovery };
  }
  // automated backups of RDS go with the instance unless somebody asks for them to stay
  const series = data.deletionProtection === 'absent' ? [...data.own, ...data.backups] : data.backups;
  const recovery = restorationFrom(series, fix);
  const left =
    series.length > 0
      ? `recovery points of ${pathsOf(series)} are left`
      : 'nothing refuses, and no recovery point is left';
  return {
    root: store,
    chain: [...chain, left],
    recovery,
    undecided: recovery.unrecoverable ? openProtection(data) : undefined,
  };
}

/** Why it is not decided whether deletion is refused, if it is not. */
function openProtection({ deletionProtection }: DataTraits): string | undefined {
  return typeof deletionProtection === 'object' ? deletionProtection.reason : undefined;
}

/** CloudFormation deletes what leaves a template, unless a policy or the service keeps it. */
function dropped(store: Component, data: DataTraits): Impact[] {
  if (data.keptByStack || data.deletionProtection === true || store.resource.type === 'AWS::S3::Bucket') {
    return []; // S3 refuses to delete a bucket that holds objects
  }
  const series = data.deletionProtection === 'absent' ? [...data.own, ...data.backups] : data.backups;
  const recovery = restorationFrom(series, 'set DeletionPolicy and UpdateReplacePolicy to Retain');
  const chain = [`a deployment drops or replaces ${label(store)}`, from(series)];
  return [{ root: store, chain, recovery, undecided: recovery.unrecoverable ? openProtection(data) : undefined }];
}

function corruption(store: Component, data: DataTraits, dwellDays: number): Impact[] {
  const chain = [`data of ${label(store)} is changed wrongly, and every replica copies the change`];
  if (data.versionDays !== undefined) {
    const steps = [FIGURES.humanDecision, FIGURES.previousVersions];
    const recovery: Recovery = { steps, rpo: NONE, fix: 'keep versions' };
    const kept = [{ retentionDays: data.versionDays }, ...data.own, ...data.backups];
    return [
      { root: store, chain: [...chain, 'earlier versions stay'], recovery },
      ...tooShort(store, kept, chain, dwellDays),
    ];
  }
  const series = [...data.own, ...data.backups];
  const fix = 'turn point-in-time recovery on, and keep daily recovery points longer than a fault goes unnoticed';
  const restore = { root: store, chain: [...chain, from(series)], recovery: restorationFrom(series, fix) };
  return [restore, ...(series.length > 0 ? tooShort(store, series, chain, dwellDays) : [])];
}

/** Recovery points that are all younger than the fault hold the fault too. */
function tooShort(
  store: Component,
  series: readonly Pick<BackupSeries, 'retentionDays'>[],
  chain: readonly string[],
  dwellDays: number,
): Impact[] {
  const kept = series.map(({ retentionDays }) => retentionDays);
  const longest = Math.max(0, ...kept.filter((days): days is number => typeof days === 'number'));
  const undecided = kept.find((days) => typeof days === 'object');
  if (longest >= dwellDays) {
    return [];
  }
  const recovery: Recovery = {
    steps: [],
    rpo: seconds(dwellDays * DAY),
    unrecoverable: undecided ? undefined : `every recovery point is younger than ${dwellDays} days`,
    fix: `keep one series of recovery points, or versions, for at least ${dwellDays} days`,
  };
  const reason = `the oldest recovery point is ${inWords(longest * DAY)} old, but a fault may go unnoticed for ${dwellDays} days`;
  return [{ root: store, chain: [...chain, reason], recovery, undecided: undecided?.reason }];
}

function accountLoss(store: Component, data: DataTraits): Impact {
  const chain = [`an intruder deletes what can be deleted in the account of ${label(store)}`];
  const account = store.resource.stack.account ?? DEPLOYMENT_ACCOUNT;
  const fix = 'copy recovery points to a vault of another account, or lock the vault in compliance mode';
  const safe = data.backups.flatMap((series) => outOfReach(series, account));
  const recovery = restorationFrom(safe, fix, [FIGURES.accountRebuild]);
  const unsure = data.backups.flatMap(({ copies }) => copies).map((copy) => whyUnsure(copy, account));
  return {
    root: store,
    chain: [
      ...chain,
      safe.length > 0 ? `recovery points of ${pathsOf(safe)} are out of reach` : 'no recovery point is out of reach',
    ],
    recovery,
    undecided: safe.length > 0 ? undefined : unsure.find((reason) => reason !== undefined),
  };
}

/** What is left of a series without its account: all of it in a locked vault, else its copies in other accounts. */
function outOfReach(series: BackupSeries, account: string): BackupSeries[] {
  if (series.locked) {
    return [series];
  }
  return series.copies
    .filter(
      (copy) => typeof copy.account === 'string' && copy.account !== account && whyUnsure(copy, account) === undefined,
    )
    .map(({ ageSeconds }) => ({ ...series, ageSeconds }));
}

/** A named account and the one chosen at deployment may be the same. */
function whyUnsure(copy: BackupCopy, account: string): string | undefined {
  if (typeof copy.account !== 'string') {
    return copy.account.reason;
  }
  const differs = copy.account !== account;
  return differs && [copy.account, account].includes(DEPLOYMENT_ACCOUNT)
    ? 'the account is chosen at deployment'
    : undefined;
}

function from(series: readonly BackupSeries[]): string {
  return series.length > 0 ? `recovery points of ${pathsOf(series)} are left` : 'no recovery point is left';
}

function pathsOf(series: readonly BackupSeries[]): string {
  return [...new Set(series.map(({ resource }) => resource.path))].join(', ');
}
