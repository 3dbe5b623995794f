import { Graph } from '../../../src/assessment/graph';
import type { Json, StackSource } from '../../../src/assessment/model';
import { type Answer, type Assertion, playScenarios, type Scenario } from '../../../src/assessment/scenarios';
import { systemsIn } from '../../../src/assessment/systems';
import { assemblyOf, aurora, network, resource, stackOf, subnets, web } from '../../support/assessment';

type Template = Record<string, unknown>;

/** A template, or several stacks, and what one assertion of a scenario must say of it. */
export interface Outcome {
  readonly assertion: string;
  readonly answer: Answer;
  /** What the template has of its own. */
  readonly when: string;
  readonly stacks: Template | StackSource[];
  /** A resource that the answer must be about. */
  readonly about?: string | RegExp;
}

export function assertionsOf(scenario: Scenario, stacks: Template | StackSource[]): readonly Assertion[] {
  const assembly = assemblyOf(...(Array.isArray(stacks) ? stacks : [stackOf(stacks)]));
  const graph = new Graph(assembly);
  return playScenarios(graph, systemsIn(assembly, graph), { scenarios: [scenario] }).flatMap(
    (replay) => replay.assertions,
  );
}

/** Plays a scenario on one template for each outcome; every assertion must have an outcome. */
export function testScenario(scenario: Scenario, outcomes: readonly Outcome[]): void {
  test.each(outcomes)('$assertion: $answer with $when', ({ assertion, answer, stacks, about }) => {
    const found = assertionsOf(scenario, stacks).find(({ text }) => text === assertion);
    expect(found).toMatchObject({ text: assertion, answer });
    expect(found?.reasons.length).toBeGreaterThan(0);
    if (about !== undefined) {
      expect(found?.resources).toContainEqual(typeof about === 'string' ? about : expect.stringMatching(about));
    }
  });

  test('each assertion has an outcome, and all are said of a plain hospital', () => {
    const texts = assertionsOf(scenario, hospital()).map(({ text }) => text);
    expect([...new Set(outcomes.map(({ assertion }) => assertion))].sort()).toEqual([...texts].sort());
  });
}

/** A web tier on three zones and Aurora on two of them. */
export function hospital(more: Template = {}, cluster: Template = {}): Template {
  return plain({ ...network(3), ...web(3), ...aurora(2, cluster), ...more });
}

/** Without what is undefined. */
function plain(template: Template): Template {
  return JSON.parse(JSON.stringify(template));
}

/** The web tier with these properties of its service. */
export function hospitalWith(service: Template, more: Template = {}): Template {
  return { ...network(3), ...web(3, service), ...aurora(2), ...more };
}

/** What the template says about itself. */
export function declared(template: Template, system: { [key: string]: Json } = {}, path = 'Test'): Template {
  const systems = { [path]: { systemName: 'ehr', bornAs: 'PRIMARY', ...system } };
  return { Metadata: { 'cdk-resilient-ehr': { schemaVersion: 1, systems } }, Resources: template };
}

/** The hospital in one Region, and what waits in another. */
export function pair(
  primary: Template,
  recovery: Template,
  where = 'us-west-2',
  system: { [key: string]: Json } = {},
): StackSource[] {
  return [
    stackOf(declared(primary, system)),
    stackOf(declared(recovery, { ...system, bornAs: 'RECOVERY' }, 'Recovery'), { id: 'Recovery', region: where }),
  ];
}

/** A failover record of the load balancer, with a health check. */
export const names = (failover: string) => ({
  Check: resource('AWS::Route53::HealthCheck', {
    HealthCheckConfig: { Type: 'HTTPS', RequestInterval: 10, FailureThreshold: 3 },
  }),
  Name: resource('AWS::Route53::RecordSet', {
    Name: 'ehr.example.org',
    Failover: failover,
    HealthCheckId: { Ref: 'Check' },
    AliasTarget: { DNSName: { 'Fn::GetAtt': ['Alb', 'DNSName'] } },
  }),
});

/** A backup plan that keeps snapshots of the database. */
export function backup(rule: Template = {}, vault: Template = {}): Template {
  return {
    Vault: resource('AWS::Backup::BackupVault', { BackupVaultName: 'records', ...vault }),
    Plan: resource('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          {
            TargetBackupVault: { Ref: 'Vault' },
            ScheduleExpression: 'cron(0 5 * * ? *)',
            Lifecycle: { DeleteAfterDays: 90 },
            ...rule,
          },
        ],
      },
    }),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: { Ref: 'Plan' },
      BackupSelection: { Resources: ['*'] },
    }),
  };
}

export function copyTo(account: Json, vault = 'copies'): { CopyActions: Json[] } {
  const arn =
    typeof account === 'string'
      ? `arn:aws:backup:us-east-1:${account}:backup-vault:${vault}`
      : { 'Fn::Join': ['', ['arn:aws:backup:us-east-1:', account, `:backup-vault:${vault}`]] };
  return { CopyActions: [{ DestinationBackupVaultArn: arn as Json }] };
}

export const OTHER_ACCOUNT = '999988887777';

/** An alarm on errors of the load balancer. */
export function alarm(properties: Template = {}): Template {
  return resource('AWS::CloudWatch::Alarm', {
    MetricName: 'HTTPCode_Target_5XX_Count',
    Namespace: 'AWS/ApplicationELB',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 5,
    Period: 60,
    EvaluationPeriods: 3,
    AlarmActions: ['arn:aws:sns:us-east-1:111122223333:page'],
    ...properties,
  });
}

export { resource, subnets };
