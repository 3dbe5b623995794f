import { logsDoNotBlock } from '../../../../src/assessment/rules/compute/res-cmp-016-logs-do-not-block';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ECS::TaskDefinition', properties) });
const log = (LogDriver: string, Options: unknown) => ({
  ContainerDefinitions: [{ Name: 'app', LogConfiguration: { LogDriver, Options } }],
});

testRule(logsDoNotBlock, [
  { name: 'non-blocking', verdict: 'pass', template: it(log('awslogs', { mode: 'non-blocking' })) },
  { name: 'left out', verdict: 'pass', template: it(log('awslogs', {})) },
  { name: 'blocking', verdict: 'fail', template: it(log('awslogs', { mode: 'blocking' })) },
  { name: 'a parameter decides', verdict: 'unknown', template: it(log('awslogs', { mode: ref('P') })) },
  { name: 'another driver', verdict: 'not-applicable', template: it(log('awsfirelens', { mode: 'blocking' })) },
]);
