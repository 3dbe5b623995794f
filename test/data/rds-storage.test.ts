import { Size } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Database, OracleEdition, RdsStorage, SqlServerEdition } from '../../src/data';
import { codeOf } from '../support/data';
import { SIZE } from '../support/rds';

const gib = Size.gibibytes;

test('keeps what it was asked for', () => {
  const storage = RdsStorage.io2({ size: gib(500), iops: 40_000, maxSize: gib(1000) });
  expect([storage.storageType, storage.size.toGibibytes(), storage.maxSize?.toGibibytes(), storage.iops]).toEqual([
    'io2',
    500,
    1000,
    40_000,
  ]);
});

test.each([
  ['less than 20 GiB of gp3', () => RdsStorage.gp3({ size: gib(19) })],
  ['less than 100 GiB of io2', () => RdsStorage.io2({ size: gib(99), iops: 1000 })],
  ['more than 64 TiB', () => RdsStorage.gp3({ size: Size.tebibytes(65) })],
  ['parts of a GiB', () => RdsStorage.gp3({ size: Size.mebibytes(20_500) })],
  ['a maximum below a tenth above', () => RdsStorage.gp3({ size: gib(100), maxSize: gib(109) })],
  ['a maximum above 64 TiB', () => RdsStorage.gp3({ size: gib(100), maxSize: Size.tebibytes(65) })],
  ['too few operations', () => RdsStorage.io2({ size: gib(100), iops: 999 })],
  ['too many operations', () => RdsStorage.gp3({ size: gib(500), iops: 64_001 })],
  ['operations that are not whole', () => RdsStorage.io2({ size: gib(100), iops: 1000.5 })],
])('refuses %s', (_, make) => {
  expect(codeOf(make)).toBe('InvalidRdsStorage');
});

test('refuses more operations than the size has, naming everything', () => {
  expect(() => RdsStorage.io2({ size: gib(100), iops: 200_000, maxSize: gib(100) })).toThrow(
    /maxSize must be .* got 100 GiB; iops must be at most 1,000 for each GiB of size, got 200000 for 100 GiB/,
  );
});

test.each([
  ['doubles', gib(500), 1000],
  ['stops at what Amazon RDS has', gib(40_000), 65_536],
  ['stays as it is where less than a tenth is left', gib(60_000), undefined],
])('%s', (_, size, most) => {
  expect(RdsStorage.gp3({ size })._growsTo).toBe(most);
});

describe('operations of gp3', () => {
  const engines = {
    PostgreSQL: (storage: RdsStorage) => Database.rdsPostgres({ ...SIZE, storage, databaseName: 'lis' }),
    MySQL: (storage: RdsStorage) => Database.rdsMysql({ ...SIZE, storage, databaseName: 'lis' }),
    Oracle: (storage: RdsStorage) =>
      Database.rdsOracle({
        ...SIZE,
        storage,
        edition: OracleEdition.ENTERPRISE,
        licenseModel: rds.LicenseModel.BRING_YOUR_OWN_LICENSE,
      }),
    'SQL Server': (storage: RdsStorage) =>
      Database.rdsSqlServer({ ...SIZE, storage, edition: SqlServerEdition.ENTERPRISE }),
  };
  const database = (engine: keyof typeof engines, gibibytes: number, iops?: number) => () =>
    engines[engine](RdsStorage.gp3({ size: gib(gibibytes), iops }));

  test.each<[keyof typeof engines, number, number]>([
    ['PostgreSQL', 399, 12_000],
    ['PostgreSQL', 200, 3000], // what the size includes: Amazon RDS refuses to be told
    ['MySQL', 399, 12_000],
    ['Oracle', 199, 12_000],
  ])('of %s cannot be chosen for %d GiB', (engine, gibibytes, iops) => {
    expect(database(engine, gibibytes, iops)).toThrow(
      /iops of gp3 cannot be chosen below \d+ GiB with this engine, got/,
    );
    expect(database(engine, gibibytes)).not.toThrow();
  });

  test.each<[keyof typeof engines, number, number]>([
    ['PostgreSQL', 400, 12_000],
    ['MySQL', 400, 64_000],
    ['Oracle', 200, 12_000],
    ['SQL Server', 20, 3000],
    ['SQL Server', 500, 16_000],
  ])('of %s can, for %d GiB, be %d', (engine, gibibytes, iops) => {
    expect(database(engine, gibibytes, iops)).not.toThrow();
  });

  test.each<[keyof typeof engines, number, number, RegExp]>([
    ['PostgreSQL', 400, 11_999, /must be 12000 to 64000 with this engine, got 11999/],
    ['SQL Server', 500, 16_001, /must be 3000 to 16000 with this engine, got 16001/],
    ['SQL Server', 20, 12_000, /at most 500 for each GiB of size, got 12000 for 20 GiB/],
  ])('of %s for %d GiB cannot be %d', (engine, gibibytes, iops, message) => {
    expect(database(engine, gibibytes, iops)).toThrow(message);
  });

  test('of io2 are none of these', () => {
    const storage = RdsStorage.io2({ size: gib(100), iops: 1000 });
    expect(() => engines.PostgreSQL(storage)).not.toThrow();
  });
});
