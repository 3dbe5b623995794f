import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { DatabaseBindOptions } from '../database-ref';
import { secretNameOf } from './physical-names';

/** The first user. Not a name attackers try first. */
export const USERNAME = 'ehr_owner';

/**
 * Credentials that can follow into another Region: a secret of our own, because one that Amazon RDS manages can neither be
 * replicated nor belong to a database that is.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function databaseSecret(
  scope: Construct,
  encryptionKey: kms.IKey,
  options: DatabaseBindOptions,
): rds.DatabaseSecret {
  const secret = new rds.DatabaseSecret(scope, 'Secret', {
    username: USERNAME,
    secretName: secretNameOf(options.systemName),
    encryptionKey,
  });
  secret.applyRemovalPolicy(options.dataProtection.removalPolicy);
  return secret;
}

/**
 * Every 30 days, in the Region that owns the secret and nowhere else: a replicated secret cannot be written.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export function rotateSecret(
  scope: Construct,
  secret: secretsmanager.ISecret,
  application: secretsmanager.SecretRotationApplication,
  connections: ec2.Connections,
  { vpc, subnets }: DatabaseBindOptions,
): void {
  new secretsmanager.SecretRotation(scope, 'Rotation', {
    application,
    secret,
    automaticallyAfter: Duration.days(30),
    rotateImmediatelyOnUpdate: false, // or tasks that start meanwhile keep a password that is gone
    target: { connections },
    vpc,
    vpcSubnets: subnets,
  });
}
