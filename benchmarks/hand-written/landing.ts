import { Duration, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { newVault } from './backup';
import { documentsBucket } from './documents';
import { latchAlarm } from './failover';
import { newKey } from './keys';
import { newTopic } from './notifications';

export interface Landing {
  readonly key: kms.Key;
  readonly topic: sns.Topic;
}

/** Where copies land in the recovery Region. */
export function fillLanding(stack: Stack, systemName: string): Landing {
  const key = newKey(stack, 'Key', `Encrypts the copies of ${systemName} in this Region`);
  new kms.Alias(stack, 'KeyAlias', { aliasName: `alias/${systemName}-recovery`, targetKey: key });
  const topic = newTopic(stack, 'Topic', key);
  const vault = newVault(stack, `${systemName}-recovery`, key, { min: 90, max: 91 });
  new cloudwatch.Alarm(stack, 'RecoveryPointMissing', {
    alarmDescription: `${systemName}: no copy of a recovery point has arrived in 36 hours`,
    metric: new cloudwatch.Metric({
      namespace: 'AWS/Backup',
      metricName: 'NumberOfRecoveryPointsCompleted',
      dimensionsMap: { BackupVaultName: vault.backupVaultName },
      statistic: 'Sum',
      period: Duration.hours(1),
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 36,
    datapointsToAlarm: 36,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  }).addAlarmAction(new actions.SnsAction(topic));
  documentsBucket(stack, systemName, key);
  latchAlarm(stack, systemName, topic);
  return { key, topic };
}
