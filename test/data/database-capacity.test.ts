import { Lazy, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { DatabaseCapacity } from '../../src/data';
import { codeOf } from '../support/data';

const large = ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE);

test('has one reader unless told otherwise', () => {
  expect(DatabaseCapacity.serverlessV2({ minAcu: 1, maxAcu: 2 }).readers).toBe(1);
  expect(DatabaseCapacity.provisioned({ instanceType: large }).readers).toBe(1);
});

test('knows the instance class CloudFormation takes', () => {
  expect(DatabaseCapacity.serverlessV2({ minAcu: 1, maxAcu: 2 }).instanceClass).toBe('db.serverless');
  expect(DatabaseCapacity.provisioned({ instanceType: large }).instanceClass).toBe('db.r7g.large');
});

test.each([
  [-0.5, 2],
  [0, 0.5],
  [0.3, 2],
  [1, 256.5],
  [4, 2],
])('fails when %p to %p are not capacity units', (minAcu, maxAcu) => {
  expect(codeOf(() => DatabaseCapacity.serverlessV2({ minAcu, maxAcu }))).toBe('InvalidDatabaseCapacity');
});

test('names every mistake at once', () => {
  expect(() => DatabaseCapacity.serverlessV2({ minAcu: -1, maxAcu: 300, readers: 16 })).toThrow(
    /minAcu .* got -1; maxAcu .* got 300; readers .* got 16/,
  );
});

test.each([-1, 1.5, 16])('fails with %p readers', (readers) => {
  expect(codeOf(() => DatabaseCapacity.provisioned({ instanceType: large, readers }))).toBe('InvalidDatabaseCapacity');
});

test('takes capacity units that are only known at deployment', () => {
  const acu = Token.asNumber(Lazy.any({ produce: () => 4 }));
  expect(DatabaseCapacity.serverlessV2({ minAcu: acu, maxAcu: acu }).minAcu).toBe(acu);
});
