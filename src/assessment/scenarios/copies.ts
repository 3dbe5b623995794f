import { type BackupCopy, type BackupSeries, type Component, DEPLOYMENT_ACCOUNT } from '../graph';

/** Copies in other accounts, or why there is none for sure. */
export interface ForeignCopies {
  readonly copies: readonly BackupCopy[];
  readonly undecided?: string;
}

/** Copies of recovery points that are kept in an account other than the store's own. */
export function foreignCopies(store: Component): ForeignCopies {
  const own = store.resource.stack.account ?? DEPLOYMENT_ACCOUNT;
  const all = (store.data?.backups ?? []).flatMap(({ copies }) => copies);
  const elsewhere = all.filter(({ account }) => account !== own);
  const named = elsewhere.filter(
    ({ account }) => typeof account === 'string' && ![own, account].includes(DEPLOYMENT_ACCOUNT),
  );
  const [open] = elsewhere;
  const reason = open && typeof open.account === 'object' ? open.account.reason : 'the account is chosen at deployment';
  return { copies: named, undecided: named.length === 0 && open ? reason : undefined };
}

/** Every series that a store has, its own and those of AWS Backup. */
export function seriesOf({ data }: Component): readonly BackupSeries[] {
  return data ? [...data.own, ...data.backups] : [];
}

/** The longest time that recovery points or versions of a store are kept, in days, and what is undecided about it. */
export function longestKept(store: Component): { readonly days: number; readonly undecided?: string } {
  const versions = store.data?.versionDays;
  const kept = [
    ...seriesOf(store).map(({ retentionDays }) => retentionDays),
    ...(versions === undefined ? [] : [versions]),
  ];
  const undecided = kept.find((days) => typeof days === 'object');
  return {
    days: Math.max(0, ...kept.filter((days): days is number => typeof days === 'number')),
    undecided: typeof undecided === 'object' ? undecided.reason : undefined,
  };
}
