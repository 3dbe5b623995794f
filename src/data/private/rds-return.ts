import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RdsStorage } from '../rds-storage';
import { databaseMaintenanceWindow, MONITORING_INTERVAL_SECONDS } from './database-schedule';
import { passwordCommand, promoteCall, standbyCommand } from './rds-promotion';
import { instanceArn } from './rds-recovery';
import { certificateAuthority, type RdsSettings } from './rds-settings';

/** What a replica on the way back follows. */
export interface ReturnSource {
  readonly region: string;
  /** Name of the instance. */
  readonly identifier: string;
}

/** What is asked for at the terminal, by the name of a variable of the shell. */
const ASKED = {
  KEY: 'KmsKeyId',
  SUBNETS: 'DBSubnetGroup.DBSubnetGroupName',
  GROUP: 'VpcSecurityGroups[0].VpcSecurityGroupId',
  PARAMETERS: 'DBParameterGroups[0].DBParameterGroupName',
  ROLE: 'MonitoringRoleArn',
  OPTIONS: 'OptionGroupMemberships[0].OptionGroupName',
};
/** The same, where the database is a member of a directory. */
const ASKED_OF_MEMBERS = { DIRECTORY: 'DomainMemberships[0].Domain', JOINER: 'DomainMemberships[0].IAMRoleName' };

/**
 * The way back where promotion is for good: the former source is put aside under another name, and a replica of what was promoted takes its
 * place and its name, which is how CloudFormation knows it. What stands around it is asked for at the terminal, because no Region knows the names
 * of the other. The last command promotes: it is typed when nobody writes any more and the replica has caught up.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
 */
export function returnByReplica(
  scope: Construct,
  settings: RdsSettings,
  identifier: string,
  from: ReturnSource,
): string[] {
  const at = `--region ${Stack.of(scope).region} --db-instance-identifier`;
  const aside = `${identifier}-0`;
  const asked = settings.extras?.domain ? { ...ASKED, ...ASKED_OF_MEMBERS } : ASKED;
  return [
    `read -r ${Object.keys(asked).join(' ')} <<< "$(aws rds describe-db-instances ${at} ${identifier} --query 'DBInstances[0].[${Object.values(asked).join(',')}]' --output text)"`,
    `aws rds modify-db-instance ${at} ${identifier} --new-db-instance-identifier ${aside} --apply-immediately`,
    `sleep 120; aws rds wait db-instance-available ${at} ${aside}`,
    create(`${at} ${identifier}`, settings, instanceArn(scope, from.identifier, from.region), from.region),
    complete(`${at} ${identifier}`, settings),
    promoteCall(scope, identifier, settings.quietHour).command,
  ];
}

/** After it: what a bare replica could not have. */
export function returnCompletion(scope: Construct, identifier: string, secretName: string): string {
  return `${passwordCommand(scope, identifier, secretName)} && ${standbyCommand(scope, identifier)}`;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html */
function create(at: string, { engine, port, storage, extras }: RdsSettings, source: string, region: string): string {
  return [
    `aws rds create-db-instance-read-replica ${at} --source-region ${region}`,
    `--source-db-instance-identifier ${source}`,
    '--kms-key-id "$KEY" --db-subnet-group-name "$SUBNETS" --vpc-security-group-ids "$GROUP"',
    ...(engine.replicaTakesParameters ? ['--db-parameter-group-name "$PARAMETERS"'] : []),
    ...(engine.options.length > 0 ? ['--option-group-name "$OPTIONS"'] : []),
    ...(extras?.domain ? ['--domain "$DIRECTORY" --domain-iam-role-name "$JOINER"'] : []),
    `--port ${port} --monitoring-interval ${MONITORING_INTERVAL_SECONDS} --monitoring-role-arn "$ROLE"`,
    `--enable-cloudwatch-logs-exports ${Object.keys(engine.logs).join(' ')}`,
    ...(engine.iamAuthentication ? ['--enable-iam-database-authentication'] : []),
    `${engine.bareReplica ? '' : '--multi-az '}--no-publicly-accessible --copy-tags-to-snapshot --deletion-protection`,
    ...storageOptions(storage),
  ].join(' ');
}

/** What the template says, and a replica is not made with. The wait ends after half an hour, which a large database takes longer than. */
function complete(at: string, { engine, quietHour }: RdsSettings): string {
  return [
    `until aws rds wait db-instance-available ${at}; do sleep 15; done; aws rds modify-db-instance ${at} --apply-immediately`,
    ...(engine.replicaTakesParameters ? [] : ['--db-parameter-group-name "$PARAMETERS"']),
    `--preferred-maintenance-window ${databaseMaintenanceWindow(quietHour)} --ca-certificate-identifier ${certificateAuthority()}`,
  ].join(' ');
}

/**
 * Said, because AWS's pages differ on what is inherited, and CloudFormation sets nothing again whose template has not changed: a database that
 * no longer grew would stop when it is full. gp3 takes no type without operations, and is the default.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
 */
function storageOptions({ storageType, iops, _growsTo }: RdsStorage): string[] {
  return [
    ...(iops === undefined ? [] : [`--storage-type ${storageType} --iops ${Token.isUnresolved(iops) ? '…' : iops}`]),
    ...(_growsTo === undefined ? [] : [`--max-allocated-storage ${_growsTo}`]),
  ];
}
