import { assess } from '../../../src/assessment/assess';
import type { StackSource } from '../../../src/assessment/model';
import { assemblyOf, att, network, ref, resource, stackOf, web } from '../../support/assessment';

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

describe('a read replica', () => {
  const read = (region: string, properties: Record<string, unknown>) => {
    const template = {
      ...network(2),
      ...web(2),
      Copy: resource('AWS::RDS::DBInstance', {
        Engine: 'postgres',
        DBSubnetGroupName: ref('DatabaseSubnets'),
        VPCSecurityGroups: [att('DataGroup', 'GroupId')],
        SourceDBInstanceIdentifier: 'arn:aws:rds:us-east-1:111122223333:db:lis-us-east-1',
        ...properties,
      }),
    };
    const [system] = assess(assemblyOf(stackOf(template, { region })), { rules: false }).systems;
    return (scope: string) => {
      const all = [...system.findings, ...system.unknowns].filter((finding) => finding.resource === 'Test/Copy');
      const found = all.filter((finding) => finding.scope === scope);
      return found.map(({ verdict, fix, estimate }) => ({ verdict, fix, open: estimate?.rto.open }));
    };
  };

  test('of its own Region is made again from its source, and keeps nothing of its own', () => {
    const found = read('us-east-1', {});
    expect(found('AVAILABILITY_ZONE')).toMatchObject([
      { verdict: 'MISSES', fix: 'set MultiAZ of the read replica to true' },
    ]);
    expect(found('COMPONENT')).toMatchObject([
      { verdict: 'UNKNOWN', open: ['AWS publishes no time for replacing the host of a single-AZ instance'] },
    ]);
    expect(found('DELETION')).toEqual([]);
    expect(read('us-east-1', { MultiAZ: true })('AVAILABILITY_ZONE')).toEqual([]);
  });

  test('of another Region is the store there: after a failover, what protects it counts', () => {
    expect(read('us-west-2', { MultiAZ: true })('DELETION')).toMatchObject([
      { verdict: 'NOT_RECOVERABLE', fix: expect.stringContaining('deletion protection') },
      { verdict: 'NOT_RECOVERABLE', fix: expect.stringContaining('DeletionPolicy') },
    ]);
    expect(read('us-west-2', { MultiAZ: true })('CORRUPTION')).toMatchObject([{ verdict: 'NOT_RECOVERABLE' }]);
    const kept = { MultiAZ: true, BackupRetentionPeriod: 35, DeletionProtection: true };
    expect(read('us-west-2', kept)('DELETION')).toEqual([]);
    expect(read('us-west-2', kept)('CORRUPTION')).toMatchObject([
      { fix: 'keep one series of recovery points, or versions, for at least 60 days' },
      { verdict: 'UNKNOWN' },
    ]);
  });

  test('of another Region waits for a failover, also where nobody declared it', () => {
    const stacks = regions('arn:aws:rds:us-east-1:111122223333:db:lis-us-east-1');
    const [system] = assess(assemblyOf(...stacks), { rules: false }).systems;
    expect(system.entryPoints.map(({ name, standby }) => [name, standby])).toEqual([
      ['Primary/Lis', false],
      ['Recovery/Copy', true],
    ]);
  });
});
