import { commonCause } from '../../../src/assessment/scenarios/common-cause';
import { stackOf } from '../../support/assessment';
import { backup, hospital, hospitalWith, OTHER_ACCOUNT, resource, subnets, testScenario } from './play';

const APART = 'what is there twice stands in different zones';
const INDEPENDENT = 'data has a copy that the service which keeps it does not keep too';
const ACCOUNT = 'a copy in another Region is not in the same account';

const inSubnets = (list: unknown) => hospitalWith({ NetworkConfiguration: { AwsvpcConfiguration: { Subnets: list } } });

const global = { GlobalClusterIdentifier: 'global' };
const secondary = (account: string) => [
  stackOf(hospital({}, global)),
  stackOf(hospital({}, { ...global, MasterUsername: undefined }), { id: 'Recovery', region: 'us-west-2', account }),
];

testScenario(commonCause, [
  {
    assertion: APART,
    answer: 'broken',
    when: 'tasks that stay where they were started',
    stacks: hospitalWith({ AvailabilityZoneRebalancing: 'DISABLED' }),
    about: 'Test/Service',
  },
  { assertion: APART, answer: 'holds', when: 'three zones', stacks: hospital() },
  {
    assertion: APART,
    answer: 'broken',
    when: 'three tasks in one zone',
    stacks: inSubnets(subnets(1)),
    about: 'Test/Service',
  },
  {
    assertion: APART,
    answer: 'unknown',
    when: 'subnets that are imported',
    stacks: inSubnets([{ 'Fn::ImportValue': 'subnet' }]),
  },
  { assertion: INDEPENDENT, answer: 'holds', when: 'AWS Backup', stacks: hospital(backup()) },
  {
    assertion: INDEPENDENT,
    answer: 'broken',
    when: "the database's own backups",
    stacks: hospital({}, { BackupRetentionPeriod: 35 }),
    about: 'Test/Database',
  },
  {
    assertion: INDEPENDENT,
    answer: 'unknown',
    when: 'no store in sight',
    stacks: {
      Function: resource('AWS::Lambda::Function'),
      Alb: hospital().Alb,
      ...Object.fromEntries(['Vpc', 'Subnet0', 'Subnet1', 'Subnet2'].map((name) => [name, hospital()[name]])),
    },
  },
  { assertion: ACCOUNT, answer: 'holds', when: 'another account', stacks: secondary(OTHER_ACCOUNT) },
  {
    assertion: ACCOUNT,
    answer: 'broken',
    when: 'the same account',
    stacks: secondary('111122223333'),
    about: 'Recovery/Database',
  },
  { assertion: ACCOUNT, answer: 'unknown', when: 'one Region', stacks: hospital() },
]);
