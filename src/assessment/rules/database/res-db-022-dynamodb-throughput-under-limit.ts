import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** The default of an account, for each of reads and writes of a table. */
const TABLE_QUOTA = 40_000;

/** Provisioned capacity of a table leaves room below the quota. */
export const dynamodbThroughputUnderLimit = defineRule({
  id: 'RES-DB-022',
  title: 'provisioned capacity of a table leaves room below the quota',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a table at its quota cannot grow when the load of a lost zone or Region arrives',
  fix: 'ask for a higher quota, split the table or use on-demand capacity',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  alsoKnownAs: ['Config:DYNAMODB_THROUGHPUT_LIMIT_CHECK', 'GuardRegistry:DYNAMODB_THROUGHPUT_LIMIT_CHECK'],
  resourceTypes: ['AWS::DynamoDB::Table'],
  evaluate(table) {
    const capacities = ['ReadCapacityUnits', 'WriteCapacityUnits'].map((unit) =>
      table.property('ProvisionedThroughput', unit),
    );
    const high = capacities.map(numberOf).find((units) => units !== undefined && units > 0.8 * TABLE_QUOTA);
    if (high !== undefined) {
      return failed(`${high} of ${TABLE_QUOTA} units are provisioned`, 'Properties.ProvisionedThroughput');
    }
    const reason = capacities.map(reasonOf).find((each) => each !== undefined);
    return reason === undefined ? PASS : undecided(reason, 'Properties.ProvisionedThroughput');
  },
});
