import { assess } from '../../../src/assessment/judge';
import type { Json } from '../../../src/assessment/model';
import { FailureScope } from '../../../src/core/failure-scope';
import { assemblyOf, att, aurora, network, ref, resource, stackOf, web } from '../../support/assessment';

type Resources = Record<string, unknown>;
const { REGION } = FailureScope;

const block = (name: string, type: string, config: string, configuration: Resources) => ({
  Name: name,
  ExecutionBlockType: type,
  ExecutionBlockConfiguration: { [config]: configuration },
});
const approve = block('approve', 'ManualApproval', 'ExecutionApprovalConfig', { TimeoutMinutes: 30 });
const database = (more: Resources = {}) =>
  block('aurora', 'AuroraGlobalDatabase', 'GlobalAuroraConfig', {
    Behavior: 'switchoverOnly',
    Ungraceful: { Ungraceful: 'failover' },
    GlobalClusterIdentifier: 'ehr',
    TimeoutMinutes: 30,
    ...more,
  });
const names = block('dns', 'Route53HealthCheck', 'Route53HealthCheckConfig', { RecordName: 'ehr.example.org' });
const services = (TimeoutMinutes: unknown = 30) =>
  block('tasks', 'ECSServiceScaling', 'EcsCapacityIncreaseConfig', { Services: [{}, {}], TimeoutMinutes });
const groups = block('machines', 'EC2AutoScaling', 'Ec2AsgCapacityIncreaseConfig', { Asgs: [{}, {}] });
const call = (more: Resources = {}) =>
  block('smoke', 'CustomActionLambda', 'CustomActionLambdaConfig', {
    RegionToRun: 'activatingRegion',
    Lambdas: [],
    ...more,
  });
const parallel = (...Steps: unknown[]) => block('together', 'Parallel', 'ParallelConfig', { Steps } as Resources);

const plan = (Steps: unknown, more: Resources = {}): Resources => ({
  Plan: resource('AWS::ARCRegionSwitch::Plan', {
    Name: 'ehr',
    RecoveryApproach: 'activePassive',
    PrimaryRegion: 'us-east-1',
    Regions: ['us-east-1', 'us-west-2'],
    Workflows: [{ WorkflowTargetAction: 'activate', Steps }],
    ...more,
  }),
});

const side = (secondary: boolean, instances = 2): Resources => ({
  ...network(3),
  ...web(3),
  ...aurora(instances, {
    GlobalClusterIdentifier: 'ehr',
    ...(secondary ? { MasterUsername: ref('AWS::NoValue') } : {}),
  }),
  Name: resource('AWS::Route53::RecordSet', {
    Name: 'ehr.example.org',
    Failover: secondary ? 'SECONDARY' : 'PRIMARY',
    AliasTarget: { DNSName: att('Alb', 'DNSName') },
    HealthCheckId: { 'Fn::ImportValue': 'vended' },
  }),
});

const objectives = (rtoSeconds: number, rtoReadOnlySeconds?: number): Json => ({
  scopes: { REGION: { rtoSeconds, rpoSeconds: 300, ...(rtoReadOnlySeconds ? { rtoReadOnlySeconds } : {}) } },
});

function lose(resources: Resources, given: Json = objectives(14_400), instances = 2) {
  const systems = {
    systems: {
      Test: { systemName: 'ehr', bornAs: 'PRIMARY', tier: 'OPERATIONAL', objectives: given },
      Other: { systemName: 'ehr', bornAs: 'RECOVERY' },
    },
  };
  const template = { Parameters: { Given: { Type: 'Number' } }, Resources: { ...side(false), ...resources } };
  const assembly = assemblyOf(stackOf(template), stackOf(side(true, instances), { id: 'Other', region: 'us-west-2' }));
  const [system] = assess(assembly, { systems }).systems;
  const [entry] = system.entryPoints;
  const judged = entry.scopes.find((one) => one.scope === REGION);
  const found = [...system.findings, ...system.unknowns].filter((one) => one.scope === REGION);
  return { verdict: judged?.verdict, estimate: judged?.estimate, chain: judged?.chain, found };
}

const minutes = (...parts: number[]) => parts.reduce((sum, part) => sum + part * 60, 0);

describe('losing a Region with a Region switch plan', () => {
  test('steps one after the other are summed: a decision, a promotion, a name', () => {
    expect(lose(plan([approve, database(), names])).estimate?.rto).toEqual({ seconds: minutes(15, 15, 1.5), open: [] });
  });

  test('steps side by side take as long as the slowest', () => {
    const together = parallel(services(), groups);
    expect(lose(plan([approve, together, database(), names])).estimate?.rto.seconds).toBe(minutes(15, 5, 15, 1.5));
  });

  test('a copy lacks a budget of a minute, or what the database that is lost enforces', () => {
    const bounded = (parameters: Resources, cluster: Resources = {}) => ({
      ...plan([approve, database(), names]),
      ...aurora(2, { GlobalClusterIdentifier: 'ehr', DBClusterParameterGroupName: ref('Parameters'), ...cluster }),
      Parameters: resource('AWS::RDS::DBClusterParameterGroup', { Parameters: parameters }),
    });
    expect(lose(bounded({ 'rds.force_ssl': '1' })).estimate?.rpo).toEqual({ seconds: 60, open: [] });
    expect(lose(bounded({ 'rds.global_db_rpo': '20' })).estimate?.rpo).toEqual({ seconds: 20, open: [] });
    expect(lose(bounded({ 'rds.global_db_rpo': 301 })).verdict).toBe('MISSES');
    expect(lose(bounded({ 'rds.global_db_rpo': 301 }), objectives(14_400), 0).estimate?.rpo.seconds).toBe(301);
    const mysql = bounded({ 'rds.global_db_rpo': '20' }, { Engine: 'aurora-mysql' }); // which has no such parameter
    expect(lose(mysql).estimate?.rpo).toEqual({ seconds: 60, open: [] });
    // off, and below what Amazon RDS takes
    expect(lose(bounded({ 'rds.global_db_rpo': '-1' })).estimate?.rpo).toEqual({ seconds: 60, open: [] });
    expect(lose(bounded({ 'rds.global_db_rpo': '19' })).estimate?.rpo).toEqual({ seconds: 60, open: [] });
  });

  test('a plan that asks nobody is begun by somebody', () => {
    expect(lose(plan([database(), names])).estimate?.rto.seconds).toBe(minutes(15, 15, 1.5));
  });

  test('a plan that an alarm begins waits for the alarm', () => {
    const triggered = {
      AssociatedAlarms: { down: { AlarmType: 'trigger', ResourceIdentifier: att('Alarm', 'Arn') } },
      Triggers: [
        {
          Action: 'activate',
          TargetRegion: 'us-west-2',
          MinDelayMinutesBetweenExecutions: 60,
          Conditions: [{ AssociatedAlarmName: 'down', Condition: 'red' }],
        },
      ],
    };
    const Alarm = resource('AWS::CloudWatch::Alarm', { Period: 60, EvaluationPeriods: 3 });
    expect(lose({ ...plan([database(), names], triggered), Alarm }).estimate?.rto.seconds).toBe(minutes(3, 15, 1.5));
    expect(lose(plan([database(), names], triggered)).verdict).toBe('UNKNOWN');
  });

  test('the alarm may be of another stack, and known by its name', () => {
    const triggered = (name: string, region = 'us-east-1') => ({
      AssociatedAlarms: {
        down: {
          AlarmType: 'trigger',
          ResourceIdentifier: { 'Fn::Sub': `arn:\${AWS::Partition}:cloudwatch:${region}:111122223333:alarm:${name}` },
        },
      },
      Triggers: [
        {
          Action: 'activate',
          TargetRegion: 'us-west-2',
          Conditions: [{ AssociatedAlarmName: 'down', Condition: 'red' }],
        },
      ],
    });
    const Alarm = resource('AWS::CloudWatch::Alarm', { AlarmName: 'ehr-down', Period: 60, EvaluationPeriods: 3 });
    const estimate = (more: Resources) => lose({ ...plan([database(), names], more), Alarm }).estimate?.rto;
    expect(estimate(triggered('ehr-down'))).toEqual({ seconds: minutes(3, 15, 1.5), open: [] });
    expect(estimate(triggered('other'))?.open).toHaveLength(1);
    expect(estimate(triggered('ehr-down', 'us-west-2'))?.open).toHaveLength(1);
  });

  test('who must write sooner than the steps take misses, and is told of the plan', () => {
    const { verdict, found } = lose(plan([approve, database(), names]), objectives(minutes(20)));
    expect(verdict).toBe('MISSES');
    expect(found).toMatchObject([
      {
        resource: 'Test/Plan',
        fix: 'run steps side by side, send users over before the promotion, and ask for one approval',
      },
    ]);
  });

  test('users who are sent over before the promotion can read by then', () => {
    const needed = objectives(minutes(60), minutes(20));
    expect(lose(plan([approve, database(), names]), needed).verdict).toBe('MISSES');
    expect(lose(plan([approve, names, database()]), needed).verdict).toBe('MEETS');
  });

  test('what a function takes is unknown, unless it is left out in an emergency', () => {
    expect(lose(plan([approve, database(), call(), names])).verdict).toBe('UNKNOWN');
    expect(lose(plan([approve, database(), call({ Ungraceful: { Behavior: 'skip' } }), names])).verdict).toBe('MEETS');
  });

  test('a step that is given up before it can be done is unknown', () => {
    expect(lose(plan([approve, database({ TimeoutMinutes: 5 }), names])).verdict).toBe('UNKNOWN');
    expect(lose(plan([approve, services(ref('Given')), database(), names])).verdict).toBe('UNKNOWN');
  });

  test('known steps that are too slow miss, whatever the unknown ones take', () => {
    expect(lose(plan([approve, call(), database(), names]), objectives(minutes(20))).verdict).toBe('MISSES');
  });

  test.each<[string, unknown]>([
    ['a switchover', database({ Ungraceful: ref('AWS::NoValue') })],
    ['a function where nothing answers', call({ RegionToRun: 'deactivatingRegion' })],
    ['a function that exists there only', call({ Lambdas: [{ Arn: 'arn:aws:lambda:us-east-1:1:function:f' }] })],
    [
      'an event source that is turned off there',
      block('queue', 'LambdaEventSourceMapping', 'LambdaEventSourceMappingConfig', { Action: 'disable' }),
    ],
    ['one of them beside another step', parallel(call({ RegionToRun: 'deactivatingRegion' }), names)],
  ])('%s needs the Region that is lost: the plan misses', (_name, step) => {
    const { verdict, found } = lose(plan([approve, step, names]));
    expect(verdict).toBe('MISSES');
    expect(found.find(({ resource: path }) => path === 'Test/Plan')?.fix).toContain('ungraceful');
  });

  test('a promotion that the plan leaves out is done by hand', () => {
    const { estimate } = lose(plan([approve, names]));
    expect(estimate?.rto.seconds).toBe(minutes(15, 15));
    expect(lose(plan([approve, database({ GlobalClusterIdentifier: 'other' }), names])).found).toEqual([]);
  });

  test('names that the plan leaves out are changed after it', () => {
    expect(lose(plan([approve, database()])).estimate?.rto.open).toEqual([
      'the health check is not in these templates',
    ]);
  });

  test('a plan gives a cluster without instances none', () => {
    expect(lose(plan([approve, database(), names]), objectives(14_400), 0).found).toEqual([]);
    const late = lose(plan([approve, database(), names]), objectives(minutes(35)), 0);
    expect(late.found.map(({ resource: path }) => path)).toEqual(['Other/Database']);
  });

  test('steps of a child plan count within their parent', () => {
    const child = { Child: { ...(plan([database(), names]).Plan as Resources) } };
    const parent = block('child', 'ARCRegionSwitchPlan', 'RegionSwitchPlanConfig', { Arn: att('Child', 'Arn') });
    expect(lose({ ...plan([approve, parent]), ...child }).estimate?.rto.seconds).toBe(minutes(15, 15, 1.5));
  });

  test('two plans of the same Regions, or steps that a parameter decides, are unknown', () => {
    const second = { Second: plan([approve, names]).Plan };
    expect(lose({ ...plan([approve, database(), names]), ...second }).verdict).toBe('UNKNOWN');
    expect(lose(plan(undefined, { Workflows: { 'Fn::ImportValue': 'flows' } })).verdict).toBe('UNKNOWN');
  });

  test('a plan of other Regions changes nothing', () => {
    const elsewhere = plan([approve, database(), names], { Regions: ['us-east-1', 'eu-west-1'] });
    expect(lose(elsewhere).estimate).toEqual(lose({}).estimate);
  });
});

describe('losing a Region with a plan that promotes a read replica of Amazon RDS', () => {
  const arn = (name: string, region: string) => `arn:aws:rds:${region}:111122223333:db:${name}-${region}`;
  const rds = (properties: Resources): Resources => ({
    ...network(3),
    ...web(3),
    Database: resource('AWS::RDS::DBInstance', {
      Engine: 'postgres',
      MultiAZ: true,
      DBSubnetGroupName: ref('DatabaseSubnets'),
      VPCSecurityGroups: [att('DataGroup', 'GroupId')],
      ...properties,
    }),
    Name: side(false).Name,
  });
  const promote = (map: unknown) =>
    block('promote', 'RdsPromoteReadReplica', 'RdsPromoteReadReplicaConfig', { DbInstanceArnMap: map });
  const map = (name: string) => ({ 'us-east-1': arn(name, 'us-east-1'), 'us-west-2': arn(name, 'us-west-2') });

  /** What misses an objective that is shorter than any decision. */
  function late(step: unknown): (string | undefined)[] {
    const primary = { ...rds({ DBInstanceIdentifier: 'lis-us-east-1' }), ...plan([approve, step, names]) };
    const copy = rds({ SourceDBInstanceIdentifier: arn('lis', 'us-east-1') });
    const systems = {
      systems: {
        Test: { systemName: 'ehr', bornAs: 'PRIMARY', tier: 'OPERATIONAL', objectives: objectives(minutes(10)) },
        Other: { systemName: 'ehr', bornAs: 'RECOVERY' },
      },
    };
    const assembly = assemblyOf(stackOf(primary), stackOf(copy, { id: 'Other', region: 'us-west-2' }));
    const [system] = assess(assembly, { systems }).systems;
    return system.findings.filter(({ scope }) => scope === REGION).map(({ resource: path }) => path);
  }

  test.each([
    ['names it', map('lis')],
    ['names it in other letters', map('LIS')],
    ['refers to it', { 'us-east-1': att('Database', 'DBInstanceArn'), 'us-west-2': arn('lis', 'us-west-2') }],
    ['names what deployment decides', { 'Fn::ImportValue': 'instances' }],
  ])('%s: the promotion is the plan’s', (_name, instances) => {
    expect(late(promote(instances))).toEqual(['Test/Plan']);
  });

  test.each([
    ['other instances', map('billing')],
    ['none', {}],
  ])('names %s: the database is promoted by hand', (_name, instances) => {
    expect(late(promote(instances))).toEqual(['Test/Plan', 'Test/Database']);
  });
});
