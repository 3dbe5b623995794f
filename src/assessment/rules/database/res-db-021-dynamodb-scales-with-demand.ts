import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, referencesIn, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A table scales with demand. */
export const dynamodbScalesWithDemand = defineRule({
  id: 'RES-DB-021',
  title: 'a table scales with demand',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'fixed capacity throttles when the tasks of a lost zone, or a backlog after an outage, all come back at once',
  fix: 'set BillingMode to PAY_PER_REQUEST, or scale reads and writes',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html',
  alsoKnownAs: [
    'SecurityHub:DynamoDB.1',
    'Config:DYNAMODB_AUTOSCALING_ENABLED',
    'Prowler:dynamodb_table_autoscaling_enabled',
    'GuardRegistry:DYNAMODB_AUTOSCALING_ENABLED',
    'cdk-nag:HIPAA.Security-DynamoDBAutoScalingEnabled',
    'Powerpipe-WA-Reliability:dynamodb_table_auto_scaling_enabled',
  ],
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  evaluate(table, { assembly }) {
    const mode = table.property('BillingMode');
    const reason = reasonOf(mode);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.BillingMode');
    }
    if (textOf(mode) === 'PAY_PER_REQUEST' || table.type === 'AWS::DynamoDB::GlobalTable') {
      return PASS; // a global table with provisioned writes must scale them: CloudFormation takes no other
    }
    const name = textOf(table.property('TableName'));
    const scaled = assembly
      .resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget')
      .filter((target) => {
        const id = target.property('ResourceId');
        const named = name !== undefined && textOf(id) === `table/${name}`;
        return named || referencesIn(id).some(({ resource }) => resource === table);
      })
      .map((target) => textOf(target.property('ScalableDimension')));
    const missing = ['Read', 'Write'].filter((way) => !scaled.includes(`dynamodb:table:${way}CapacityUnits`));
    return missing.length === 0
      ? PASS
      : failed(`${missing.join(' and ').toLowerCase()} capacity is fixed`, 'Properties.BillingMode');
  },
});
