import { impairedControlPlane } from '../../../src/assessment/scenarios/impaired-control-plane';
import { declared, hospital, hospitalWith, names, pair, resource, testScenario } from './play';

const CARRIES = 'what runs carries the peak after a zone is lost';
const STARTS = 'no recovery in the Region starts anything';
const TAKES_OVER = 'another Region takes over without the impaired one';
const READS = 'what stands by reads nothing in the impaired Region';
const TABLE = 'nothing waits for a table of one Region';

const peak = (count: number) => ({ capacity: { peak: count, running: count, unit: 'task' } });

const started = (image: string) =>
  hospitalWith(
    { TaskDefinition: { Ref: 'Task' } },
    { Task: resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: image }] }) },
  );

const withTable = (table: Record<string, unknown>, type = 'AWS::DynamoDB::Table') =>
  hospitalWith(
    { TaskDefinition: { Ref: 'Task' } },
    {
      Task: resource('AWS::ECS::TaskDefinition', {
        ContainerDefinitions: [{ Environment: [{ Name: 'TABLE', Value: { Ref: 'Table' } }] }],
      }),
      Table: resource(type, table),
    },
  );

testScenario(impairedControlPlane, [
  { assertion: CARRIES, answer: 'holds', when: 'enough tasks left', stacks: declared(hospital(), peak(2)) },
  {
    assertion: CARRIES,
    answer: 'broken',
    when: 'too few tasks left',
    stacks: declared(hospital(), peak(3)),
    about: 'Test/Service',
  },
  { assertion: CARRIES, answer: 'unknown', when: 'a peak that nobody declared', stacks: declared(hospital()) },
  { assertion: STARTS, answer: 'holds', when: 'several of each', stacks: hospital() },
  {
    assertion: STARTS,
    answer: 'broken',
    when: 'one task',
    stacks: hospitalWith({ DesiredCount: 1 }),
    about: 'Test/Service',
  },
  {
    assertion: STARTS,
    answer: 'unknown',
    when: 'a count that an import decides',
    stacks: hospitalWith({ DesiredCount: { 'Fn::ImportValue': 'count' } }),
  },
  {
    assertion: TAKES_OVER,
    answer: 'holds',
    when: 'failover records',
    stacks: pair(hospital(names('PRIMARY')), hospital(names('SECONDARY'))),
  },
  {
    assertion: TAKES_OVER,
    answer: 'broken',
    when: 'records that somebody has to change in us-east-1',
    stacks: pair(hospital(), hospital()),
  },
  { assertion: TAKES_OVER, answer: 'broken', when: 'one Region', stacks: hospital(), about: 'Test/Alb' },
  {
    assertion: READS,
    answer: 'holds',
    when: 'an image of its own Region',
    stacks: pair(hospital(), started('1.dkr.ecr.us-west-2.amazonaws.com/ehr')),
  },
  {
    assertion: READS,
    answer: 'broken',
    when: 'an image of the impaired Region',
    stacks: pair(hospital(), started('1.dkr.ecr.us-east-1.amazonaws.com/ehr')),
    about: 'Recovery/Service',
  },
  {
    assertion: READS,
    answer: 'broken',
    when: 'an image of the other Region, where both serve',
    stacks: pair(hospital(), started('1.dkr.ecr.us-east-1.amazonaws.com/ehr'), 'us-west-2', {
      strategy: { strategyName: 'ACTIVE_ACTIVE' },
    }),
    about: 'Recovery/Service',
  },
  { assertion: TABLE, answer: 'holds', when: 'no table', stacks: hospital() },
  { assertion: TABLE, answer: 'broken', when: 'a table of one Region', stacks: withTable({}), about: 'Test/Table' },
  {
    assertion: TABLE,
    answer: 'unknown',
    when: 'a global table, whose clients are not seen',
    stacks: withTable({ Replicas: [{ Region: 'us-east-1' }, { Region: 'us-west-2' }] }, 'AWS::DynamoDB::GlobalTable'),
  },
]);
