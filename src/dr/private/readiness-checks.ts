import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { MultiAzClinicalApp } from '../../app';
import { FailureScope } from '../../core';
import { databaseIdentifierOf } from '../../data/private/physical-names';
import type { CrossRegionDr } from '../cross-region-dr';
import { capacityCheck, quotasCheck } from './capacity-checks';
import { type ReadinessCheck, regionsOf } from './readiness-check';
import { certificatesCheck, imagesCheck, secretsCheck } from './startup-checks';

/** Everything there is to compare, given what the system has. */
export function readinessChecks(dr: CrossRegionDr, leastCertificateDays: number): ReadinessCheck[] {
  const side = dr.recovery;
  return [
    databaseCheck(dr, side),
    distributedDatabaseCheck(side),
    filesCheck(dr, side),
    tablesCheck(side),
    secretsCheck(dr, side),
    certificatesCheck(side, leastCertificateDays),
    imagesCheck(dr, side),
    capacityCheck(dr, side),
    quotasCheck(side),
  ].filter((check) => check !== undefined);
}

function databaseCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const { replicaCluster, readReplica } = side.database ?? {};
  if (!replicaCluster && !readReplica) {
    return undefined;
  }
  const { systemName } = side;
  const here = databaseIdentifierOf(systemName, dr.recoveryRegion);
  const there = databaseIdentifierOf(systemName, dr.primaryRegion);
  const kind = replicaCluster ? 'cluster' : 'instance';
  const global = dr.primary.database?.replication?.members?.globalIdentifier;
  const headlessIn = dr.strategy.headlessDatabase && dr.activeRegion === dr.primaryRegion ? global : undefined;
  const [resource, group] = replicaCluster ? ['cluster', 'cluster-pg'] : ['db', 'pg'];
  return {
    name: 'Database',
    meaning: 'the databases of both Regions differ in version, parameters or size, or this one cannot take over',
    wanted: { kind, here, there, ...(headlessIn ? { headlessIn } : {}) },
    rights: [
      {
        actions: [replicaCluster ? 'rds:DescribeDBClusters' : 'rds:DescribeDBInstances'],
        resources: [arnIn(dr, dr.recoveryRegion, resource, here), arnIn(dr, dr.primaryRegion, resource, there)],
      },
      {
        actions: [replicaCluster ? 'rds:DescribeDBClusterParameters' : 'rds:DescribeDBParameters'],
        resources: regionsOf(dr).map((region) => arnIn(dr, region, group, '*')), // CloudFormation makes up the name
      },
      ...(headlessIn
        ? [{ actions: ['rds:DescribeGlobalClusters'], resources: [arnIn(dr, '', 'global-cluster', headlessIn)] }]
        : []),
    ],
  };
}

/** Of Aurora DSQL. The ARN of the other cluster is written down; nothing is looked up. */
function distributedDatabaseCheck({ database }: MultiAzClinicalApp): ReadinessCheck | undefined {
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
function filesCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const shares = Object.keys(dr._files?.landed ?? {}).flatMap((name) => {
    const fileSystem = side.files[name].efs?.fileSystem;
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
          serving: dr.activeRegion === dr.recoveryRegion,
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
function tablesCheck(side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const replicas = Object.keys(side.definition._recoverySide?.tableReplicas ?? {});
  const tables = replicas.map((name) => ({ name, ...side.tables[name] }));
  return tables.length === 0
    ? undefined
    : {
        name: 'Tables',
        meaning: 'a table is missing here, or follows the primary Region no more',
        wanted: { tables: tables.map(({ name, table }) => ({ name, tableName: table.tableName })) },
        rights: [{ actions: ['dynamodb:DescribeTable'], resources: tables.map(({ table }) => table.tableArn) }],
      };
}

function arnIn(dr: CrossRegionDr, region: string, resource: string, resourceName: string): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return Stack.of(dr).formatArn({ service: 'rds', region, resource, resourceName, arnFormat });
}
