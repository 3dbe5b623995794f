import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { FailureScope } from '../../core';
import type { CrossRegionDr } from '../cross-region-dr';

/**
 * An alarm in the recovery Region, which sees the lag of its own copy and survives the other. Silence means that it is no copy: an
 * alarm, unless this Region is meant to serve users now.
 */
export function alarmOnReplicationLag(dr: CrossRegionDr): cloudwatch.Alarm | undefined {
  const { primary, recoveryRegion, activeRegion, _recovery: recovery } = dr;
  const lag = recovery?.database?.replicationLag;
  if (!lag) {
    return undefined;
  }
  const { rpo } = primary.objectives.forScope(FailureScope.REGION);
  const { BREACHING, MISSING } = cloudwatch.TreatMissingData;
  const alarm = new cloudwatch.Alarm(dr, 'ReplicationLag', {
    alarmDescription: `${primary.systemName}: the database copy in ${recoveryRegion} is further behind than the RPO of ${rpo.toHumanString()}, or is no copy`,
    metric: lag,
    threshold: rpo.toSeconds(),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    treatMissingData: activeRegion === recoveryRegion ? MISSING : BREACHING,
  });
  recovery?._addAlarm(alarm);
  return alarm;
}
