import { App, type Environment, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { ClinicalTier, DataProtection, ResilienceObjectives } from '../../src/core';
import { Database, type DatabaseBindOptions, type DatabaseConfig, type IDatabase } from '../../src/data';

export const ACCOUNT = '111111111111';
export const VIRGINIA: Environment = { account: ACCOUNT, region: 'us-east-1' };
export const OREGON: Environment = { account: ACCOUNT, region: 'us-west-2' };
export const KEY_ALIAS_ARN = `arn:aws:kms:us-west-2:${ACCOUNT}:alias/ehr-recovery`;

/** A stack with isolated subnets in as many zones as are asked for. */
export function dataStack(env: Environment | undefined = VIRGINIA, maxAzs = 3, app = new App()): Stack {
  const stack = new Stack(app, `Data${app.node.children.length + 1}`, { env });
  const zones = ['a', 'b', 'c', 'd'].slice(0, maxAzs).map((zone) => `${env?.region}${zone}`);
  new ec2.Vpc(stack, 'Vpc', {
    ...(env?.region ? { availabilityZones: zones } : { maxAzs }),
    natGateways: 0,
    subnetConfiguration: [{ name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  return stack;
}

export function objectives(tier: ClinicalTier = ClinicalTier.LIFE_CRITICAL): ResilienceObjectives {
  return ResilienceObjectives.forTier(tier);
}

/** Bind a database as a system would. */
export function bindDatabase(
  stack: Stack,
  database: IDatabase = Database.auroraPostgres({ databaseName: 'hapi' }),
  options: Partial<DatabaseBindOptions> = {},
): DatabaseConfig {
  return database.bind(new Construct(stack, 'Database'), {
    systemName: 'ehr',
    vpc: stack.node.findChild('Vpc') as ec2.Vpc,
    subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    objectives: objectives(),
    dataProtection: DataProtection.retain(),
    ...options,
  });
}

/** Names of errors are codes. */
export function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).name;
  }
  return 'no error';
}
