import { FailureScope } from '../../../core/failure-scope';
import { entryOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { replicationRulesOf } from './buckets';

/** Replication of a bucket is promised within 15 minutes. */
export const replicationTimeControl = defineRule({
  id: 'RES-STO-003',
  title: 'replication of a bucket is promised within 15 minutes',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'without time control nobody says how late a replica is, nor notices',
  fix: 'set ReplicationTime and Metrics to Enabled, both at 15 minutes',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html',
  alsoKnownAs: ['ResilienceHub:Amazon Simple Storage Service/Data replication'],
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate(bucket, { careDependsOn }) {
    const rules = replicationRulesOf(bucket);
    if (rules.length === 0 || !careDependsOn(bucket)) {
      return NOT_APPLICABLE;
    }
    const states = rules.map((rule) => entryOf(entryOf(entryOf(rule, 'Destination'), 'ReplicationTime'), 'Status'));
    const location = 'Properties.ReplicationConfiguration.Rules';
    const reason = states.map(reasonOf).find((each) => each !== undefined);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return states.every((state) => textOf(state) === 'Enabled')
      ? PASS
      : failed('replication time control is off', location);
  },
});
