import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RecoveryAutomation, RecoveryCall, type RecoveryPermission, type RecoveryStep } from '../../core';
import type { DatabaseReplicaSource } from '../database-ref';
import type { HeadlessReplica } from '../headless-replica';
import { clusterArn } from './aurora-recovery';
import type { AuroraSettings } from './aurora-settings';
import type { DatabaseFoundation } from './database-foundation';

const GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';
const LAST_CHOICE = 15; // of those that Aurora fails over to

/** Until a cluster without instances has one. */
export function headlessStart(): RecoveryStep[] {
  return [
    {
      description: 'Aurora makes an instance in the headless cluster',
      duration: Duration.minutes(10),
      automation: RecoveryAutomation.ONE_COMMAND,
      source: `${GUIDE}/aurora-global-database-attach.console.headless.html: less than 10 minutes. Needs the control plane of this Region, and capacity that nobody has reserved`,
    },
  ];
}

/** Why a cluster with these settings cannot be kept without instances, if it cannot. */
export function headlessRefusal({ proxy, writeForwarding, enforcedRpo }: AuroraSettings): string | undefined {
  const reasons = [
    proxy && 'its proxy needs an instance to lead to',
    writeForwarding && 'with writeForwarding an instance of the copy forwards writes',
    enforcedRpo &&
      'with enforcedRpo commits wait for the lag of the copy, and AWS does not say whether anything measures that of one without instances',
  ].filter((reason) => reason !== undefined && reason !== false);
  return reasons.length > 0 ? reasons.join('; ') : undefined;
}

/** What an instance is made in. */
export interface HeadlessCluster {
  readonly settings: AuroraSettings;
  readonly foundation: DatabaseFoundation;
  readonly source: DatabaseReplicaSource;
  readonly systemName: string;
}

/**
 * The instance has a name that no template uses, so that no deployment collides with it, and the class of the definition. It goes without
 * Enhanced Monitoring, which would take a role to pass: it is there for an hour. Aurora fails over to every other one first.
 */
export function headlessReplica(scope: Construct, headless: HeadlessCluster): HeadlessReplica {
  const { foundation, settings, source } = headless;
  const { region } = Stack.of(scope);
  const cluster = foundation.identifier;
  const temporary = `${cluster}-temporary`;
  const instance = rdsArn(scope, 'db', temporary);
  const startCall = new RecoveryCall({
    description: 'Makes an instance of the database in this Region',
    service: 'rds',
    api: 'CreateDBInstance',
    region,
    inputs: {
      DBInstanceIdentifier: temporary,
      DBClusterIdentifier: cluster,
      DBInstanceClass: settings.capacity.instanceClass,
      Engine: settings.engine.name,
      PromotionTier: LAST_CHOICE,
      PubliclyAccessible: false, // left out, a VPC with an internet gateway would make it public
    },
    permissions: [
      { actions: ['rds:CreateDBInstance'], resources: [instance, ...namedWith(scope, headless)] },
      keyOf(scope, foundation),
    ],
  });
  const members = (which: string) =>
    `$(aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${cluster} --query 'DBClusters[0].DBClusterMembers[${which}].DBInstanceIdentifier' --output text)`;
  const writer = `$(aws rds describe-global-clusters --region ${region} --global-cluster-identifier ${source.globalIdentifier} --query "GlobalClusters[0].GlobalClusterMembers[?IsWriter && contains(DBClusterArn, ':${source.region}:')].DBClusterArn" --output text)`;
  const remove = `aws rds delete-db-instance --region ${region} --db-instance-identifier`;
  return {
    startCall,
    statusCall: new RecoveryCall({
      description: 'Waits until the instance is available',
      service: 'rds',
      api: 'DescribeDBInstances',
      region,
      inputs: { DBInstanceIdentifier: temporary },
      permissions: [{ actions: ['rds:DescribeDBInstances'], resources: [instance] }],
    }),
    statusSelector: '$.DBInstances[0].DBInstanceStatus',
    startCommand: `${startCall.command} && aws rds wait db-instance-available --region ${region} --db-instance-identifier ${temporary}`,
    removeTemporaryCommand: `test -n "${members('1:')}" && ${remove} ${temporary}`,
    removeInstancesCommand: `test -n "${writer}" && for instance in ${members('')}; do ${remove} $instance; done`,
  };
}

/** What AWS asks about beside the instance; the groups of instances are its own defaults. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html */
function namedWith(scope: Construct, { foundation, systemName }: HeadlessCluster): string[] {
  return [
    clusterArn(scope, systemName, Stack.of(scope).region),
    rdsArn(scope, 'subgrp', foundation.subnetGroup.subnetGroupName),
    rdsArn(scope, 'cluster-pg', foundation.parameterGroup.bindToCluster({}).parameterGroupName),
    rdsArn(scope, 'pg', 'default.*'),
    rdsArn(scope, 'og', 'default:*'),
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html */
function keyOf(scope: Construct, { key }: DatabaseFoundation): RecoveryPermission {
  const { region, urlSuffix } = Stack.of(scope);
  return {
    actions: ['kms:DescribeKey', 'kms:CreateGrant'],
    resources: [key.keyArn],
    conditions: { 'kms:ViaService': `rds.${region}.${urlSuffix}` },
  };
}

function rdsArn(scope: Construct, resource: string, resourceName: string): string {
  return Stack.of(scope).formatArn({
    service: 'rds',
    resource,
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
