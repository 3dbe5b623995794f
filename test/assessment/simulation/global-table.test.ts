import { FailureScope } from '../../../src/core/failure-scope';
import { judged, network, ref, resource, web } from '../../support/assessment';

/** What is said of a lost Region, where nothing that was written may be lost. */
function verdictOfRegion(consistency?: unknown): string {
  const objectives = { scopes: { REGION: { rtoSeconds: 14_400, rpoSeconds: 0 } } };
  const service = web(3, { TaskDefinition: ref('Task') });
  const template = {
    ...network(3),
    ...service,
    Task: resource('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Environment: [{ Name: 'TABLE', Value: ref('Consents') }] }],
    }),
    Consents: resource('AWS::DynamoDB::GlobalTable', {
      Replicas: [{ Region: 'us-east-1' }, { Region: 'us-west-2' }],
      ...(consistency ? { MultiRegionConsistency: consistency, GlobalTableWitnesses: [{ Region: 'us-east-2' }] } : {}),
    }),
  };
  const systems = { systems: { Test: { systemName: 'consent', objectives } } };
  return judged(template, FailureScope.REGION, { systems, rules: false });
}

test('an eventually consistent replica lacks the last writes', () => {
  expect(verdictOfRegion()).toBe('MISSES Consents Alb');
  expect(verdictOfRegion('EVENTUAL')).toBe('MISSES Consents Alb');
});

test('a strongly consistent one lacks none that was answered', () => {
  expect(verdictOfRegion('STRONG')).toBe('UNKNOWN Alb');
});

test('one of which nobody knows is not taken for strong', () => {
  expect(verdictOfRegion({ Ref: 'Consistency' })).toBe('MISSES Consents Alb');
});

describe('an Aurora DSQL cluster', () => {
  const arn = (region: string) => `arn:aws:dsql:${region}:111111111111:cluster/${'a'.repeat(26)}`;
  const linked = { WitnessRegion: 'us-east-2', Clusters: [arn('us-east-1'), arn('us-west-2')] };

  function verdictOf(MultiRegionProperties?: unknown, ...others: Record<string, unknown>[]): string {
    const objectives = { scopes: { REGION: { rtoSeconds: 14_400, rpoSeconds: 0 } } };
    const template = {
      ...network(3),
      ...web(3, { TaskDefinition: ref('Task') }),
      Task: resource('AWS::ECS::TaskDefinition', {
        ContainerDefinitions: [{ Environment: [{ Name: 'HOST', Value: { 'Fn::GetAtt': ['Doses', 'VpcEndpoint'] } }] }],
      }),
      Doses: resource('AWS::DSQL::Cluster', { MultiRegionProperties }),
    };
    const systems = { systems: { Test: { systemName: 'doses', objectives } } };
    return judged(template, FailureScope.REGION, { systems, rules: false }, ...others);
  }

  test('in one Region is gone with it', () => {
    expect(verdictOf()).toBe('NOT_RECOVERABLE Doses Alb');
  });

  test('that knows its witness alone, or the other cluster alone, is in one Region', () => {
    expect(verdictOf({ WitnessRegion: 'us-east-2' })).toBe('NOT_RECOVERABLE Doses Alb');
    expect(verdictOf({ Clusters: linked.Clusters })).toBe('NOT_RECOVERABLE Doses Alb');
  });

  test('with its peer loses nothing that was answered', () => {
    expect(verdictOf(linked)).toBe('UNKNOWN Alb');
  });

  test.each<[string, string[], string]>([
    ['both', linked.Clusters, 'UNKNOWN Alb'],
    ['itself alone', [arn('us-west-2')], 'UNKNOWN Alb Doses'],
    ['a cluster that was replaced', [arn('us-east-1').replace(/a$/, 'b'), arn('us-west-2')], 'UNKNOWN Alb Doses'],
    ['others', [arn('eu-west-1'), arn('us-east-2')], 'UNKNOWN Alb Doses'],
  ])('whose peer is in the templates has it where that names %s', (_name, Clusters, expected) => {
    const peer = { Doses: resource('AWS::DSQL::Cluster', { MultiRegionProperties: { ...linked, Clusters } }) };
    expect(verdictOf(linked, peer)).toBe(expected);
  });

  test('of whose peer nobody knows is not decided', () => {
    expect(verdictOf({ WitnessRegion: 'us-east-2', Clusters: { Ref: 'Clusters' } })).toMatch(/^UNKNOWN .*Doses/);
  });
});
