import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, entryOf, itemsOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A table, and each replica of it, refuses to be deleted. */
export const dynamodbDeletionProtection = defineRule({
  id: 'RES-DB-009',
  title: 'a table, and each replica of it, refuses to be deleted',
  severity: 'error',
  scope: FailureScope.DELETION,
  why: 'one call, or one replacement of the table, deletes the data and its point-in-time recovery',
  fix: 'set DeletionProtectionEnabled to true, on every replica of a global table',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html',
  alsoKnownAs: [
    'SecurityHub:DynamoDB.6',
    'Config:DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED',
    'Prowler:dynamodb_table_deletion_protection_enabled',
  ],
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  evaluate(table) {
    const protections =
      table.type === 'AWS::DynamoDB::GlobalTable'
        ? itemsOf(table.property('Replicas')).map((replica) => entryOf(replica, 'DeletionProtectionEnabled'))
        : [table.property('DeletionProtectionEnabled')];
    if (protections.some((value) => value.kind === 'absent' || booleanOf(value) === false)) {
      return failed('deletion protection is off', 'Properties.DeletionProtectionEnabled');
    }
    const reason = protections.map(reasonOf).find((each) => each !== undefined);
    return reason === undefined ? PASS : undecided(reason, 'Properties.DeletionProtectionEnabled');
  },
});
