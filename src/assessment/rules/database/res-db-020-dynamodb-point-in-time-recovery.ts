import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, entryOf, itemsOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A table, and each replica of it, can be restored to any moment. */
export const dynamodbPointInTimeRecovery = defineRule({
  id: 'RES-DB-020',
  title: 'a table, and each replica of it, can be restored to any moment',
  severity: 'error',
  scope: FailureScope.CORRUPTION,
  why: 'without it there is no way back to the moment before a bad write',
  fix: 'set PointInTimeRecoveryEnabled to true, on every replica of a global table',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html',
  alsoKnownAs: [
    'SecurityHub:DynamoDB.2',
    'Config:DYNAMODB_PITR_ENABLED',
    'Prowler:dynamodb_tables_pitr_enabled',
    'GuardRegistry:DYNAMODB_PITR_ENABLED',
    'cdk-nag:HIPAA.Security-DynamoDBPITREnabled',
    'cdk-nag:AwsSolutions-DDB3',
    'Checkov:CKV_AWS_28',
    'Checkov:CKV_AWS_165',
    'Trivy:Point in time recovery should be enabled to protect DynamoDB table',
    'TrustedAdvisor:Amazon DynamoDB Point-in-time Recovery',
    'ResilienceHub:Amazon DynamoDB/Point-in-time recovery',
    'Powerpipe-WA-Reliability:dynamodb_table_point_in_time_recovery_enabled',
    'ControlTower:CT.DYNAMODB.PR.1',
  ],
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  evaluate(table) {
    const specifications =
      table.type === 'AWS::DynamoDB::GlobalTable'
        ? itemsOf(table.property('Replicas')).map((replica) => entryOf(replica, 'PointInTimeRecoverySpecification'))
        : [table.property('PointInTimeRecoverySpecification')];
    const switches = specifications.map((specification) => entryOf(specification, 'PointInTimeRecoveryEnabled'));
    if (switches.some((value) => value.kind === 'absent' || booleanOf(value) === false)) {
      return failed('point-in-time recovery is off', 'Properties.PointInTimeRecoverySpecification');
    }
    const reason = switches.map(reasonOf).find((each) => each !== undefined);
    return reason === undefined ? PASS : undecided(reason, 'Properties.PointInTimeRecoverySpecification');
  },
});
