import { lostLink } from '../../../src/assessment/scenarios/lost-link';
import { alarm, hospital, resource, testScenario } from './play';

const SECOND = 'each site has a second way that is no circuit';
const AUTOMATIC = 'traffic takes the second way by itself';
const WATCHED = 'an alarm watches the path';

const circuit = { Circuit: resource('AWS::DirectConnect::PrivateVirtualInterface') };
const tunnel = (properties = {}) => ({ Tunnel: resource('AWS::EC2::VPNConnection', properties) });

testScenario(lostLink, [
  {
    assertion: SECOND,
    answer: 'holds',
    when: 'a VPN beside the circuit',
    stacks: hospital({ ...circuit, ...tunnel() }),
  },
  { assertion: SECOND, answer: 'broken', when: 'circuits only', stacks: hospital(circuit), about: 'Test/Circuit' },
  { assertion: SECOND, answer: 'unknown', when: 'no link', stacks: hospital() },
  { assertion: AUTOMATIC, answer: 'holds', when: 'BGP', stacks: hospital({ ...circuit, ...tunnel() }) },
  {
    assertion: AUTOMATIC,
    answer: 'broken',
    when: 'static routes',
    stacks: hospital(tunnel({ StaticRoutesOnly: true })),
    about: 'Test/Tunnel',
  },
  { assertion: AUTOMATIC, answer: 'unknown', when: 'no link', stacks: hospital() },
  {
    assertion: 'the second way carries the clinical minimum',
    answer: 'unknown',
    when: 'anything',
    stacks: hospital(tunnel()),
  },
  {
    assertion: WATCHED,
    answer: 'holds',
    when: 'an alarm on the tunnel',
    stacks: hospital({ ...tunnel(), Alarm: alarm({ Namespace: 'AWS/VPN', MetricName: 'TunnelState' }) }),
  },
  {
    assertion: WATCHED,
    answer: 'broken',
    when: 'an alarm on something else',
    stacks: hospital({ ...tunnel(), Alarm: alarm() }),
    about: 'Test/Tunnel',
  },
  { assertion: WATCHED, answer: 'unknown', when: 'no link', stacks: hospital() },
]);
