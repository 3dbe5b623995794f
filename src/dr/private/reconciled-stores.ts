import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { MultiAzClinicalApp } from '../../app';
import type { RecoveryPermission } from '../../core';
import { bucketArnByName } from '../../data/private/bucket-arn';
import { databaseIdentifierOf } from '../../data/private/physical-names';
import type { CrossRegionDr } from '../cross-region-dr';
import type { DocumentLists } from './document-lists';

/** A Region that may have been lost, and what reconciliation has there. */
export interface ReconciledRegion {
  readonly dr: CrossRegionDr;
  /** The application in it. */
  readonly app: MultiAzClinicalApp;
  readonly region: string;
  readonly otherRegion: string;
  /** Where it is made: a scope of its stack. */
  readonly scope: Construct;
}

/** A right of the function; what narrows it, for any operator. */
export interface ReconciliationRight extends Omit<RecoveryPermission, 'conditions'> {
  readonly conditions?: Record<string, Record<string, string>>;
}

/** What the function is told of a store, and what it may do with it. */
export interface ReconciledStore {
  /** As people read it in the report. */
  readonly name: string;
  readonly kind: 'cluster' | 'instance' | 'documents' | 'files';
  readonly wanted: Record<string, unknown>;
  readonly rights: ReconciliationRight[];
}

/** How the database followed, where what it lost can be found. */
export function databaseKind({ primary }: CrossRegionDr): 'cluster' | 'instance' | undefined {
  if (primary.database?.replication?.members) {
    return 'cluster';
  }
  return primary.database?.instance && primary.database.replication ? 'instance' : undefined;
}

/**
 * A member of a global database: rights to change anything are on names that only reconciliation gives. AWS requires kinds of resources that
 * the calls do not name: an option group, a last snapshot.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 */
export function reconciledCluster(of: ReconciledRegion, nobody: ec2.ISecurityGroup): ReconciledStore | undefined {
  const { dr, app, region, otherRegion } = of;
  const members = dr.primary.database?.replication?.members;
  const key = app.database?.encryptionKey;
  if (!members || !key) {
    return undefined;
  }
  const identifier = databaseIdentifierOf(app.systemName, region);
  const ours = arnsIn(of, region);
  const global = rdsArn(of, '', 'global-cluster', members.globalIdentifier);
  const cluster = ours('cluster', identifier);
  const kept = ours('cluster-snapshot', `${identifier}-kept-*`);
  const comparison = ours('cluster', `${identifier}-compare-*`);
  const comparisonInstance = ours('db', `${identifier}-compare-*`);
  const groups = ['subgrp', 'cluster-pg', 'pg'].map((group) => ours(group, '*')); // CloudFormation makes up their names
  const options = ours('og', '*');
  return {
    name: 'database',
    kind: 'cluster',
    wanted: {
      identifier,
      globalIdentifier: members.globalIdentifier,
      securityGroup: nobody.securityGroupId,
      instanceClass: app.database?.headless?.startCall.inputs.DBInstanceClass,
    },
    rights: [
      { actions: ['rds:DescribeGlobalClusters'], resources: [global] },
      { actions: ['rds:DescribeDBClusters'], resources: [cluster, comparison] },
      { actions: ['rds:DescribeDBInstances'], resources: [ours('db', '*')] },
      { actions: ['rds:DescribeDBClusterSnapshots'], resources: [cluster, ours('cluster-snapshot', '*')] },
      {
        actions: ['rds:CopyDBClusterSnapshot'],
        resources: [ours('cluster-snapshot', `rds:unplanned-global-failover-${identifier}-*`), kept],
      },
      { actions: ['rds:RestoreDBClusterFromSnapshot'], resources: [kept, comparison, ...groups, options] },
      { actions: ['rds:CreateDBInstance'], resources: [comparisonInstance, comparison, ...groups, options] },
      { actions: ['rds:AddTagsToResource'], resources: [kept, comparison, comparisonInstance] },
      { actions: ['rds:DeleteDBInstance'], resources: [comparisonInstance] },
      {
        actions: ['rds:DeleteDBCluster'],
        resources: [comparison, ours('cluster-snapshot', `${identifier}-compare-*`)],
      },
      {
        actions: ['rds:SwitchoverGlobalCluster'],
        resources: [
          global,
          cluster,
          rdsArn(of, otherRegion, 'cluster', databaseIdentifierOf(app.systemName, otherRegion)),
        ],
      },
      ...asDatabase(of, key),
    ],
  };
}

/** The former primary itself, whose replica was promoted. */
export function reconciledInstance(of: ReconciledRegion): ReconciledStore {
  const { app, region, otherRegion } = of;
  const identifier = databaseIdentifierOf(app.systemName, region);
  const replica = databaseIdentifierOf(app.systemName, otherRegion);
  const instance = rdsArn(of, region, 'db', identifier);
  const kept = rdsArn(of, region, 'snapshot', `${identifier}-kept-*`);
  return {
    name: 'database',
    kind: 'instance',
    wanted: { identifier, replica },
    rights: [
      { actions: ['rds:DescribeDBInstances'], resources: [instance, rdsArn(of, otherRegion, 'db', replica)] },
      { actions: ['rds:DescribeDBSnapshots'], resources: [instance, kept] },
      { actions: ['rds:CreateDBSnapshot'], resources: [instance, kept] },
      { actions: ['rds:AddTagsToResource'], resources: [kept] },
    ],
  };
}

/** The bucket of this Region: what the other one never received. */
export function reconciledDocuments(of: ReconciledRegion, lists: DocumentLists): ReconciledStore {
  const { account } = Stack.of(of.scope);
  const { bucketName } = lists;
  const job = Stack.of(of.scope).formatArn({ service: 's3', region: of.region, resource: 'job', resourceName: '*' });
  const bucketArn = bucketArnByName(of.scope, bucketName);
  return {
    name: 'documents',
    kind: 'documents',
    wanted: {
      account,
      bucketArn,
      bucketName,
      listBucketArn: lists.bucket.bucketArn,
      keyArn: lists.keyArn,
      roleArn: lists.role.roleArn,
    },
    rights: [
      { actions: ['s3:GetReplicationConfiguration'], resources: [bucketArn] },
      { actions: ['s3:CreateJob'], resources: ['*'] }, // takes no resource; what a job may do is in the role that is passed
      { actions: ['s3:DescribeJob', 's3:UpdateJobStatus'], resources: [job] },
      passRole(lists.role.roleArn, 'batchoperations.s3.amazonaws.com'),
    ],
  };
}

/** Every file share that follows, and has a vault to be kept in. */
export function reconciledFiles({ dr, app }: ReconciledRegion): ReconciledStore[] {
  const { backup } = app;
  return Object.keys(dr._files?.commands ?? {}).flatMap((name) => {
    const fileSystem = app.files[name]?.efs?.fileSystem;
    if (!fileSystem || !backup) {
      return [];
    }
    const { fileSystemId, fileSystemArn } = fileSystem;
    return {
      name: `files ${name}`,
      kind: 'files' as const,
      wanted: {
        fileSystemId,
        fileSystemArn,
        vaultName: backup.vault.backupVaultName,
        roleArn: backup.role.roleArn,
        keepDays: (backup.filePolicy ?? backup.policy).longestRetention.toDays(),
      },
      rights: [
        { actions: ['elasticfilesystem:DescribeReplicationConfigurations'], resources: [fileSystemArn] },
        { actions: ['backup:StartBackupJob'], resources: [backup.vault.backupVaultArn] },
        { actions: ['backup:DescribeBackupJob'], resources: ['*'] }, // takes no resource
        passRole(backup.role.roleArn, 'backup.amazonaws.com'),
      ],
    };
  });
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html */
function asDatabase({ scope, region }: ReconciledRegion, key: kms.IKey): ReconciliationRight[] {
  const via = { 'kms:ViaService': `rds.${region}.${Stack.of(scope).urlSuffix}` };
  return [
    { actions: ['kms:DescribeKey'], resources: [key.keyArn], conditions: { StringEquals: via } },
    {
      actions: ['kms:CreateGrant'],
      resources: [key.keyArn],
      conditions: { StringEquals: via, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}

function passRole(roleArn: string, service: string): ReconciliationRight {
  return {
    actions: ['iam:PassRole'],
    resources: [roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': service } },
  };
}

function arnsIn(of: ReconciledRegion, region: string): (resource: string, name: string) => string {
  return (resource, name) => rdsArn(of, region, resource, name);
}

function rdsArn({ scope }: ReconciledRegion, region: string, resource: string, resourceName: string): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return Stack.of(scope).formatArn({ service: 'rds', region, resource, resourceName, arnFormat });
}
