import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Problems } from '../../core/private/fail';
import type { DatabaseProxy } from '../database-proxy';
import type { DatabaseBindOptions, DatabaseConfig } from '../database-ref';
import type { RdsDatabaseProps } from '../rds-database-props';
import { LONGEST_DATABASE_SYSTEM_NAME, requireSystemName } from './physical-names';
import type { RdsEngine } from './rds-engine';
import { RdsInstance } from './rds-instance';
import { RdsMultiAzCluster } from './rds-multi-az-cluster';
import { RdsReplica } from './rds-replica';
import { commonSettings, type RdsSettings, refuseReplica } from './rds-settings';

/** What PostgreSQL and MySQL share. */
export interface OpenSourceProps extends RdsDatabaseProps {
  readonly databaseName: string;
  readonly multiAzCluster?: boolean;
  readonly proxy?: DatabaseProxy;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html */
const NO_PROXY_OF_A_REPLICA =
  'Amazon RDS puts a proxy before a DB instance that is written to, and before no replica; leave out proxy, or use Aurora';

/** Make an instance, a Multi-AZ DB cluster, or a replica of an instance in another Region. */
export function bindRds(
  scope: Construct,
  props: OpenSourceProps,
  engine: RdsEngine,
  options: DatabaseBindOptions,
): DatabaseConfig {
  requireSystemName(scope, options.systemName, LONGEST_DATABASE_SYSTEM_NAME);
  const settings: RdsSettings = {
    ...commonSettings(props, engine),
    databaseName: props.databaseName,
    makesDatabase: true,
    proxy: props.proxy,
    replicationAlternative: props.proxy && NO_PROXY_OF_A_REPLICA,
  };
  if (options.replicaOf) {
    if (props.proxy) {
      refuseReplica(scope, settings, options);
    }
    return new RdsReplica(scope, settings, options, options.replicaOf).describe();
  }
  return props.multiAzCluster
    ? new RdsMultiAzCluster(scope, settings, options).describe()
    : new RdsInstance(scope, settings, options).describe();
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.Limitations.html */
export function requireMultiAzCluster(problems: Problems, props: OpenSourceProps): void {
  if (!props.multiAzCluster) {
    return;
  }
  const instanceType = props.instanceType.toString();
  problems.require(
    !props.replicateBackups,
    'Amazon RDS replicates backups of a DB instance, not of a Multi-AZ DB cluster; leave out replicateBackups, or multiAzCluster',
  );
  problems.require(
    Token.isUnresolved(instanceType) || /^[a-z]+\d[a-z]*d[a-z]*\./.test(instanceType),
    `a Multi-AZ DB cluster needs instances with local disks, such as m6gd or r6gd, got ${instanceType}`,
  );
  problems.require(
    props.storage.maxSize === undefined,
    `the storage of a Multi-AZ DB cluster does not grow by itself, got maxSize ${props.storage.maxSize?.toGibibytes()} GiB; leave it out`,
  );
}
