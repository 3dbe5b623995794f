import { assess } from '../../../src/assessment/assess';
import type { StackSource } from '../../../src/assessment/model';
import { assemblyOf, resource, stackOf } from '../../support/assessment';

const arn = (name: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':rds:us-east-1:', { Ref: 'AWS::AccountId' }, `:db:${name}`]],
});

function regions(source: unknown): StackSource[] {
  const instance = (properties: Record<string, unknown>) =>
    resource('AWS::RDS::DBInstance', { Engine: 'postgres', MultiAZ: true, ...properties });
  return [
    stackOf({ Resources: { Lis: instance({ DBInstanceIdentifier: 'lis-us-east-1' }) } }, { id: 'Primary' }),
    stackOf(
      { Resources: { Copy: instance({ SourceDBInstanceIdentifier: source }) } },
      { id: 'Recovery', region: 'us-west-2' },
    ),
  ];
}

function isLost(source: unknown): boolean {
  const [system] = assess(assemblyOf(...regions(source)), { scopes: ['REGION' as never], rules: false }).systems;
  return system.findings.some(({ logicalId, verdict }) => logicalId === 'Lis' && verdict === 'NOT_RECOVERABLE');
}

test.each([
  ['its name', 'lis-us-east-1'],
  ['an ARN', 'arn:aws:rds:us-east-1:111122223333:db:lis-us-east-1'],
  ['an ARN of an account and partition only known at deployment', arn('lis-us-east-1')],
])('a read replica that names its source by %s keeps the data when the Region is lost', (_, source) => {
  expect(isLost(source)).toBe(false);
});

test('a read replica of another instance does not', () => {
  expect(isLost(arn('billing-us-east-1'))).toBe(true);
});
