import type { Resource, Unknown } from '../model';
import type { Component } from './component';

/** A live copy of the data elsewhere. */
export interface Replica {
  /** The Region of the copy, or why it is not known. */
  readonly region: string | Unknown;
  /** The copy, where the templates define it. */
  readonly component?: Component;
  readonly kind:
    | 'aurora global'
    | 'aurora global without instances'
    | 'dynamodb global'
    | 'dynamodb global with strong consistency'
    | 'dsql peer'
    | 'efs'
    | 'elasticache global'
    | 'rds read replica'
    | 'rds source'
    | 's3'
    | 's3 with time control';
  /** The resource that sets it up. */
  readonly resource: Resource;
  /** Seconds the copy may be behind before the source takes no more writes, where something enforces that. */
  readonly enforcedSeconds?: number;
}

/** A copy of backups in another vault. */
export interface BackupCopy {
  /** How old the newest copy can be, without the time to copy. Copies of continuous backups are snapshots. */
  readonly ageSeconds: number | Unknown;
  readonly region: string | Unknown;
  readonly account: string | Unknown;
  readonly retentionDays?: number;
  /** Whether what is written follows by itself, so that the age holds without a time to copy. */
  readonly continuous?: boolean;
}

/** A series of recovery points. */
export interface BackupSeries {
  /** The plan, or the store itself for backups of its own. */
  readonly resource: Resource;
  /** How old the newest moment to restore to can be, in seconds, or why that is not known. */
  readonly ageSeconds: number | Unknown;
  /** Days kept; `Infinity` where nothing expires. */
  readonly retentionDays: number | Unknown;
  /** Whether it stays when the account's administrator deletes what can be deleted. */
  readonly locked: boolean;
  readonly copies: readonly BackupCopy[];
}

/** What protects the data of a store. */
export interface DataTraits {
  /** Whether deletion is refused; `absent` where the service offers nothing of the kind. */
  readonly deletionProtection: boolean | 'absent' | Unknown;
  /** Whether removing the resource from the template, or its stack, keeps the data. */
  readonly keptByStack: boolean;
  /** Days that earlier versions of what is overwritten or deleted stay; absent where there are none. */
  readonly versionDays?: number | Unknown;
  /** What the service itself keeps. */
  readonly own: readonly BackupSeries[];
  /** What AWS Backup keeps. */
  readonly backups: readonly BackupSeries[];
  readonly replicas: readonly Replica[];
}
