import * as iam from 'aws-cdk-lib/aws-iam';
import type { TableStoreConfig } from '../../data';

/** `DescribeTable` is asked by SDKs that map objects. Transactions take the rights of what they are made of. */
const READ = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DescribeTable',
];
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];

/** What the L2's grants give with wildcards. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
const KEY_READ = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_WRITE = [
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Let a principal read items of a table, by its keys and those of its indexes. */
export function grantTableRead(store: TableStoreConfig, grantee: iam.IGrantable): iam.Grant {
  return readItems(store, grantee).combine(store.encryptionKey.grant(grantee, ...KEY_READ));
}

/** Let a principal read, write and delete items of a table; nothing that changes, restores or deletes the table itself. */
export function grantTableReadWrite(store: TableStoreConfig, grantee: iam.IGrantable): iam.Grant {
  return readItems(store, grantee)
    .combine(iam.Grant.addToPrincipal({ grantee, actions: WRITE, resourceArns: [store.table.tableArn] }))
    .combine(store.encryptionKey.grant(grantee, ...KEY_READ, ...KEY_WRITE));
}

/** Indexes by name: a wildcard would reach those of a later day. */
function readItems({ table, indexArns, scannable }: TableStoreConfig, grantee: iam.IGrantable): iam.Grant {
  return iam.Grant.addToPrincipal({
    grantee,
    actions: [...READ, ...(scannable ? ['dynamodb:Scan'] : [])],
    resourceArns: [table.tableArn, ...indexArns],
  });
}
