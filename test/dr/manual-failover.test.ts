import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Failover } from '../../src';
import { hospital } from '../support/hospital';

const manual = (procedure: string) =>
  Failover.manual({ decisionTime: Duration.minutes(5), redirectionTime: Duration.minutes(4), procedure });

test('the time people need counts, and nothing is made to move users', () => {
  const { stack, recoveryStack, dr } = hospital({ dr: () => ({ failover: manual('RUN-17') }) });
  expect(dr.estimate.rtoReadOnly.toMinutes()).toBe(9);
  expect(dr.estimate.untilReadable.map(({ source }) => source)).toEqual(['declared: RUN-17', 'declared: RUN-17']);
  Template.fromStack(stack).resourceCountIs('AWS::Route53::HealthCheck', 0);
  expect(Object.keys(Template.fromStack(recoveryStack).findOutputs('*')).join()).not.toContain('SendUsersHere');
});

test('fails without a procedure', () => {
  expect(() => hospital({ dr: () => ({ failover: manual(' ') }) })).toThrow(/procedure must name what people follow/);
});
