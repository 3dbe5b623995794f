import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { FailureScope } from '../../core';
import { databaseIdentifierOf } from '../../data/private/physical-names';
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

/**
 * The same in the other direction: an Aurora global database that was switched over makes the former writer the copy, whose lag only its own
 * Region sees. While users are in the recovery Region that is the one that would survive. A replica of Amazon RDS that was promoted leads nothing.
 */
export function alarmOnReturnLag(scope: Construct, dr: CrossRegionDr): cloudwatch.Alarm | undefined {
  const { primary, primaryRegion, recoveryRegion, activeRegion, _recovery: recovery } = dr;
  if (!recovery?.database?.replicaCluster) {
    return undefined;
  }
  const { rpo } = primary.objectives.forScope(FailureScope.REGION);
  const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;
  const alarm = new cloudwatch.Alarm(scope, 'ReplicationLag', {
    alarmDescription: `${primary.systemName}: users are in ${recoveryRegion}, and the database copy in ${primaryRegion} is further behind than the RPO of ${rpo.toHumanString()}, or is no copy yet`,
    metric: new cloudwatch.Metric({
      namespace: 'AWS/RDS',
      metricName: 'AuroraGlobalDBReplicationLag', // in milliseconds
      dimensionsMap: {
        DBClusterIdentifier: databaseIdentifierOf(primary.systemName, primaryRegion),
        SourceRegion: recoveryRegion,
      },
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.minutes(1),
    }),
    threshold: rpo.toMilliseconds(),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    treatMissingData: activeRegion === recoveryRegion ? BREACHING : NOT_BREACHING, // while it writes there is no data
  });
  primary._addAlarm(alarm);
  return alarm;
}
