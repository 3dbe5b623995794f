import { RecoveryCall } from '../../src';

const call = (api: string, inputs: Record<string, unknown>) =>
  new RecoveryCall({ description: 'x', service: 'rds', api, region: 'us-west-2', inputs, permissions: [] }).command;

test('a call is a command of the AWS CLI', () => {
  expect(call('FailoverGlobalCluster', { TargetDbClusterIdentifier: 'arn', MinCapacity: 9 })).toBe(
    'aws rds failover-global-cluster --region us-west-2 --target-db-cluster-identifier arn --min-capacity 9',
  );
});

test('a switch has no value', () => {
  expect(call('FailoverGlobalCluster', { AllowDataLoss: true })).toMatch(/ --allow-data-loss$/);
  expect(call('CreateDBInstance', { PubliclyAccessible: false })).toMatch(/ --no-publicly-accessible$/);
});

test('an object is JSON that a shell leaves alone', () => {
  expect(call('PutMetricData', { MetricData: [{ Value: 1 }] })).toMatch(/ --metric-data '\[{"Value":1}\]'$/);
});

test('names that begin small are the same on the command line', () => {
  expect(call('UpdateService', { desiredCount: 0 })).toBe(
    'aws rds update-service --region us-west-2 --desired-count 0',
  );
});

test('names with an abbreviation are spelled as the AWS CLI does', () => {
  expect(call('PromoteReadReplica', { DBInstanceIdentifier: 'ehr' })).toBe(
    'aws rds promote-read-replica --region us-west-2 --db-instance-identifier ehr',
  );
});
