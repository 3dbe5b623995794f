import { Size } from 'aws-cdk-lib';
import { RdsStorage } from '../../src/data';
import { codeOf } from '../support/data';

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
