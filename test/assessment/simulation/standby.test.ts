import { assess } from '../../../src/assessment/assess';
import type { StackSource } from '../../../src/assessment/model';
import { assemblyOf, att, ref, resource } from '../../support/assessment';
import { hospital, hospitalWith, pair } from '../scenarios/play';

type Template = Record<string, unknown>;

const CHECK = { Type: 'HTTPS', RequestInterval: 10, FailureThreshold: 3 };

function record(failover: string | undefined, more: Template = {}): Template {
  return {
    Name: resource('AWS::Route53::RecordSet', {
      Name: 'ehr.example.org',
      ...(failover ? { Failover: failover } : {}),
      ...more,
      AliasTarget: { DNSName: att('Alb', 'DNSName'), EvaluateTargetHealth: more.HealthCheckId === undefined },
    }),
  };
}

const checked = (config: Template = CHECK, more: Template = {}) => ({
  Check: resource('AWS::Route53::HealthCheck', { HealthCheckConfig: config }),
  ...more,
});

/** What is said of the way to the other Region. */
function verdictOfRegion(stacks: StackSource[]) {
  const [system] = assess(assemblyOf(...stacks), { scopes: ['REGION' as never], rules: false }).systems;
  const findings = [...system.findings, ...system.unknowns];
  return findings.find(({ logicalId }) => logicalId === 'Alb')?.verdict ?? 'MEETS';
}

const other = (failover = 'SECONDARY') => hospital(record(failover));
const withCheck = { HealthCheckId: ref('Check') };

test('a health check and failover records lead users to the other Region', () => {
  const primary = hospital({ ...checked(), ...record('PRIMARY', withCheck) });
  expect(verdictOfRegion(pair(primary, other()))).toBe('MEETS');
});

test('two records without a routing policy lead nowhere by themselves', () => {
  const primary = hospital({ ...checked(), ...record(undefined, withCheck) });
  expect(verdictOfRegion(pair(primary, other()))).toBe('MISSES');
});

test('the health of targets leads users too, in a time that nobody publishes', () => {
  expect(verdictOfRegion(pair(hospital(record('PRIMARY')), other()))).toBe('UNKNOWN');
});

describe('a calculated health check', () => {
  const calculated = (threshold: number, children: Template = {}) =>
    checked(
      { Type: 'CALCULATED', HealthThreshold: threshold, ChildHealthChecks: [ref('Probe'), ref('Latch')] },
      {
        Probe: resource('AWS::Route53::HealthCheck', { HealthCheckConfig: CHECK }),
        Latch: resource('AWS::Route53::HealthCheck', {
          HealthCheckConfig: {
            Type: 'CLOUDWATCH_METRIC',
            AlarmIdentifier: { Name: 'failed-over', Region: 'us-west-2' },
          },
        }),
        ...children,
      },
    );
  const verdictWith = (threshold: number) =>
    verdictOfRegion(pair(hospital({ ...calculated(threshold), ...record('PRIMARY', withCheck) }), other()));

  test('turns when fewer children than its threshold are healthy', () => {
    expect(verdictWith(2)).toBe('MEETS');
  });

  test('does not surely turn when an alarm has to agree', () => {
    expect(verdictWith(1)).toBe('UNKNOWN');
  });

  test('never is healthy when it asks for more children than it has', () => {
    expect(verdictWith(3)).toBe('UNKNOWN');
  });
});

describe('a secret that tasks of the standby are started with', () => {
  const started = (secret: string) =>
    hospitalWith(
      { TaskDefinition: ref('Task') },
      {
        ...record('SECONDARY'),
        Task: resource('AWS::ECS::TaskDefinition', {
          ContainerDefinitions: [
            {
              Secrets: [
                {
                  Name: 'PASSWORD',
                  ValueFrom: `arn:aws:secretsmanager:us-west-2:111122223333:secret:${secret}:password::`,
                },
              ],
            },
          ],
        }),
      },
    );
  const kept = (replicas: Template = {}) =>
    hospital({
      ...checked(),
      ...record('PRIMARY', withCheck),
      Password: resource('AWS::SecretsManager::Secret', { Name: 'ehr/database', ...replicas }),
    });
  const missing = (stacks: StackSource[]) =>
    assess(assemblyOf(...stacks), { rules: false })
      .systems.flatMap(({ findings }) => findings)
      .filter(({ scope, fix }) => scope === 'REGION' && fix.includes('Test/Password'));

  test('has to be replicated to its Region', () => {
    expect(missing(pair(kept(), started('ehr/database')))).toMatchObject([
      { verdict: 'MISSES', logicalId: 'Service', fix: 'replicate Test/Password to us-west-2' },
    ]);
  });

  test('is found where it is replicated to, and by its whole name only', () => {
    expect(missing(pair(kept({ ReplicaRegions: [{ Region: 'us-west-2' }] }), started('ehr/database')))).toEqual([]);
    expect(missing(pair(kept(), started('ehr/database-of-another')))).toEqual([]);
  });

  test('may be one of its own Region', () => {
    const own = {
      ...started('ehr/database'),
      Password: resource('AWS::SecretsManager::Secret', { Name: 'ehr/database' }),
    };
    expect(missing(pair(kept(), own))).toEqual([]);
  });
});
