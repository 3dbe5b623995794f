import { twoZones } from '../../../src/assessment/scenarios/two-zones';
import { hospital, hospitalWith, names, pair, testScenario } from './play';

const SURVIVE = 'records survive the loss of two zones, here or in another Region';
const TAKES_OVER = 'another Region takes over while nothing can start in the first';
const CARRIES = 'what stands by carries the peak at once';
const AREA = 'the other Region is in another area';

const global = { GlobalClusterIdentifier: 'global' };
const peak = (count: number) => ({ capacity: { peak: count, running: count, unit: 'task' } });

const three = () => {
  const template = hospital();
  return { ...template, Database2: template.Database1 };
};

testScenario(twoZones, [
  { assertion: SURVIVE, answer: 'holds', when: 'an instance in each of three zones', stacks: three() },
  {
    assertion: SURVIVE,
    answer: 'holds',
    when: 'a copy that is up to date in another Region',
    stacks: pair(
      hospital(names('PRIMARY'), global),
      hospital(names('SECONDARY'), { ...global, MasterUsername: undefined }),
    ),
  },
  {
    assertion: SURVIVE,
    answer: 'broken',
    when: 'two instances and no copy',
    stacks: hospital(),
    about: 'Test/Database',
  },
  {
    assertion: SURVIVE,
    answer: 'unknown',
    when: 'no store in sight',
    stacks: Object.fromEntries(
      Object.entries(hospital())
        .filter(([name]) => !name.startsWith('Database') && name !== 'Subnet1' && name !== 'Subnet2')
        .map(([name, json]) => [
          name,
          name === 'Alb' || name === 'Service'
            ? JSON.parse(JSON.stringify(json).replace(/,\{"Ref":"Subnet[12]"\}/g, ''))
            : json,
        ]),
    ),
  },
  {
    assertion: TAKES_OVER,
    answer: 'holds',
    when: 'a Region that is not us-east-1',
    stacks: pair(hospital(), hospital()).map((source) =>
      source.id === 'Test' ? { ...source, region: 'me-central-1' } : source,
    ),
  },
  { assertion: TAKES_OVER, answer: 'broken', when: 'one Region', stacks: hospital(), about: 'Test/Alb' },
  {
    assertion: TAKES_OVER,
    answer: 'unknown',
    when: 'nothing that runs there',
    stacks: pair(hospital(), Object.fromEntries(Object.entries(hospital()).filter(([name]) => name !== 'Service'))),
  },
  {
    assertion: CARRIES,
    answer: 'holds',
    when: 'as many as the peak needs',
    stacks: pair(hospital(), hospital(), 'us-west-2', peak(3)),
  },
  {
    assertion: CARRIES,
    answer: 'broken',
    when: 'fewer',
    stacks: pair(hospital(), hospital(), 'us-west-2', peak(4)),
    about: 'Recovery/Service',
  },
  {
    assertion: CARRIES,
    answer: 'unknown',
    when: 'a count that an import decides',
    stacks: pair(hospital(), hospitalWith({ DesiredCount: { 'Fn::ImportValue': 'count' } }), 'us-west-2', peak(3)),
  },
  { assertion: AREA, answer: 'holds', when: 'another continent', stacks: pair(hospital(), hospital(), 'eu-west-1') },
  { assertion: AREA, answer: 'unknown', when: 'two Regions of one country', stacks: pair(hospital(), hospital()) },
  { assertion: AREA, answer: 'broken', when: 'one Region', stacks: hospital() },
]);
