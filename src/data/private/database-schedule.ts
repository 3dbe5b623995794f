/** Longest that Amazon RDS keeps continuous backups. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html */
export const BACKUP_RETENTION_DAYS = 35;

/** Enhanced monitoring, seconds between measurements. */
export const MONITORING_INTERVAL_SECONDS = 60;

/** Daily backup: the quiet hour. */
export function backupWindow(quietHour: number): string {
  return `${clock(quietHour, 0)}-${clock(quietHour + 1, 0)}`;
}

/** Weekly maintenance of a database: Sundays, an hour after backup, which it must not overlap. */
export function databaseMaintenanceWindow(quietHour: number): string {
  return maintenanceWindow('sun', quietHour);
}

/** Weekly maintenance of an instance of a cluster: never two of the first six on one day, nor on the cluster's. */
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
