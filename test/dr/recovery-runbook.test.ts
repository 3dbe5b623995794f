import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  Database,
  DrStrategy,
  Failover,
  RdsStorage,
  RecoveryRunbook,
  type RecoveryRunbookProps,
  ResilienceObjectives,
} from '../../src';
import { cycleFrom, inRecoveryOrder } from '../../src/dr/private/recovery-order';
import { type HospitalOptions, hospital } from '../support/hospital';
import { textOf } from '../support/published-commands';
import { endpoints, routingControlArn } from '../support/routing-control';

const accounts = { primaryAccount: '111111111111', recoveryAccount: '111111111111' };

function written(
  dr: (stack: Stack) => Partial<CrossRegionDrProps> = () => ({}),
  props: Partial<RecoveryRunbookProps> = {},
  more: HospitalOptions = {},
) {
  const made = hospital({ ...accounts, ...more, dr });
  const runbook = new RecoveryRunbook(made.recoveryStack, 'Runbook', {
    dr: made.dr,
    decidedBy: 'the chief medical information officer on duty',
    ...props,
  });
  return { ...made, runbook };
}

/** Both parts of the text as they are deployed, the way there and the way back. */
function partsIn(stack: Stack): [there: string, back: string] {
  const parameters = Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter'));
  const part = (name: string) =>
    textOf(parameters.find(({ Properties }) => Properties.Name === name)?.Properties.Value);
  return [part('/hapi-fhir/runbook'), part('/hapi-fhir/runbook/return')];
}

function textIn(stack: Stack): string {
  return partsIn(stack).join('\n');
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

describe('a runbook', () => {
  const { stack, recoveryStack, runbook } = written();
  const text = textIn(recoveryStack);

  test('is kept in both Regions, word for word, the way there and the way back', () => {
    expect(partsIn(stack)).toEqual(partsIn(recoveryStack));
    expect(runbook.markdown.match(/^# .*/gm)).toEqual([
      '# hapi-fhir: us-east-1 is lost',
      '# hapi-fhir: us-east-1 is back',
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', { Type: 'String', Tier: 'Advanced' });
  });

  test('leads from the way there to the way back', () => {
    expect(partsIn(recoveryStack)[0]).toMatch(
      /when the lost Region is back[\s\S]*--name \/hapi-fhir\/runbook\/return /,
    );
    expect(runbook.returnParameterName).toBe('/hapi-fhir/runbook/return');
  });

  test('fits, and holds nothing that Parameter Store would take for a reference', () => {
    expect(partsIn(recoveryStack).filter((part) => part.length >= 8192)).toEqual([]);
    expect(text).not.toContain('{{');
  });

  test('says who decides, on what, and what it may cost', () => {
    expect(text).toMatch(/Decides: the chief medical information officer on duty/);
    expect(text).toMatch(/read after 2 minutes, write after 1 hour 2 minutes, lose 15 minutes at most/);
    expect(text).toMatch(
      /## Start when\n- us-east-1 does not answer, and nobody expects it to within 20 minutes: a third of what recovery may take\n/,
    );
  });

  test('says when it is over', () => {
    const done = text.slice(text.indexOf('## Done when'));
    expect(done).toMatch(/- the database writes in us-east-1, and users are there\n/);
    expect(done).toMatch(/- no alarm on replication is on/);
    expect(done).toMatch(
      /- what was found in reconciliation is entered, and somebody of the clinic has signed for it\n$/,
    );
  });

  test('starts on what the hospital decided on, where it did', () => {
    const { runbook: decided } = written(undefined, { activationCriteria: ['a quarter of an hour of no answer'] });
    expect(decided.markdown).toMatch(/## Start when\n- a quarter of an hour of no answer\n##/);
  });

  test('has the commands in the order of recovery', () => {
    const order = [
      'Decide',
      'start-automation-execution',
      'register-scalable-target',
      'failover-global-cluster',
      'Only where that is refused',
      'remove-from-global-cluster',
      'put-metric-data',
      'See that the database writes here. IsWriter is True for the cluster of us-west-2',
      'describe-global-clusters',
      'Wait 15 minutes',
      'Only then tell the wards that they may write',
      'activeRegion set to us-west-2',
      '## Reconcile',
      'describe-db-cluster-snapshots',
      's3 sync',
      '## Go back to us-east-1',
      'switchover-global-cluster',
      '--value 0',
      'activeRegion left out',
    ].map((words) => text.indexOf(words));
    expect(order.filter((at) => at < 0)).toEqual([]);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
  });

  test('names stacks as the cdk command line selects them: by path, whatever their names are', () => {
    const made = written(() => ({}), {}, { stackNames: true });
    const deployed = [...made.runbook.markdown.matchAll(/cdk deploy (.*)$/gm)].map(([, stacks]) => stacks);
    expect(made.recoveryStack.stackName).toBe('named-EhrDr');
    expect(deployed).toEqual(['--exclusively EhrDr', 'Ehr EhrDr']);
  });

  test('asks the lost Region nothing until it is back', () => {
    const [there] = partsIn(recoveryStack);
    const commands = there.split('\n').filter((line) => /^ {7}aws /.test(line));
    expect(commands.length).toBeGreaterThan(3);
    expect(commands.filter((command) => command.includes('us-east-1'))).toEqual([]);
  });

  test('names only what the templates make', () => {
    const made = [stack, recoveryStack].map((side) => JSON.stringify(Template.fromStack(side).toJSON())).join('');
    const named = [
      ...text.matchAll(
        /--global-cluster-identifier (\S+)|:cluster:(\S+)|--db-cluster-identifier (?!arn:)(\S+)|--document-name (\S+)/g,
      ),
    ].map((match) => match.slice(1).find(Boolean) as string);
    expect(new Set(named)).toEqual(
      new Set(['hapi-fhir-global', 'hapi-fhir-us-east-1', 'hapi-fhir-us-west-2', 'hapi-fhir-failover']),
    );
    for (const name of named) {
      expect(made).toMatch(new RegExp(`"(GlobalClusterIdentifier|DBClusterIdentifier|Name)":"${name}"`));
    }
    expect(text).toContain('service/hapi-fhir/hapi-fhir');
    expect(made).toContain('"ServiceName":"hapi-fhir"');
  });

  test('whoever took a shortcut knows where to go on: where it is proved that the database writes', () => {
    expect(text).toMatch(/start-automation-execution/);
    expect(text).toMatch(
      /all calls at once. Then go on at: See that the database writes here. Or make them one by one/,
    );
  });

  test('is found by one command', () => {
    const outputs = Object.values(Template.fromStack(recoveryStack).findOutputs('*')).map(({ Value }) => Value);
    expect(outputs).toContain(
      'aws ssm get-parameter --region us-west-2 --name /hapi-fhir/runbook --query Parameter.Value --output text',
    );
    expect(runbook.parameterName).toBe('/hapi-fhir/runbook');
  });
});

describe('its automation', () => {
  const template = Template.fromStack(written().recoveryStack);
  const [document] = Object.values(
    template.findResources('AWS::SSM::Document', { Properties: { Name: 'hapi-fhir-failover' } }),
  );
  const { mainSteps, assumeRole } = document.Properties.Content;

  test('makes the calls in the order of the runbook, by their names in the SDK', () => {
    expect(
      mainSteps.map(({ name, inputs }: { name: string; inputs: { Service: string; Api: string } }) => [
        name,
        inputs.Service,
        inputs.Api,
      ]),
    ).toEqual([
      ['StartCompute', 'application-autoscaling', 'RegisterScalableTarget'],
      ['PromoteDatabase', 'rds', 'FailoverGlobalCluster'],
      ['SendUsersHere', 'cloudwatch', 'PutMetricData'],
    ]);
  });

  test('names the cluster, the service and the metric that the templates make', () => {
    const [start, promote, send] = mainSteps.map(({ inputs }: { inputs: Record<string, unknown> }) => inputs);
    template.hasResourceProperties('AWS::RDS::DBCluster', { DBClusterIdentifier: 'hapi-fhir-us-west-2' });
    expect(JSON.stringify(promote.TargetDbClusterIdentifier)).toContain('cluster:hapi-fhir-us-west-2');
    expect(promote).toMatchObject({ GlobalClusterIdentifier: 'hapi-fhir-global', AllowDataLoss: true });
    template.hasResourceProperties('AWS::ECS::Service', { ServiceName: 'hapi-fhir' });
    expect(start).toMatchObject({ ResourceId: 'service/hapi-fhir/hapi-fhir', MinCapacity: 9 });
    expect(send).toMatchObject({ Namespace: 'CdkResilientEhr', MetricData: [{ MetricName: 'FailedOver', Value: 1 }] });
  });

  test('may make these calls and no other', () => {
    const [roleId] = JSON.stringify(assumeRole).match(/RunbookAutomationRole\w+/) ?? [];
    const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes(String(roleId)),
    );
    const statements: Statement[] = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.flatMap(({ Action }) => Action)).toEqual([
      'application-autoscaling:RegisterScalableTarget',
      'rds:FailoverGlobalCluster',
      'cloudwatch:PutMetricData',
    ]);
    expect(statements.find(({ Resource }) => Resource === '*')).toMatchObject({
      Action: 'cloudwatch:PutMetricData',
      Condition: { StringEquals: { 'cloudwatch:namespace': 'CdkResilientEhr' } },
    });
  });

  test('sends users although the database refuses, which it does when it writes here already', () => {
    const [start, promote, send] = mainSteps;
    expect(promote).toMatchObject({ onFailure: 'Continue', isCritical: true });
    expect([start.onFailure, send.onFailure]).toEqual([undefined, undefined]);
  });

  test('starts no compute where all of it runs', () => {
    const hot = Template.fromStack(written(() => ({ strategy: DrStrategy.hotStandby() })).recoveryStack);
    expect(JSON.stringify(hot.findResources('AWS::SSM::Document'))).not.toContain('StartCompute');
  });
});

describe('of a database without instances', () => {
  const { recoveryStack } = written(
    () => ({ strategy: DrStrategy.pilotLight({ headlessDatabase: true }) }),
    {},
    {
      app: () => ({ objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' }) }),
    },
  );
  const template = Template.fromStack(recoveryStack);
  const text = textIn(recoveryStack);
  const [document] = Object.values(
    template.findResources('AWS::SSM::Document', { Properties: { Name: 'hapi-fhir-failover' } }),
  );
  const { mainSteps } = document.Properties.Content;

  test('the runbook makes an instance before anything starts, and removes it after the deployment', () => {
    const [failover, back] = text.split('## Go back');
    const places = (of: string, ...parts: string[]) => parts.map((part) => of.indexOf(part));
    const there = places(
      failover,
      'create-db-instance --region us-west-2',
      'register-scalable-target',
      'failover-global-cluster',
      'Deploy with activeRegion set to us-west-2',
      'delete-db-instance --region us-west-2 --db-instance-identifier hapi-fhir-us-west-2-temporary',
    );
    const again = places(
      back,
      'switchover-global-cluster',
      'Deploy with activeRegion left out',
      'do aws rds delete-db-instance',
    );
    for (const order of [there, again]) {
      expect(order).not.toContain(-1);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
    expect(failover).toMatch(/Up to 10 minutes; nothing starts or reads before\. Where AWS has no capacity/);
    expect(back).toMatch(/Refused unless the writer is in us-east-1/);
    expect(back).toMatch(/where it has no data the writer says, by aurora_global_db_status, that the copy follows/);
  });

  test('its automation goes no further before the instance is available', () => {
    expect(mainSteps.map(({ name }: { name: string }) => name)).toEqual([
      'StartDatabase',
      'AwaitDatabase',
      'StartCompute',
      'PromoteDatabase',
      'SendUsersHere',
    ]);
    const [start, wait] = mainSteps;
    expect(start).toMatchObject({
      action: 'aws:executeAwsApi',
      onFailure: 'Continue', // it is there already when somebody starts this again
      inputs: {
        Api: 'CreateDBInstance',
        DBInstanceIdentifier: 'hapi-fhir-us-west-2-temporary',
        DBInstanceClass: 'db.serverless',
        PubliclyAccessible: false,
      },
    });
    expect(wait).toEqual({
      name: 'AwaitDatabase',
      action: 'aws:waitForAwsResourceProperty',
      description: 'Waits until the instance is available',
      inputs: {
        Service: 'rds',
        Api: 'DescribeDBInstances',
        DBInstanceIdentifier: 'hapi-fhir-us-west-2-temporary',
        PropertySelector: '$.DBInstances[0].DBInstanceStatus',
        DesiredValues: ['available'],
      },
    });
  });

  test('its automation may make that one instance, in that one cluster', () => {
    const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
    const statements: Statement[] = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const made = statements.filter(({ Action }) => Action === 'rds:CreateDBInstance');
    expect(made).toHaveLength(1);
    const resources = (made[0].Resource as unknown[]).map((each) => JSON.stringify(each));
    expect(resources.map((each) => /:((?:db|cluster|subgrp|cluster-pg|pg|og):[^"]*)/.exec(each)?.[1])).toEqual([
      'db:hapi-fhir-us-west-2-temporary',
      'cluster:hapi-fhir-us-west-2',
      'subgrp:',
      'cluster-pg:',
      'pg:default.*',
      'og:default:*',
    ]);
    expect(statements.find(({ Action }) => [Action].flat().includes('kms:CreateGrant'))).toMatchObject({
      Action: ['kms:DescribeKey', 'kms:CreateGrant'],
      Condition: { StringEquals: { 'kms:ViaService': expect.anything() } },
    });
  });
});

test('whoever is granted the failover may read the runbook and start the automation, and no more', () => {
  const { recoveryStack, runbook } = written();
  const lead = new iam.Role(recoveryStack, 'Lead', { assumedBy: new iam.AccountRootPrincipal() });
  runbook.grantFailover(lead);
  const [policy] = Object.values(Template.fromStack(recoveryStack).findResources('AWS::IAM::Policy'));
  const statements: Statement[] = policy.Properties.PolicyDocument.Statement;
  expect(statements.map(({ Action }) => Action)).toEqual([
    'ssm:GetParameter',
    'ssm:StartAutomationExecution',
    'iam:PassRole',
  ]);
  const [read, start, pass] = statements.map(({ Resource }) => JSON.stringify(Resource));
  for (const part of ['runbook"', 'runbook/return"']) {
    expect(read).toContain(`:ssm:us-west-2:111111111111:parameter/hapi-fhir/${part}`);
  }
  expect(start).toContain(':automation-definition/hapi-fhir-failover:$DEFAULT');
  expect(pass).toMatch(/RunbookAutomationRole/);
  expect([read, start, pass].join()).not.toContain('*');
  expect(statements[2].Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } });
});

test('with a plan, running it comes first, and the calls are what is left without it', () => {
  const { recoveryStack } = written((stack) => ({
    failover: Failover.regionSwitch({ approvers: iam.Role.fromRoleName(stack, 'Leads', 'leads') }),
  }));
  const text = textIn(recoveryStack);
  expect(text.indexOf('arc-region-switch start-plan-execution')).toBeLessThan(
    text.indexOf('start-automation-execution'),
  );
  expect(text).toMatch(/Or, where the plan cannot be run, make all calls at once/);
  expect(text).toMatch(
    /Then go on at: Send users here and keep them here. AWS may leave that out in an ungraceful run/,
  );
  expect(text).toMatch(
    /--mode graceful[\s\S]*Or, where the plan cannot be run, switch the writer over[\s\S]*Let users return[\s\S]*Deploy with activeRegion left out/,
  );
  expect(text).toMatch(/It makes the calls that follow. Then go on at: Deploy with activeRegion left out\n/);
});

test('with a routing control, the users are left to be sent by hand, and the runbook says so', () => {
  const { recoveryStack } = written(() => ({ failover: Failover.routingControl({ routingControlArn, endpoints }) }));
  expect(textIn(recoveryStack)).toMatch(
    /Make all calls but those for the users at once[\s\S]*Send users here[\s\S]*update-routing-control-state/,
  );
});

describe('systems', () => {
  const two = () => {
    const [identity, ehr] = ['identity', 'hapi-fhir'].map((systemName) => {
      const made = hospital({ ...accounts, app: () => ({ systemName }) });
      return new RecoveryRunbook(made.recoveryStack, 'Runbook', { dr: made.dr, decidedBy: 'duty manager' });
    });
    return { identity, ehr };
  };

  test('are recovered in their order', () => {
    const { identity, ehr } = two();
    ehr.recoverAfter(identity);
    expect(ehr.markdown).toContain('Recovered before it: identity.');
    expect(identity.markdown).toContain('Recovered before it: no other system.');
  });

  test('that would wait for each other fail', () => {
    const { identity, ehr } = two();
    ehr.recoverAfter(identity);
    expect(() => identity.recoverAfter(ehr)).toThrow(
      /systems wait for each other: identity after hapi-fhir after identity; one has to start first.*\[CyclicRecoveryOrder/,
    );
  });
});

describe('an order', () => {
  const node = (name: string, ...after: { name: string; after: never[] }[]) => ({ name, after });

  test('puts everything after what it needs, once', () => {
    const network = node('network');
    const keys = { name: 'keys', after: [network] };
    const data = { name: 'data', after: [keys, network] };
    const app = { name: 'app', after: [data, keys] };
    expect(inRecoveryOrder([app]).map(({ name }) => name)).toEqual(['network', 'keys', 'data', 'app']);
  });

  test('has no cycle where two ways lead to one', () => {
    const network = node('network');
    const app = {
      name: 'app',
      after: [
        { name: 'a', after: [network] },
        { name: 'b', after: [network] },
      ],
    };
    expect(cycleFrom(app)).toBeUndefined();
  });

  test('does not look for ever where the cycle is further down', () => {
    const a: { name: string; after: unknown[] } = { name: 'a', after: [] };
    const b = { name: 'b', after: [a] };
    a.after.push(b);
    expect(cycleFrom({ name: 'start', after: [a as never] })).toBeUndefined();
  });
});

describe('fails', () => {
  test('when nobody decides', () => {
    expect(() => written(undefined, { decidedBy: ' ' })).toThrow(/decidedBy must name the role.*\[InvalidRunbook/);
  });

  test('when it would be where nobody can read it', () => {
    const { stack, dr } = hospital(accounts);
    expect(() => new RecoveryRunbook(stack, 'Runbook', { dr, decidedBy: 'x' })).toThrow(
      /a runbook is needed where recovery happens, in us-west-2, got a stack of us-east-1/,
    );
  });

  test('when it is too long for a parameter', () => {
    const { recoveryStack } = written(undefined, { activationCriteria: ['x'.repeat(8000)] });
    expect(() => Template.fromStack(recoveryStack)).toThrow(
      /characters long, and a parameter takes 7680; shorten decidedBy, activationCriteria/,
    );
  });
});

test('an application that runs once is stopped on the lost side before it can answer again', () => {
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
  const compute = Compute.activePassive({
    image: ContainerImage.fromRegistry(`engine@sha256:${'0'.repeat(64)}`),
    port: 8080,
  });
  const { recoveryStack } = written(undefined, {}, { app: () => ({ objectives, compute }) });
  const text = textIn(recoveryStack);
  expect(text).toMatch(
    /See that the application is stopped in us-east-1 before it can answer again. It must run once.*\n +aws ecs update-service --region us-east-1 .*--desired-count 0/,
  );
  expect(text).toContain('--desired-count 1');
  expect(text).toMatch(/activeRegion set to us-west-2.* without it the application stops/);
});

test('an application that runs once is stopped here before it starts at home, and starts before users return', () => {
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
  const compute = Compute.activePassive({
    image: ContainerImage.fromRegistry(`engine@sha256:${'0'.repeat(64)}`),
    port: 8080,
  });
  const { recoveryStack } = written(undefined, {}, { app: () => ({ objectives, compute }) });
  const text = textIn(recoveryStack);
  expect(text.slice(text.indexOf('## Go back'))).toMatch(
    /--region us-west-2 .*--desired-count 0[\s\S]*switchover-global-cluster[\s\S]*--region us-east-1 .*--desired-count 1[\s\S]*--value 0/,
  );
});

describe('a database whose promotion is for good', () => {
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
  const { recoveryStack } = written(
    undefined,
    {},
    {
      app: () => ({
        objectives,
        database: Database.rdsPostgres({
          instanceType: ec2.InstanceType.of(ec2.InstanceClass.R6I, ec2.InstanceSize.XLARGE),
          storage: RdsStorage.gp3({ size: Size.gibibytes(400) }),
          databaseName: 'lis',
        }),
      }),
    },
  );
  const text = textIn(recoveryStack);

  test('is promoted by the automation as well', () => {
    const documents = JSON.stringify(Template.fromStack(recoveryStack).findResources('AWS::SSM::Document'));
    expect(documents).toContain('"Api":"PromoteReadReplica"');
    expect(text).toContain(
      'aws rds promote-read-replica --region us-west-2 --db-instance-identifier hapi-fhir-us-west-2',
    );
    expect(text).toMatch(
      /See that the database writes here. Prints available, and None[^\n]*\n +aws rds describe-db-instances --region us-west-2 --db-instance-identifier hapi-fhir-us-west-2 /,
    );
  });

  test('comes back by a replica in the other direction, before users do', () => {
    const back = text.slice(text.indexOf('## Go back'));
    expect(back).toMatch(
      /make a replica in us-east-1 of the database in us-west-2[\s\S]*let nobody return to it[\s\S]*Choose an hour[\s\S]*ReplicaLag of the replica is 0, stop writing[\s\S]*--value 0/,
    );
    expect(back).not.toMatch(/Switch the writer over|follows again: connected/);
  });

  test('comes back under the name CloudFormation knows it by, made as it was', () => {
    const commands = text.split('\n').filter((line) => /^ {7}(?:read|aws rds|sleep|until)/.test(line));
    const [asked, aside, wait, replica, complete, promote] = commands.slice(-6).map((line) => line.trim());
    expect(asked).toMatch(/^read -r KEY SUBNETS GROUP PARAMETERS ROLE OPTIONS <<< .*hapi-fhir-us-east-1 --query/);
    expect(aside).toMatch(
      /modify-db-instance --region us-east-1 .*hapi-fhir-us-east-1 .*identifier hapi-fhir-us-east-1-0 /,
    );
    expect(wait).toMatch(
      /wait db-instance-available --region us-east-1 --db-instance-identifier hapi-fhir-us-east-1-0$/,
    );
    expect(replica).toMatch(
      /create-db-instance-read-replica --region us-east-1 --db-instance-identifier hapi-fhir-us-east-1 --source-region us-west-2 --source-db-instance-identifier arn:aws:rds:us-west-2:111111111111:db:hapi-fhir-us-west-2 .*--port 5433 .*--multi-az .*--deletion-protection --max-allocated-storage 800$/,
    );
    expect(complete).toMatch(
      /^until aws rds wait db-instance-available --region us-east-1 .*-identifier hapi-fhir-us-east-1; do .* --preferred-maintenance-window sun:10:00-sun:10:30/,
    );
    expect(promote).toBe(
      'aws rds promote-read-replica --region us-east-1 --db-instance-identifier hapi-fhir-us-east-1 --backup-retention-period 35 --preferred-backup-window 08:00-09:00',
    );
  });

  test('has the rotation stopped that its former source would still take part in, and started when it is back', () => {
    const steps = ['Send users here', 'cancel-rotate-secret --region us-east-1 --secret-id hapi-fhir/database'];
    const back = [
      'ReplicaLag of the replica is 0',
      'rotate-secret --region us-east-1 --secret-id hapi-fhir/database --no-rotate',
    ];
    const places = [...steps, '## Go back', ...back].map((each) => text.indexOf(each));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(text).not.toMatch(/AddDatabaseStandby|Give the database a standby|Give it the password/);
  });
});

test('the rotation of Aurora, whose former writer takes no writes, is left alone', () => {
  expect(textIn(written().recoveryStack)).not.toContain('rotate-secret');
});

describe('of a database with a bound, and one that forwards writes', () => {
  const { stack, recoveryStack } = written(
    undefined,
    {},
    {
      app: () => ({
        database: Database.auroraPostgres({
          databaseName: 'hapi',
          enforcedRpo: Duration.minutes(2),
          writeForwarding: true,
        }),
      }),
    },
  );
  const text = textIn(recoveryStack);

  test('the first Region has the command that lets it write without a copy, before the one that takes over again', () => {
    const outputs = Template.fromStack(stack).findOutputs('*', {
      Description: Match.stringLikeRegexp('or before ReclaimDatabase'),
    });
    expect(Object.values(outputs).map(({ Value }) => Value)).toEqual([
      expect.stringMatching(/reset-db-cluster-parameter-group --region us-east-1 .*rds.global_db_rpo/),
    ]);
  });

  test('nobody promotes while the lost Region’s database lives, and whoever returns knows that the bound is back', () => {
    expect(text).toMatch(/Decide\.[^\n]*Where only the application of us-east-1 is lost, do not promote/);
    expect(text).toMatch(/Switch the writer over[\s\S]*stops where the copy lags: see ResumeWrites of Ehr\n/);
  });

  test('nothing of that is said of others', () => {
    expect(textIn(written().recoveryStack)).not.toMatch(/do not promote|ResumeWrites/);
    expect(Object.keys(Template.fromStack(written().stack).findOutputs('*')).join()).not.toMatch(/ResumeWrites/);
  });
});

test('whoever returns sees that the former writer is connected again, not merely that no alarm is on', () => {
  const { recoveryStack } = written();
  expect(textIn(recoveryStack)).toMatch(
    /follows again: connected[^\n]*\n *aws rds describe-global-clusters --region us-west-2 --global-cluster-identifier hapi-fhir-global .*SynchronizationStatus/,
  );
});
