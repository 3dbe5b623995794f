import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import {
  type CacheConfig,
  ClinicalBackup,
  type DatabaseConfig,
  type DocumentStoreConfig,
  type FileShareConfig,
  type TableStoreConfig,
} from '../../data';
import type { ComputeConfig } from '../compute-ref';
import type { MultiAzClinicalApp } from '../multi-az-clinical-app';
import { grantDatabaseConnect } from './database-access';
import { grantReadWrite } from './document-access';
import { grantTableReadWrite } from './table-access';

/** Where a system keeps its records, and its cache. Made once the network and the topic of the system are there. */
export class SystemStores {
  public readonly database?: DatabaseConfig;
  public readonly documents?: DocumentStoreConfig;
  public readonly files: { [name: string]: FileShareConfig };
  public readonly tables: { [name: string]: TableStoreConfig };
  public readonly cache?: CacheConfig;

  public constructor(private readonly app: MultiAzClinicalApp) {
    const { definition, systemName, dataProtection, network } = app;
    this.database = this.bindDatabase();
    this.documents = definition.documents?.bind(new Construct(app, 'Documents'), { systemName, dataProtection });
    this.files = this.bindFiles();
    this.tables = this.bindTables();
    this.cache = definition.cache?.bind(new Construct(app, 'Cache'), {
      systemName,
      vpc: network.vpc,
      subnets: network.databaseSubnets,
      dataProtection,
      replicaOf: definition._recoverySide?.cacheReplica,
    });
  }

  /** Everything that keeps records. */
  public get ofRecords(): (DatabaseConfig | DocumentStoreConfig | FileShareConfig | TableStoreConfig)[] {
    return [
      ...[this.database, this.documents].flatMap((store) => store ?? []),
      ...Object.values(this.files),
      ...Object.values(this.tables),
    ];
  }

  /** Everything that is watched: the cache too, which keeps nothing. */
  public get watched(): (DatabaseConfig | DocumentStoreConfig | FileShareConfig | TableStoreConfig | CacheConfig)[] {
    return [...this.ofRecords, ...(this.cache ? [this.cache] : [])];
  }

  /** Let the application in. */
  public connect(compute: ComputeConfig): void {
    if (this.database) {
      this.database.connections.allowFrom(compute.connections, databasePort(this.database), 'Application');
      grantDatabaseConnect(this.database, compute);
    }
    if (this.documents) {
      grantReadWrite(this.app, this.documents, compute);
    }
    for (const table of Object.values(this.tables)) {
      grantTableReadWrite(table, compute);
    }
    for (const { connections } of [...Object.values(this.files), ...(this.cache ? [this.cache] : [])]) {
      connections.allowDefaultPortFrom(compute.connections, 'Application');
    }
  }

  /** Back up what can be, and the disks of compute with it. */
  public backUp(compute: ComputeConfig): ClinicalBackup | undefined {
    const { app } = this;
    const { backup: policy, fileBackup: filePolicy, backupMalwareScan: malwareScan } = app.definition;
    const { database } = this;
    const [moment, snapshot] = database?.onlySnapshots ? [undefined, database] : [database, undefined];
    const moments = [...[moment, this.documents].flatMap((store) => store ?? []), ...Object.values(this.tables)];
    const resources = moments.flatMap((store) => store.backupResources);
    // of disks, as of files, AWS Backup takes snapshots only
    const snapshots = [...(snapshot ? [snapshot] : []), ...Object.values(this.files), compute];
    const files = snapshots.flatMap(({ backupResources }) => backupResources ?? []);
    if (resources.length + files.length === 0) {
      return undefined;
    }
    return new ClinicalBackup(app, 'Backup', {
      systemName: app.systemName,
      resources,
      files,
      exclusions: moment?.backupExclusions,
      sourceKeys: [...this.ofRecords.map(({ encryptionKey }) => encryptionKey), compute.backupKey].flatMap(
        (key) => key ?? [],
      ),
      objectives: app.objectives,
      policy,
      filePolicy,
      malwareScan,
      notifications: app.notifications,
      deadLetterQueue: app._keepUndelivered(),
      dataProtection: app.dataProtection,
    });
  }

  private bindDatabase(): DatabaseConfig | undefined {
    const { definition, systemName, network, objectives, dataProtection, notifications } = this.app;
    return definition.database?.bind(new Construct(this.app, 'Database'), {
      systemName,
      vpc: network.vpc,
      subnets: network.databaseSubnets,
      objectives,
      dataProtection,
      replicaOf: definition._recoverySide?.databaseReplica,
      restoredFrom: definition._recoverySide?.restored?.database,
      restoreTime: definition._recoverySide?.restored?.databaseTime,
      notifications,
    });
  }

  private bindFiles(): { [name: string]: FileShareConfig } {
    const { definition, systemName, network, dataProtection } = this.app;
    return this.byName('Files', definition.files, (scope, shareName, share) =>
      share.bind(scope, {
        systemName,
        shareName,
        vpc: network.vpc,
        subnets: network.databaseSubnets,
        clientSubnets: network.applicationSubnets,
        dataProtection,
        restoredFrom: definition._recoverySide?.restored?.files[shareName],
        replicaOf: definition._recoverySide?.fileReplicas?.[shareName],
        receives: definition._recoverySide?.receivedFiles?.[shareName],
      }),
    );
  }

  private bindTables(): { [name: string]: TableStoreConfig } {
    const { definition, systemName, dataProtection } = this.app;
    return this.byName('Tables', definition.tables, (scope, storeName, table) =>
      table.bind(scope, {
        systemName,
        storeName,
        dataProtection,
        restored: definition._recoverySide?.restored?.tables[storeName],
        replicaOf: definition._recoverySide?.tableReplicas?.[storeName],
      }),
    );
  }

  /** Each in a scope of its own, by which reports and alarms name it. */
  private byName<Definition, Bound>(
    id: string,
    definitions: { [name: string]: Definition } = {},
    bind: (scope: Construct, name: string, definition: Definition) => Bound,
  ): { [name: string]: Bound } {
    const entries = Object.entries(definitions);
    const scope = entries.length > 0 ? new Construct(this.app, id) : this.app;
    return Object.fromEntries(entries.map(([name, one]) => [name, bind(new Construct(scope, name), name, one)]));
  }
}

/** A number where it is known: rules for known ports can be checked by others. */
function databasePort({ endpoints, connections }: DatabaseConfig): ec2.Port {
  if (!Token.isUnresolved(endpoints.port)) {
    return ec2.Port.tcp(Number(endpoints.port));
  }
  return connections.defaultPort ?? ec2.Port.tcp(Token.asNumber(endpoints.port));
}
