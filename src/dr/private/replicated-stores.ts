import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type DatabaseReplicaSource, RecoveryVault, type TableReplicaSource } from '../../data';
import type { CrossRegionDr } from '../cross-region-dr';
import { ForwardedRotation } from './forwarded-rotation';

/** Make the primary feed what lands: copies of backups, or backups themselves, and documents. Only plain names cross the Regions. */
export function copyTo({
  landing,
  recoveryRegion: region,
  primary,
  returnsDocuments: replicatesBack,
}: CrossRegionDr): void {
  const documents = primary.documents?.replication;
  primary.backup?.copyTo(RecoveryVault.arnIn(primary, primary.systemName, region));
  primary.database?.backupReplication?.replicateBackupsTo({ region, encryptionKeyArn: landing.encryptionKeyAliasArn });
  documents?.replicateTo({
    region,
    bucketName: documents.bucketNameIn(region, Stack.of(primary).account),
    encryptionKeyAlias: landing.encryptionKeyAlias,
    replicatesBack,
  });
}

/** Keep the database live in the recovery Region. Only plain names cross the Regions. */
export function replicateDatabase(dr: CrossRegionDr, additions: Construct): DatabaseReplicaSource | undefined {
  const { landing, recoveryRegion: region, primary } = dr;
  const database = primary.database?.replication;
  const source = database?.replicateTo({ region, encryptionKeyArn: landing.encryptionKeyAliasArn });
  const secretName = primary.database?.rotatedSecretName;
  if (secretName) {
    const deadLetterQueue = primary._keepUndelivered();
    new ForwardedRotation(additions, 'Rotation', { secretName, recoveryRegion: region, deadLetterQueue });
  }
  return source && { ...source, encryptionKey: landing.importedKey, serving: dr.activeRegion === region };
}

/** Make the tables take writes there too. The replicas are the primary stack's; the recovery side knows them by name. */
export function replicateTables(dr: CrossRegionDr): { [name: string]: TableReplicaSource } {
  const { landing, recoveryRegion: region, primary, primaryRegion } = dr;
  const sources = Object.entries(primary.tables).map(([name, { replication }]): [string, TableReplicaSource] => {
    replication?.replicateTo({ region, encryptionKeyArn: landing.encryptionKeyAliasArn });
    return [name, { region: primaryRegion, encryptionKey: landing.importedKey }];
  });
  return Object.fromEntries(sources);
}

/** The alarms of what follows join those of the primary. */
export function watchCopies({ primary }: CrossRegionDr): void {
  const { database, documents, tables, files, cache } = primary;
  const copied = [database, documents, cache, ...Object.values(tables), ...Object.values(files)];
  for (const alarm of copied.flatMap((store) => store?.replication?.alarms ?? [])) {
    primary._addAlarm(alarm);
  }
}
