import type { Duration } from 'aws-cdk-lib';
import type { DatabaseCapacity } from '../database-capacity';
import type { AuroraEngine } from './aurora-engine';

/** What a database is, whichever Region it runs in. Two Regions of one system share it, so that either can take over. */
export interface AuroraSettings {
  /** Name of the database inside the cluster. */
  readonly databaseName: string;
  /** The engine and its version. */
  readonly engine: AuroraEngine;
  /** Size of every instance, and their number. */
  readonly capacity: DatabaseCapacity;
  /** Port. */
  readonly port: number;
  /** Hour, in UTC, at which backup starts; maintenance follows. */
  readonly quietHour: number;
  /** How far the cluster can be rewound; Aurora MySQL alone, and not in a global database. */
  readonly backtrackWindow?: Duration;
}

/** Longest that Aurora keeps continuous backups. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html */
export const BACKUP_RETENTION_DAYS = 35;

/** Enhanced monitoring, seconds between measurements. */
export const MONITORING_INTERVAL_SECONDS = 60;

/** `A`, `B`, `C`…: neither writer nor reader, because every failover changes who is what. */
export function instanceLetters(capacity: DatabaseCapacity): string[] {
  return Array.from({ length: capacity.readers + 1 }, (_, i) => String.fromCharCode('A'.charCodeAt(0) + i));
}

/** Promotion tiers: the first instance is the first choice; the others, in tier 1, scale with the writer and can take over. */
export function promotionTier(instance: number): number {
  return instance === 0 ? 0 : 1;
}

/** Daily backup: the quiet hour. */
export function backupWindow(quietHour: number): string {
  return `${clock(quietHour, 0)}-${clock(quietHour + 1, 0)}`;
}

/** Weekly maintenance of the cluster: Sundays, an hour after backup, which it must not overlap. */
export function clusterMaintenanceWindow(quietHour: number): string {
  return maintenanceWindow('sun', quietHour);
}

/** Weekly maintenance of an instance: never two of the first six on one day, nor on the cluster's. */
export function instanceMaintenanceWindow(quietHour: number, instance: number): string {
  const days = ['tue', 'wed', 'thu', 'fri', 'sat', 'mon'];
  return maintenanceWindow(days[instance % days.length], quietHour);
}

function maintenanceWindow(day: string, quietHour: number): string {
  return `${day}:${clock(quietHour + 2, 0)}-${day}:${clock(quietHour + 2, 30)}`;
}

function clock(hour: number, minute: number): string {
  return [hour % 24, minute].map((n) => String(n).padStart(2, '0')).join(':');
}
