import { FailureScope } from '../../../core/failure-scope';
import { reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const failedRecords = defineRule({
  id: 'RES-CMP-027',
  title: 'records of a stream that a function fails to process are kept',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'one bad record blocks its shard until it expires, or is skipped and lost',
  fix: 'add a destination for failures to the event source mapping',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
  alsoKnownAs: ['cdk-nag:LambdaEventSourceMappingDestination'],
  resourceTypes: ['AWS::Lambda::EventSourceMapping'],
  evaluate: (mapping) => {
    // only streams start somewhere; a queue keeps failures by its own redrive policy
    if (mapping.property('StartingPosition').kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const destination = mapping.property('DestinationConfig', 'OnFailure', 'Destination');
    if (destination.kind === 'unknown' && mapping.property('DestinationConfig').kind === 'unknown') {
      return undecided(reasonOf(destination) ?? 'its destination is not decided', 'Properties.DestinationConfig');
    }
    return destination.kind === 'absent'
      ? failed('records that fail are kept nowhere', 'Properties.DestinationConfig')
      : PASS;
  },
});
