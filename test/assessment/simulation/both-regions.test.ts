import { assess } from '../../../src/assessment/assess';
import type { FailureScope } from '../../../src/core/failure-scope';
import { assemblyOf, att, network, ref, resource, stackOf, web } from '../../support/assessment';
import { declared } from '../scenarios/play';

type Template = Record<string, unknown>;

const TABLE = {
  Consents: resource('AWS::DynamoDB::GlobalTable', {
    TableName: 'consents',
    Replicas: [{ Region: 'us-east-1' }, { Region: 'us-west-2' }],
  }),
};

/** One Region of a service that keeps a table, or a replica of it that the other Region's template makes. */
function side(region: string, table: Template, record: Template = {}): Template {
  return {
    ...network(3),
    ...web(3, { TaskDefinition: ref('Task') }),
    ...table,
    Task: resource('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        { Environment: [{ Name: 'TABLE', Value: table.Consents ? ref('Consents') : 'consents' }] },
      ],
    }),
    Check: resource('AWS::Route53::HealthCheck', {
      HealthCheckConfig: { Type: 'HTTPS', RequestInterval: 10, FailureThreshold: 3 },
    }),
    Name: resource('AWS::Route53::RecordSet', {
      Name: 'consent.example.org',
      Type: 'A',
      SetIdentifier: region,
      Region: region,
      HealthCheckId: ref('Check'),
      AliasTarget: { DNSName: att('Alb', 'DNSName'), EvaluateTargetHealth: true },
      ...record,
    }),
  };
}

function systemOf(strategyName: string, record?: Template) {
  const objectives = { scopes: { REGION: { rtoSeconds: 900, rpoSeconds: 60 } } };
  const system = { objectives, strategy: { strategyName } };
  const stacks = [
    stackOf(declared(side('us-east-1', TABLE), system)),
    stackOf(declared(side('us-west-2', {}, record), { ...system, bornAs: 'RECOVERY' }, 'Recovery'), {
      id: 'Recovery',
      region: 'us-west-2',
    }),
  ];
  const scopes = ['REGION', 'DELETION'] as FailureScope[];
  return assess(assemblyOf(...stacks), { scopes, rules: false }).systems[0];
}

const verdictsOf = (system: ReturnType<typeof systemOf>, scope: string) =>
  system.entryPoints.map(({ standby, scopes }) => [standby, scopes.find((one) => one.scope === scope)?.verdict]);

test('where both Regions serve, the loss of either is judged, and neither is a standby', () => {
  expect(verdictsOf(systemOf('ACTIVE_ACTIVE'), 'REGION')).toEqual([
    [false, 'MEETS'],
    [false, 'MEETS'],
  ]);
  expect(verdictsOf(systemOf('HOT_STANDBY'), 'REGION').map(([standby]) => standby)).toEqual([false, true]);
});

test('a Region whose record has no health check does not lead its users away', () => {
  const unwatched = { HealthCheckId: undefined, AliasTarget: { DNSName: att('Alb', 'DNSName') } };
  expect(verdictsOf(systemOf('ACTIVE_ACTIVE', unwatched), 'REGION')).toEqual([
    [false, 'MEETS'],
    [false, 'UNKNOWN'], // by hand, in a time that nobody knows
  ]);
});

test('what the second Region keeps is the replica that the template of the first one makes', () => {
  const system = systemOf('ACTIVE_ACTIVE');
  expect(verdictsOf(system, 'DELETION').map(([, verdict]) => verdict)).toEqual(['NOT_RECOVERABLE', 'NOT_RECOVERABLE']);
  expect(system.unknowns.filter(({ scope }) => scope === 'DELETION')).toEqual([]);
});
