import { execFileSync } from 'node:child_process';
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  Database,
  DatabaseCapacity,
  DrStrategy,
  Failover,
  FileShare,
  RdsStorage,
  RecoveryReconciliation,
  RecoveryRunbook,
  ResilienceObjectives,
  TableStore,
} from '../../src';
import { type HospitalOptions, hospital } from '../support/hospital';

const accounts = { primaryAccount: '111111111111', recoveryAccount: '111111111111' };

function reconciling(options: HospitalOptions = {}, dr: (stack: Stack) => Partial<CrossRegionDrProps> = () => ({})) {
  const made = hospital({ ...accounts, ...options, dr });
  const reconciliation = new RecoveryReconciliation(made.recoveryStack, 'Reconciliation', {
    dr: made.dr,
    approvers: iam.Role.fromRoleName(made.recoveryStack, 'Records', 'clinical-records'),
  });
  return { ...made, reconciliation };
}

interface Step {
  readonly name: string;
  readonly action: string;
  readonly maxAttempts?: number;
  readonly inputs: Record<string, unknown>;
}

function stepsOf(stack: Stack, name: string): Step[] {
  const [document] = Object.values(
    Template.fromStack(stack).findResources('AWS::SSM::Document', { Properties: { Name: name } }),
  );
  return document.Properties.Content.mainSteps;
}

/** What the role of the function may do in a stack: each action with its resources, as text. */
function rightsIn(stack: Stack): [string, string][] {
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))
    .filter(([id]) => /ReconciliationFunction|ReconciliationHereFunction/.test(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
  return policies.flatMap(({ Action, Resource }) =>
    [Action]
      .flat()
      .flatMap((action: string) =>
        [Resource].flat().map((resource: unknown): [string, string] => [action, text(resource)]),
      ),
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).replace(/","|"\]\]\}|\{"Fn::Join":\["",\["/g, '');
}

describe('reconciliation of an Aurora global database and documents', () => {
  const { stack, recoveryStack, dr, reconciliation } = reconciling();
  const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the officer on duty' });
  const role = new iam.Role(recoveryStack, 'OnCall', { assumedBy: new iam.AccountRootPrincipal() });
  reconciliation.grantReconciliation(role);

  test('is in both Regions, because either may be the one that was lost', () => {
    for (const [each, region, other] of [
      [stack, 'us-east-1', 'us-west-2'],
      [recoveryStack, 'us-west-2', 'us-east-1'],
    ] as const) {
      const [check] = stepsOf(each, 'hapi-fhir-reconcile');
      expect(check.inputs.InputPayload).toMatchObject({
        action: 'check',
        region,
        otherRegion: other,
        report: '/hapi-fhir/reconciliation',
        stores: {
          database: {
            kind: 'cluster',
            wanted: { identifier: `hapi-fhir-${region}`, globalIdentifier: 'hapi-fhir-global' },
          },
          documents: { kind: 'documents', wanted: { bucketName: `hapi-fhir-documents-111111111111-${region}` } },
        },
      });
    }
    expect(reconciliation.primary.stores).toEqual(['database', 'documents']);
    expect(reconciliation.recovery?.region).toBe('us-west-2');
  });

  test('knows the class of instances that are not there before a disaster', () => {
    const capacity = DatabaseCapacity.provisioned({ instanceType: new ec2.InstanceType('r7g.xlarge') });
    const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
    const made = reconciling(
      { app: () => ({ objectives, database: Database.auroraPostgres({ databaseName: 'ehr', capacity }) }) },
      () => ({ strategy: DrStrategy.pilotLight({ headlessDatabase: true }) }),
    );
    const [here, there] = [made.recoveryStack, made.stack].map(
      (each) => stepsOf(each, 'hapi-fhir-reconcile')[0].inputs.InputPayload,
    );
    expect(here).toMatchObject({ stores: { database: { wanted: { instanceClass: 'db.r7g.xlarge' } } } });
    expect(there).not.toHaveProperty('stores.database.wanted.instanceClass'); // it always has instances
  });

  test('asks a person between what is kept and what is sent; no step relies on the one before it', () => {
    const steps = stepsOf(stack, 'hapi-fhir-reconcile');
    expect(steps.map(({ name, action }) => [name, action])).toEqual([
      ['Check', 'aws:invokeLambdaFunction'],
      ['Prepare', 'aws:invokeLambdaFunction'],
      ['Prepared', 'aws:assertAwsResourceProperty'],
      ['Approve', 'aws:approve'],
      ['Release', 'aws:invokeLambdaFunction'],
      ['Reconciled', 'aws:assertAwsResourceProperty'],
    ]);
    expect(steps[2].inputs).toMatchObject({
      Name: '/hapi-fhir/reconciliation/state',
      PropertySelector: '$.Parameter.Value',
      DesiredValues: ['prepared', 'releasing'], // the latter where a release was interrupted
    });
    expect(steps[5].inputs.DesiredValues).toEqual(['reconciled', 'returned']); // the latter where somebody went back by hand
    expect(JSON.stringify(steps[3].inputs.Approvers)).toContain('role/clinical-records');
    expect(steps.map(({ maxAttempts }) => maxAttempts)).toEqual([1, 30, undefined, undefined, 30, undefined]);
  });

  test('lets the database return by an automation, not by a call that asks nothing', () => {
    const steps = stepsOf(stack, 'hapi-fhir-return');
    expect(steps.map(({ name, inputs }) => [name, (inputs.InputPayload as { action?: string })?.action])).toEqual([
      ['Return', 'return'],
      ['Returned', undefined],
    ]);
    expect(steps[1].inputs.DesiredValues).toEqual(['returned']);
  });

  test('the function ends before the automation stops waiting for it', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('never replicated'),
      Timeout: 295,
    });
  });

  test('changes nothing but what it named itself, and the writer of the global database', () => {
    const changing = rightsIn(stack).filter(
      ([action]) => /^(rds|backup|s3|ssm):(?!Describe|Get|List)/.test(action) && action !== 's3:CreateJob',
    );
    expect(changing.length).toBeGreaterThan(10);
    const own = /-kept-\*|-compare-\*|:(subgrp|pg|cluster-pg|og):\*|unplanned-global-failover-hapi-fhir-us-east-1-\*/;
    const others = changing.filter(([, resource]) => !own.test(resource));
    expect(new Set(others.map(([action]) => action))).toEqual(
      new Set(['rds:SwitchoverGlobalCluster', 's3:UpdateJobStatus', 'ssm:PutParameter']),
    );
    expect(changing.filter(([action]) => /Delete/.test(action)).every(([, of]) => of.includes('-compare-*'))).toBe(
      true,
    );
  });

  test('may use every kind of resource that AWS requires of an action', () => {
    const kinds = (action: string) =>
      rightsIn(stack).flatMap(([of, resource]) => (of === action ? resource.match(/:([a-z-]+):[^:]*$/)?.[1] : []));
    expect(kinds('rds:RestoreDBClusterFromSnapshot')).toEqual(
      expect.arrayContaining(['cluster', 'cluster-snapshot', 'og']),
    );
    expect(kinds('rds:CreateDBInstance')).toEqual(expect.arrayContaining(['db', 'og', 'pg', 'subgrp']));
    expect(kinds('rds:DeleteDBCluster')).toEqual(['cluster', 'cluster-snapshot']);
    expect(kinds('rds:SwitchoverGlobalCluster')).toEqual(expect.arrayContaining(['cluster', 'global-cluster']));
  });

  test('reads no data: neither objects, nor secrets, nor rows', () => {
    const actions = [...rightsIn(stack), ...rightsIn(recoveryStack)].map(([action]) => action);
    expect(actions.filter((action) => /s3:GetObject|secretsmanager|rds-db|kms:Decrypt/.test(action))).toEqual([]);
  });

  test('the database to compare lets in nobody, and only whom somebody lets in', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: Match.stringLikeRegexp('lets nobody in by itself'),
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })], // nowhere, as the CDK says it
    });
    const other = reconciling();
    other.reconciliation.primary.comparison?.allowFrom(ec2.Peer.ipv4('10.9.0.0/24'), ec2.Port.tcp(5432));
    Template.fromStack(other.stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: Match.stringLikeRegexp('lets nobody in by itself'),
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.9.0.0/24', FromPort: 5432 })],
    });
  });

  test('the key of its log lets CloudWatch write it: of the recovery Region, in the landing', () => {
    for (const each of [stack, dr.landing.stack]) {
      const keys = JSON.stringify(Template.fromStack(each).findResources('AWS::KMS::Key'));
      expect(keys).toContain(':log-group:/hapi-fhir/reconciliation');
    }
  });

  test('lists of documents, whose keys may name patients, are under the key of the documents', () => {
    const [documents] = Object.values(
      Template.fromStack(stack).findResources('AWS::S3::Bucket', {
        Properties: { ReplicationConfiguration: Match.anyValue() },
      }),
    );
    const lists = Template.fromStack(stack).findResources('AWS::S3::Bucket');
    const [, bucket] = Object.entries(lists).find(([id]) => id.includes('ReconciliationDocuments')) ?? [];
    expect(bucket?.Properties.BucketEncryption).toEqual(documents.Properties.BucketEncryption);
    expect(bucket?.Properties.ObjectLockEnabled).toBeUndefined(); // S3 delivers no report into a locked bucket
    expect(bucket?.DeletionPolicy).toBe('Retain');
  });

  test('S3 replicates under a role that only S3 Batch Operations takes, as AWS documents its trust', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      Description: 'Lets S3 Batch Operations list and replicate documents of hapi-fhir',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'batchoperations.s3.amazonaws.com' },
          },
        ],
      },
    });
  });

  test('whoever is on call may start, approve and read, and calls nothing that it calls', () => {
    const [policy] = Object.values(
      Template.fromStack(recoveryStack).findResources('AWS::IAM::Policy', {
        Properties: { Roles: [{ Ref: recoveryStack.getLogicalId(role.node.defaultChild as iam.CfnRole) }] },
      }),
    );
    const statements: { Action: string | string[] }[] = policy.Properties.PolicyDocument.Statement;
    const actions = new Set(statements.flatMap(({ Action }) => Action));
    expect(actions).toEqual(
      new Set([
        'ssm:StartAutomationExecution',
        'ssm:SendAutomationSignal',
        'ssm:GetAutomationExecution',
        'iam:PassRole',
        'ssm:GetParameter',
      ]),
    );
  });

  test('its commands are outputs of the Region they are for', () => {
    Template.fromStack(stack).hasOutput('*', {
      Value: 'aws ssm start-automation-execution --region us-east-1 --document-name hapi-fhir-reconcile',
    });
    Template.fromStack(recoveryStack).hasOutput('*', {
      Value: 'aws ssm start-automation-execution --region us-west-2 --document-name hapi-fhir-return',
    });
  });

  test('the runbook has them in their order, and goes back only through the automation', () => {
    const lines = runbook.markdown.split('\n');
    const at = (part: string) => lines.findIndex((line) => line.includes(part));
    const order = [
      '## Reconcile, before going back',
      '--document-name hapi-fhir-reconcile',
      '--name /hapi-fhir/reconciliation',
      'send-automation-signal --region us-east-1 --signal-type Approve',
      '## Go back to us-east-1',
      '--region us-east-1 --document-name hapi-fhir-return',
      'Let users return',
      'See that the objectives hold again',
      '## Done when',
    ].map(at);
    expect(order).not.toContain(-1);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(runbook.markdown).not.toContain('switchover-global-cluster');
    expect(runbook.markdown).not.toContain('unplanned-global-failover');
  });

  test('who goes back by a plain call is told which one asks', () => {
    const described = (of: Stack) =>
      Object.entries(Template.fromStack(of).findOutputs('*')).find(([id]) => /DemoteDatabase/.test(id))?.[1]
        .Description;
    expect(described(recoveryStack)).toMatch(/Does not ask whether all is reconciled: ReturnDatabase of the primary/);
    expect(described(hospital(accounts).recoveryStack)).not.toMatch(/reconciled/);
  });

  test('the execution that waits for approval is told to the function, which writes it where the command finds it', () => {
    const prepare = stepsOf(stack, 'hapi-fhir-reconcile')[1].inputs.InputPayload;
    expect(prepare).toMatchObject({ execution: '{{automation:EXECUTION_ID}}' });
    const [command] = /sed -n '[^']*'/.exec(reconciliation.primary.approveCommand) ?? [];
    const execution = '4f7ca192-7e9a-40fe-9192-de5cb15a04f1';
    const report = JSON.stringify(
      { round: '1', stores: { database: { ready: true } }, execution, changed: 'now' },
      null,
      1,
    );
    expect(execFileSync('/bin/sh', ['-c', `${command}`], { input: report, encoding: 'utf-8' })).toBe(`${execution}\n`);
    expect(reconciliation.primary.approveCommand).toContain(`"$(${reconciliation.primary.readCommand} | ${command})"`);
  });

  test('the primary waits for no other stack', () => {
    expect(JSON.stringify(Template.fromStack(stack).toJSON()).includes('Fn::ImportValue')).toBe(false);
  });
});

describe('reconciliation of a promoted replica', () => {
  const { stack, recoveryStack, reconciliation } = reconciling({
    app: () => ({
      objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-2' }),
      documents: undefined,
      database: Database.rdsPostgres({
        databaseName: 'lis',
        instanceType: new ec2.InstanceType('r7g.large'),
        storage: RdsStorage.gp3({ size: Size.gibibytes(400), maxSize: Size.gibibytes(800) }),
        expectedConnections: 100,
      }),
    }),
  });

  test('is of the former primary alone: behind a promoted replica there is nothing', () => {
    expect(reconciliation.primary.stores).toEqual(['database']);
    expect(reconciliation.primary.returnCommand).toBeUndefined();
    expect(reconciliation.recovery).toBeUndefined();
    expect(stepsOf(stack, 'hapi-fhir-reconcile')[1].inputs.InputPayload).toMatchObject({
      stores: {
        database: { kind: 'instance', wanted: { identifier: 'hapi-fhir-us-east-1', replica: 'hapi-fhir-us-west-2' } },
      },
    });
    Template.fromStack(recoveryStack).resourcePropertiesCountIs(
      'AWS::SSM::Document',
      { Name: 'hapi-fhir-reconcile' },
      0,
    );
  });
});

const restored = { rto: Duration.hours(24), rpo: Duration.hours(2) };
const withFiles = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
  biaReference: 'BIA-1',
  deletion: restored,
  corruption: restored,
  region: { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(20) },
});

describe('reconciliation of files', () => {
  const { stack, reconciliation } = reconciling(
    { app: () => ({ objectives: withFiles, files: { sites: FileShare.efs() } }) },
    () => ({
      replicatedFiles: { sites: 'fs-0123456789abcdef0' },
    }),
  );

  test('keeps a recovery point in the vault of the system, for as long as its others', () => {
    expect(reconciliation.primary.stores).toEqual(['database', 'documents', 'files sites']);
    expect(stepsOf(stack, 'hapi-fhir-reconcile')[1].inputs.InputPayload).toMatchObject({
      stores: {
        'files sites': { kind: 'files', wanted: { keepDays: expect.any(Number), vaultName: expect.anything() } },
      },
    });
    expect(rightsIn(stack).filter(([action]) => action === 'backup:StartBackupJob')).toHaveLength(1);
  });
});

describe('reconciliation is refused', () => {
  const refused = (make: () => unknown, message: RegExp) => expect(make).toThrow(message);

  test('fails outside the recovery Region', () => {
    const { dr, stack } = hospital({ ...accounts });
    const approvers = iam.Role.fromRoleName(stack, 'Records', 'clinical-records');
    refused(
      () => new RecoveryReconciliation(stack, 'Reconciliation', { dr, approvers }),
      /in a stack of the recovery Region, us-west-2.*got a stack of us-east-1.*InvalidReconciliation/,
    );
  });

  test('fails where a Region is restored from copies', () => {
    const measuredRestore = {
      restoreTime: Duration.hours(1),
      deployTime: Duration.minutes(30),
      copyTime: Duration.hours(1),
      source: 'restore test RT-1',
    };
    const objectives = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-3' });
    refused(
      () =>
        reconciling({ app: () => ({ objectives }) }, () => ({
          strategy: DrStrategy.backupAndRestore(),
          measuredRestore,
        })),
      /restored from copies has nothing that replication left behind/,
    );
  });

  test('fails where both Regions write to tables: the last write is left', () => {
    const app = () => ({
      database: undefined,
      documents: undefined,
      compute: Compute.fargate({
        image: ContainerImage.fromRegistry(`visits@sha256:${'0'.repeat(64)}`),
        port: 8080,
        peakTasks: 2,
      }),
      tables: { visits: TableStore.dynamoDb({ partitionKey: { name: 'id', type: AttributeType.STRING } }) },
    });
    refused(
      () => reconciling({ app }, () => ({ strategy: DrStrategy.activeActive() })),
      /keeps nothing that is replicated.*the last write of an item is left/,
    );
  });

  test('fails where nothing that is kept could be compared', () => {
    const app = () => ({
      database: undefined,
      documents: undefined,
      compute: Compute.fargate({
        image: ContainerImage.fromRegistry(`visits@sha256:${'0'.repeat(64)}`),
        port: 8080,
        peakTasks: 2,
      }),
    });
    refused(() => reconciling({ app }), /keeps nothing that is replicated and could be compared/);
  });
});

describe('where a plan of ARC Region switch asks', () => {
  const made = hospital({
    ...accounts,
    dr: (stack) => ({
      failover: Failover.regionSwitch({ approvers: iam.Role.fromRoleName(stack, 'Leads', 'ehr-incident-leads') }),
    }),
  });
  const other = new Stack(made.app, 'Records', { env: { account: '111111111111', region: 'us-west-2' } });
  new RecoveryReconciliation(other, 'Reconciliation', {
    dr: made.dr,
    approvers: iam.Role.fromRoleName(other, 'Records', 'clinical-records'),
    planAsks: true,
  });
  new RecoveryRunbook(other, 'Runbook', { dr: made.dr, decidedBy: 'the officer on duty' });
  const planStack = made.dr.node
    .findAll()
    .find((child): child is Stack => Stack.isStack(child) && child.stackName.endsWith('-Plan')) as Stack;
  const template = Template.fromStack(planStack);
  const [plan] = Object.values(template.findResources('AWS::ARCRegionSwitch::Plan'));
  const workflows: { WorkflowTargetRegion: string; Steps: { Name: string; ExecutionBlockConfiguration: object }[] }[] =
    plan.Properties.Workflows;
  const namesTo = (region: string) =>
    workflows.find(({ WorkflowTargetRegion }) => WorkflowTargetRegion === region)?.Steps.map(({ Name }) => Name);

  test('it asks on the way back, before anything but the approval, and again when the writer is there', () => {
    expect(namesTo('us-east-1')).toEqual([
      'approve',
      'ask-reconciliation',
      'scale-compute',
      'move-database',
      'end-reconciliation',
      'send-users',
    ]);
  });

  test('it asks nobody on the way there', () => {
    expect(namesTo('us-west-2')).toEqual(['approve', 'scale-compute', 'move-database', 'send-users']);
  });

  test('it asks the Region that is activated, and nobody where the other one does not answer', () => {
    const steps = workflows.flatMap(({ Steps }) => Steps).filter(({ Name }) => Name.endsWith('-reconciliation'));
    expect(steps).toHaveLength(2);
    for (const { ExecutionBlockConfiguration } of steps) {
      expect(ExecutionBlockConfiguration).toMatchObject({
        CustomActionLambdaConfig: {
          RegionToRun: 'activatingRegion',
          Ungraceful: { Behavior: 'skip' },
          TimeoutMinutes: 5,
        },
      });
      expect(text(ExecutionBlockConfiguration)).toMatch(
        /lambda:us-east-1:111111111111:function:hapi-fhir-may-return.*lambda:us-west-2:111111111111:function:hapi-fhir-may-return/,
      );
    }
    expect(text(template.findResources('AWS::IAM::ManagedPolicy'))).toMatch(
      /lambda:InvokeFunction\\?".{0,250}function:hapi-fhir-may-return/,
    );
  });

  test('the functions that it names are in both Regions, and deployed before it', () => {
    for (const [each, region, otherRegion] of [
      [made.stack, 'us-east-1', 'us-west-2'],
      [other, 'us-west-2', 'us-east-1'],
    ] as const) {
      const [gate] = Object.values(
        Template.fromStack(each).findResources('AWS::Lambda::Function', {
          Properties: { FunctionName: 'hapi-fhir-may-return' },
        }),
      );
      expect(gate.Properties.Handler).toBe('index.mayReturn');
      expect(text(gate.Properties.Environment)).toMatch(/ask/);
      expect(JSON.stringify(gate.Properties.Environment)).toContain(`\\"region\\":\\"${region}\\"`);
      expect(JSON.stringify(gate.Properties.Environment)).toContain(`\\"otherRegion\\":\\"${otherRegion}\\"`);
    }
    expect(planStack.dependencies).toEqual(expect.arrayContaining([other, made.recoveryStack]));
  });

  test('they read databases, and write the report and nothing else', () => {
    const statements = Object.entries(Template.fromStack(made.stack).findResources('AWS::IAM::ManagedPolicy'))
      .filter(([id]) => id.includes('ReconciliationGate'))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string | string[] }[]);
    const actions = statements.flatMap(({ Action }) => Action).filter((action) => !/:(Describe|Get)/.test(action));
    expect([...new Set(actions)].sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:SendMessage',
      'ssm:PutParameter',
    ]);
  });

  test('the runbook says that the plan stops', () => {
    expect(text(Template.fromStack(other).toJSON())).toContain('the plan stops where it is not');
  });

  test('there is none to ask', () => {
    const { dr, recoveryStack: scope } = hospital(accounts);
    const approvers = iam.Role.fromRoleName(scope, 'Records', 'clinical-records');
    expect(() => new RecoveryReconciliation(scope, 'Asked', { dr, approvers, planAsks: true })).toThrow(
      /planAsks is true, but no plan of ARC Region switch moves an Aurora global database back; leave it out/,
    );
  });

  test('by default it does not ask, and has one workflow', () => {
    const plain = hospital({
      ...accounts,
      dr: (stack) => ({
        failover: Failover.regionSwitch({ approvers: iam.Role.fromRoleName(stack, 'Leads', 'ehr-incident-leads') }),
      }),
    });
    new RecoveryReconciliation(plain.recoveryStack, 'Reconciliation', {
      dr: plain.dr,
      approvers: iam.Role.fromRoleName(plain.recoveryStack, 'Records', 'clinical-records'),
    });
    const stacks = plain.app.node.findAll().filter((child): child is Stack => Stack.isStack(child));
    const templates = JSON.stringify(stacks.map((each) => Template.fromStack(each).toJSON()));
    expect(templates).not.toContain('may-return');
    expect(templates).toContain('Activates either Region');
  });
});
