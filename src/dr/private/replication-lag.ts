import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { FailureScope } from '../../core';
import type { CrossRegionDr } from '../cross-region-dr';

/**
 * An alarm in the recovery Region, which sees the lag of its own copy and survives the other. Silence means that it is no copy: an
 * alarm, unless this Region is meant to serve users now. Of a copy without instances AWS does not say whether its lag is published, so its silence is
 * INSUFFICIENT_DATA, neither health nor an alarm that nobody can put out; `RecoveryReadiness` asks whether it is connected.
 */
export function alarmOnReplicationLag(dr: CrossRegionDr): cloudwatch.Alarm | undefined {
  const { primary, recoveryRegion, activeRegion, strategy, _recovery: recovery } = dr;
  const lag = recovery?.database?.replicationLag;
  if (!lag) {
    return undefined;
  }
  const { rpo } = primary.objectives.forScope(FailureScope.REGION);
  const { BREACHING, MISSING } = cloudwatch.TreatMissingData;
  const silent = activeRegion === recoveryRegion || strategy.headlessDatabase;
  const alarm = new cloudwatch.Alarm(dr, 'ReplicationLag', {
    alarmDescription: `${primary.systemName}: the database copy in ${recoveryRegion} is further behind than the RPO of ${rpo.toHumanString()}${strategy.headlessDatabase ? '. Without data nobody knows: ask the writer, by aurora_global_db_status' : ', or is no copy'}`,
    metric: lag,
    threshold: rpo.toSeconds(),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    treatMissingData: silent ? MISSING : BREACHING,
  });
  recovery?._addAlarm(alarm);
  return alarm;
}
