import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** A global table that care depends on has a replica in another Region. */
export const dynamodbGlobalTable = defineRule({
  id: 'RES-DB-023',
  title: 'a global table that care depends on has a replica in another Region',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'without a replica the table is gone for as long as its Region is',
  fix: 'add a replica in another Region',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html',
  alsoKnownAs: ['ResilienceHub:Amazon DynamoDB/Global table'],
  resourceTypes: ['AWS::DynamoDB::GlobalTable'],
  evaluate(table, { careDependsOn }) {
    if (!careDependsOn(table)) {
      return NOT_APPLICABLE;
    }
    const regions = itemsOf(table.property('Replicas')).map((replica) => entryOf(replica, 'Region'));
    const named = new Set(regions.map(textOf).filter((region) => region !== undefined));
    if (named.size >= 2) {
      return PASS;
    }
    const reason = regions.map(reasonOf).find((each) => each !== undefined);
    return reason === undefined || regions.length < 2
      ? failed(`has ${counted(regions.length, 'replica')}`, 'Properties.Replicas')
      : undecided(reason, 'Properties.Replicas');
  },
});
