import { failingProbe } from '../../../src/assessment/scenarios/failing-probe';
import { alarm, declared, hospital, resource, testScenario } from './play';

const SHALLOW = "the load balancer's probe does not ask the database";
const TELLS = 'an alarm tells within the objective that users get errors';
const HEARD = 'every alarm tells somebody';
const FIRES = 'every alarm can fire, and in time';

const probing = (path: string) => {
  const template = hospital();
  return declared(
    { ...template, Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: path }) },
    { health: { path: '/livez', deepPath: '/readyz' } },
  );
};
const lag = (threshold: number) => alarm({ MetricName: 'ReplicationLatency', Threshold: threshold });

testScenario(failingProbe, [
  { assertion: SHALLOW, answer: 'holds', when: 'the declared shallow path', stacks: probing('/livez') },
  {
    assertion: SHALLOW,
    answer: 'broken',
    when: 'the declared deep path',
    stacks: probing('/readyz'),
    about: 'Test/Targets',
  },
  { assertion: SHALLOW, answer: 'unknown', when: 'a path that nobody declared', stacks: probing('/healthcheck') },
  { assertion: 'connections give up before the probe does', answer: 'unknown', when: 'anything', stacks: hospital() },
  { assertion: TELLS, answer: 'holds', when: 'three minutes', stacks: hospital({ Alarm: alarm() }) },
  {
    assertion: TELLS,
    answer: 'broken',
    when: 'an hour',
    stacks: hospital({ Alarm: alarm({ EvaluationPeriods: 60 }) }),
    about: 'Test/Alarm',
  },
  { assertion: TELLS, answer: 'broken', when: 'no alarm', stacks: hospital(), about: 'Test/Alb' },
  {
    assertion: TELLS,
    answer: 'unknown',
    when: 'a period that an import decides',
    stacks: hospital({ Alarm: alarm({ Period: { 'Fn::ImportValue': 'period' } }) }),
  },
  { assertion: HEARD, answer: 'holds', when: 'an action', stacks: hospital({ Alarm: alarm() }) },
  {
    assertion: HEARD,
    answer: 'holds',
    when: 'a composite alarm on it',
    stacks: hospital({
      Alarm: alarm({ AlarmActions: undefined, AlarmName: 'errors' }),
      All: resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'ALARM("errors")' }),
    }),
  },
  {
    assertion: HEARD,
    answer: 'broken',
    when: 'no action',
    stacks: hospital({ Alarm: alarm({ AlarmActions: undefined }) }),
    about: 'Test/Alarm',
  },
  { assertion: FIRES, answer: 'holds', when: 'a lag within what may be lost', stacks: hospital({ Alarm: lag(300) }) },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a lag beyond what may be lost',
    stacks: hospital({ Alarm: lag(9000) }),
    about: 'Test/Alarm',
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a percentage over 100',
    stacks: hospital({ Alarm: alarm({ MetricName: 'CPUUtilization', Threshold: 150 }) }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a count below nothing',
    stacks: hospital({ Alarm: alarm({ ComparisonOperator: 'LessThanThreshold', Threshold: 0 }) }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a day until it fires',
    stacks: hospital({ Alarm: alarm({ EvaluationPeriods: 1440 }) }),
  },
  {
    assertion: FIRES,
    answer: 'holds',
    when: 'a day of backups missing',
    stacks: hospital({
      Alarm: alarm({
        MetricName: 'NumberOfBackupJobsCompleted',
        Period: 3600,
        EvaluationPeriods: 36,
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
      }),
    }),
  },
]);
