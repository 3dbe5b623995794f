import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** The default of Security Hub's control; the service itself keeps 24 hours. */
const WEEK_HOURS = 168;
const DEFAULT_HOURS = 24;

export const streamOutlivesAnOutage = defineRule({
  id: 'RES-ING-028',
  title: 'records of a stream that care depends on can be read again for a week',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a consumer that stands still for longer than the stream keeps its records loses them, and a fault in it cannot be made good by reading again',
  fix: 'set RetentionPeriodHours to 168 or more',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/kinesis-controls.html',
  alsoKnownAs: [
    'SecurityHub:Kinesis.3',
    'Config:KINESIS_STREAM_BACKUP_RETENTION_CHECK',
    'Prowler:kinesis_stream_data_retention_period',
  ],
  resourceTypes: ['AWS::Kinesis::Stream'],
  evaluate: (stream, { careDependsOn }) => {
    if (!careDependsOn(stream)) {
      return NOT_APPLICABLE;
    }
    const period = stream.property('RetentionPeriodHours');
    const location = 'Properties.RetentionPeriodHours';
    const hours = period.kind === 'absent' ? DEFAULT_HOURS : numberOf(period);
    if (hours === undefined) {
      return undecided(reasonOf(period) ?? 'its retention is not decided', location);
    }
    return hours < WEEK_HOURS ? failed(`keeps records for ${hours} hours`, location) : PASS;
  },
});
