import { ArnFormat, Stack } from 'aws-cdk-lib';
import { FailureScope } from '../../core';
import { databaseIdentifierOf } from '../../data/private/physical-names';
import type { CrossRegionDr } from '../cross-region-dr';
import { backupsCheck } from './backup-checks';
import { cacheCheck } from './cache-check';
import { capacityCheck, quotasCheck } from './capacity-checks';
import { declaredFilesCheck } from './declared-files-check';
import { documentsCheck } from './documents-check';
import { keysCheck } from './keys-check';
import { type Outlook, type ReadinessCheck, regionsOf } from './readiness-check';
import { certificatesCheck, imagesCheck, secretsCheck } from './startup-checks';

/** Everything there is to compare, given what the system has. */
export function readinessChecks(outlook: Outlook, leastCertificateDays: number): ReadinessCheck[] {
  return [
    databaseCheck(outlook),
    distributedDatabaseCheck(outlook),
    filesCheck(outlook),
    declaredFilesCheck(outlook),
    tablesCheck(outlook),
    cacheCheck(outlook),
    documentsCheck(outlook),
    backupsCheck(outlook),
    keysCheck(outlook),
    secretsCheck(outlook),
    certificatesCheck(outlook, leastCertificateDays),
    imagesCheck(outlook),
    capacityCheck(outlook),
    quotasCheck(outlook),
  ].filter((check) => check !== undefined);
}

/** The two differ in what they are to each other only, so that either may be looked at. */
function databaseCheck(outlook: Outlook): ReadinessCheck | undefined {
  const { dr, region, otherRegion, serving } = outlook;
  const { replicaCluster, readReplica, standbyCommand } = dr._recovery?.database ?? {};
  if (!replicaCluster && !readReplica) {
    return undefined;
  }
  const { systemName } = dr.primary;
  const [here, there] = regionsOf(outlook).map((of) => databaseIdentifierOf(systemName, of));
  const kind = replicaCluster ? 'cluster' : 'instance';
  const headless = dr.strategy.headlessDatabase && region === dr.recoveryRegion && !serving;
  const [resource, group] = replicaCluster ? ['cluster', 'cluster-pg'] : ['db', 'pg'];
  const global = replicaCluster ? dr.primary.database?.replication?.members?.globalIdentifier : undefined;
  return {
    name: 'Database',
    meaning: 'the databases of both Regions differ in version, parameters or size, or this one cannot take over',
    wanted: {
      kind,
      here,
      there,
      global,
      serving,
      ...(headless ? { headless } : {}),
      ...(standbyCommand && !serving ? { oneZone: true } : {}), // on the way back it is the other Region's replica
    },
    rights: [
      {
        actions: [replicaCluster ? 'rds:DescribeDBClusters' : 'rds:DescribeDBInstances'],
        resources: [arnIn(dr, region, resource, here), arnIn(dr, otherRegion, resource, there)],
      },
      ...(global
        ? [{ actions: ['rds:DescribeGlobalClusters'], resources: [arnIn(dr, '', 'global-cluster', global)] }]
        : []),
      {
        actions: [replicaCluster ? 'rds:DescribeDBClusterParameters' : 'rds:DescribeDBParameters'],
        resources: regionsOf(outlook).map((of) => arnIn(dr, of, group, '*')), // CloudFormation makes up the name
      },
    ],
  };
}

/** Of Aurora DSQL. The ARN of the other cluster is written down; nothing is looked up. */
function distributedDatabaseCheck({ side }: Outlook): ReadinessCheck | undefined {
  const database = side?.database;
  const properties = database?.dsqlCluster?.multiRegionProperties;
  const arns = properties && 'clusters' in properties ? (properties.clusters ?? []) : [];
  if (!database?.dsqlCluster || arns.length === 0) {
    return undefined; // in one Region, or not linked yet
  }
  const { region } = Stack.of(database.dsqlCluster);
  const [[here], [there]] = [true, false].map((ours) =>
    arns.filter((arn) => (arn.split(':')[3] === region) === ours).map((arn) => arn.split('/')[1]),
  );
  return {
    name: 'DistributedDatabase',
    meaning: 'a cluster of the database is missing or out of order, or does not know that of the other Region',
    wanted: { here, there, arns },
    rights: [{ actions: ['dsql:GetCluster'], resources: arns }],
  };
}

/** Of file shares that follow: restored ones are no copies. */
function filesCheck({ dr, side, serving }: Outlook): ReadinessCheck | undefined {
  const shares = Object.keys(dr._files?.landed ?? {}).flatMap((name) => {
    const fileSystem = side?.files[name].efs?.fileSystem;
    return fileSystem ? [{ name, id: fileSystem.fileSystemId, arn: fileSystem.fileSystemArn }] : [];
  });
  return shares.length === 0
    ? undefined
    : {
        name: 'Files',
        meaning: 'a file share is not replicated here, or its copy is further behind than the RPO allows',
        wanted: {
          shares: shares.map(({ name, id }) => ({ name, id })),
          rpoSeconds: dr.primary.objectives.forScope(FailureScope.REGION).rpo.toSeconds(),
          serving,
        },
        rights: [
          {
            actions: ['elasticfilesystem:DescribeReplicationConfigurations'],
            resources: shares.map(({ arn }) => arn),
          },
        ],
      };
}

/** Of tables that follow. What stopped following is silent in their metrics; DynamoDB cuts it off for good within a day. */
function tablesCheck({ dr, side }: Outlook): ReadinessCheck | undefined {
  const replicas = Object.keys(dr._recovery?.definition._recoverySide?.tableReplicas ?? {});
  const tables = side ? replicas.map((name) => ({ name, ...side.tables[name] })) : [];
  return tables.length === 0
    ? undefined
    : {
        name: 'Tables',
        meaning: 'a table is missing here, or follows the other Region no more',
        wanted: { tables: tables.map(({ name, table }) => ({ name, tableName: table.tableName })) },
        rights: [{ actions: ['dynamodb:DescribeTable'], resources: tables.map(({ table }) => table.tableArn) }],
      };
}

function arnIn(dr: CrossRegionDr, region: string, resource: string, resourceName: string): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return Stack.of(dr).formatArn({ service: 'rds', region, resource, resourceName, arnFormat });
}
