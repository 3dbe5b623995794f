import { failedRecords } from '../../../../src/assessment/rules/compute/res-cmp-027-failed-records';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::Lambda::EventSourceMapping', properties) });

testRule(failedRecords, [
  {
    name: 'a destination',
    verdict: 'pass',
    template: it({ StartingPosition: 'LATEST', DestinationConfig: { OnFailure: { Destination: 'arn' } } }),
  },
  { name: 'none', verdict: 'fail', template: it({ StartingPosition: 'LATEST' }) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ StartingPosition: 'LATEST', DestinationConfig: ref('P') }),
  },
  { name: 'a queue', verdict: 'not-applicable', template: it({ EventSourceArn: 'arn' }) },
]);
