import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import {
  ActiveDirectory,
  AppSecret,
  ClinicalTier,
  Compute,
  type CrossRegionDr,
  type CrossRegionDrProps,
  Database,
  DrStrategy,
  Failover,
  FailureScope,
  FileShare,
  RecoveryReadiness,
  type RecoveryReadinessProps,
  ReplicatedImage,
  ResilienceObjectives,
} from '../../src';
import { certificate, type HospitalOptions, hospital, httpsWithoutZone } from '../support/hospital';
import { decide, type Statement } from '../support/policy-simulator';
import { SIZE } from '../support/rds';
import { compare } from '../support/readiness';
import { isStateful, templateChanges } from '../support/template-changes';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const image = ContainerImage.fromRegistry(`app@${DIGEST}`);
const essential = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
const accounts = { primaryAccount: '111122223333', recoveryAccount: '111122223333' };

function watched(options: HospitalOptions = {}, props: Partial<RecoveryReadinessProps> = {}) {
  const made = hospital({ ...accounts, ...options });
  const readiness = new RecoveryReadiness(made.recoveryStack, 'Readiness', { dr: made.dr, ...props });
  return { ...made, readiness };
}

/** What the schedule tells the function, as far as it is known before a deployment. */
function told(stack: Stack): { system: string; region: string; otherRegion: string; checks: Record<string, Wanted> } {
  const rules = Template.fromStack(stack).findResources('AWS::Events::Rule', {
    Properties: { ScheduleExpression: Match.anyValue() },
  });
  return JSON.parse(flat(Object.values(rules)[0].Properties.Targets[0].Input));
}

type Wanted = Record<string, unknown>;
type Changed = Parameters<typeof templateChanges>[0];

function flat(value: unknown): string {
  const node = value as {
    'Fn::Join'?: [string, unknown[]];
    'Fn::GetAtt'?: string[];
    'Fn::Sub'?: string;
    'Fn::ImportValue'?: string;
    Ref?: string;
  };
  if (typeof value === 'string')
    return value.replaceAll('${AWS::Partition}', 'aws').replaceAll('${AWS::URLSuffix}', 'amazonaws.com');
  if (node['Fn::Join']) return node['Fn::Join'][1].map(flat).join(node['Fn::Join'][0]);
  return flat(node['Fn::Sub'] ?? `\${${node.Ref ?? node['Fn::ImportValue'] ?? node['Fn::GetAtt']?.join('.')}}`);
}

/** What the function may do. */
function policyOf(stack: Stack): Statement[] {
  const policies = Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy');
  const [id] = Object.keys(policies).filter((each) => each.startsWith('ReadinessComparison'));
  const list = (value: unknown) => (Array.isArray(value) ? value : [value]);
  return policies[id].Properties.PolicyDocument.Statement.map((each: Statement) => ({
    ...each,
    Resource: list(each.Resource).map(flat),
  }));
}

function hospitalOf(of: Stack): CrossRegionDr {
  return of.node.findChild('Dr') as CrossRegionDr;
}

const { recoveryStack, stack, dr, readiness } = watched();

describe('by default', () => {
  const template = Template.fromStack(recoveryStack);

  test('everything the system has is compared', () => {
    expect(readiness.checks).toEqual([
      'Database',
      'Documents',
      'Backups',
      'Keys',
      'Secrets',
      'Certificates',
      'Capacity',
      'Quotas',
      'Definition',
    ]);
    expect(Object.keys(told(recoveryStack).checks)).toEqual(readiness.checks);
  });

  test('each check has an alarm in the recovery Region, which takes silence for unreadiness and tells the topic there', () => {
    expect(readiness.alarms).toHaveLength(readiness.checks.length);
    for (const check of readiness.checks) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Namespace: 'CdkResilientEhr',
        MetricName: 'NotReady',
        Dimensions: [
          { Name: 'Check', Value: check },
          { Name: 'System', Value: 'hapi-fhir' },
        ],
        Statistic: 'Maximum',
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 2,
        DatapointsToAlarm: 2,
        TreatMissingData: 'breaching',
        AlarmActions: [
          Match.objectLike({ 'Fn::ImportValue': Match.stringLikeRegexp('^EhrDr-Landing:.*Notifications') }),
        ],
      });
    }
  });

  test('that the primary Region does not answer is another alarm, which silence does not set off', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'CannotCompare',
      Dimensions: [{ Name: 'System', Value: 'hapi-fhir' }],
      TreatMissingData: 'notBreaching',
      AlarmDescription: Match.stringLikeRegexp('While us-east-1 is lost that is so, and no reason to wait'),
    });
  });

  test('the dashboard of the recovery Region shows it', () => {
    const [board] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    expect(flat(board.Properties.DashboardBody)).toContain('Not ready to recover');
  });

  test('the function names both sides of the database, and its credentials by their one name', () => {
    const { checks, ...system } = told(recoveryStack);
    expect(system).toEqual({ system: 'hapi-fhir', region: 'us-west-2', otherRegion: 'us-east-1' });
    expect(checks.Database).toEqual({
      kind: 'cluster',
      here: 'hapi-fhir-us-west-2',
      there: 'hapi-fhir-us-east-1',
      global: 'hapi-fhir-global',
      serving: false,
    });
    expect(checks.Secrets).toEqual({ secrets: [{ id: 'hapi-fhir/database', replicated: true }], parameters: [] });
  });

  test('what is to run and to be possible comes from the declared peak', () => {
    const { Capacity, Quotas } = told(recoveryStack).checks;
    expect(Capacity).toMatchObject({ cluster: 'hapi-fhir', service: 'hapi-fhir', running: 6, atPeak: 9, scales: true });
    expect(Quotas.quotas).toEqual([
      expect.objectContaining({ code: 'L-3032A538', needed: 9 }), // nine tasks of one vCPU
      expect.objectContaining({ code: 'L-0263D0A3', needed: 3 }), // one NAT gateway a zone
      expect.objectContaining({ code: 'L-53DA6B97', needed: 1 }),
    ]);
  });

  test('documents are looked at in both buckets, and the way there alone, because nothing returns', () => {
    const { Documents } = told(recoveryStack).checks;
    const alias = 'arn:aws:kms:us-west-2:111122223333:alias/hapi-fhir-recovery';
    expect(Documents).toEqual({
      here: { bucket: 'hapi-fhir-documents-111122223333-us-west-2', keyAlias: 'alias/hapi-fhir-recovery' },
      there: {
        bucket: 'hapi-fhir-documents-111122223333-us-east-1',
        keyAlias: 'alias/hapi-fhir-documents',
        replicaKey: alias,
      },
    });
  });

  test('of copies the newest of what can be restored may be as old as the RPO for the account', () => {
    const { rpo } = dr.primary.objectives.forScope(FailureScope.ACCOUNT);
    expect(told(recoveryStack).checks.Backups).toEqual({
      vault: { name: 'hapi-fhir-recovery', locked: true },
      copies: [{ type: 'Aurora', stores: 1, seconds: rpo.toSeconds() }],
    });
  });

  test('each key of the recovery Region is looked at once', () => {
    const { keys } = told(recoveryStack).checks.Keys as { keys: { arn: string; of: string }[] };
    expect(keys.map(({ of }) => of)).toEqual(['what lands here, the documents', 'the database', 'the backups']);
    expect(new Set(keys.map(({ arn }) => arn)).size).toBe(keys.length);
  });

  test('its log is encrypted with the key of the landing, which lets that one log group use it', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/hapi-fhir/readiness',
      KmsKeyId: Match.anyValue(),
      RetentionInDays: 90,
    });
    Template.fromStack(dr.landing.stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logs.us-west-2.amazonaws.com' },
            Condition: { ArnEquals: Match.anyValue() },
          }),
        ]),
      },
    });
  });
});

describe('the rights of the function', () => {
  const statements = policyOf(recoveryStack);
  const asked = (action: string, resource: string, aliases?: string[]) =>
    decide(statements, {
      principal: { aws: 'arn:aws:iam::111122223333:role/x' },
      action,
      resource,
      context: aliases && { 'kms:ResourceAliases': aliases },
    });
  const bucket = (region: string) => `arn:aws:s3:::hapi-fhir-documents-111122223333-${region}`;
  const arn = (service: string, region: string, rest: string) => `arn:aws:${service}:${region}:111122223333:${rest}`;
  const vault = arn('backup', 'us-west-2', 'backup-vault:hapi-fhir-recovery');

  test('suffice for every call it makes', async () => {
    const { checks } = told(recoveryStack);
    const { calls } = await compare({}, checks);
    const RESOURCES: Record<string, (region: string) => [string, string]> = {
      DescribeDBClusters: (region) => ['rds:DescribeDBClusters', arn('rds', region, `cluster:hapi-fhir-${region}`)],
      DescribeDBClusterParameters: (region) => [
        'rds:DescribeDBClusterParameters',
        arn('rds', region, 'cluster-pg:ehr-x'),
      ],
      DescribeSecret: (region) => [
        'secretsmanager:DescribeSecret',
        arn('secretsmanager', region, 'secret:hapi-fhir/database-AbCdEf'),
      ],
      DescribeCertificate: () => ['acm:DescribeCertificate', (checks.Certificates.arns as string[])[0]],
      DescribeServices: (region) => ['ecs:DescribeServices', arn('ecs', region, 'service/hapi-fhir/hapi-fhir')],
      DescribeScalableTargets: () => ['application-autoscaling:DescribeScalableTargets', '*'],
      GetServiceQuota: () => ['servicequotas:GetServiceQuota', '*'],
      GetParameter: (region) => ['ssm:GetParameter', arn('ssm', region, 'parameter/hapi-fhir/definition')],
      DescribeGlobalClusters: () => ['rds:DescribeGlobalClusters', arn('rds', '', 'global-cluster:hapi-fhir-global')],
      GetBucketVersioning: (region) => ['s3:GetBucketVersioning', bucket(region)],
      GetObjectLockConfiguration: (region) => ['s3:GetBucketObjectLockConfiguration', bucket(region)],
      GetBucketReplication: (region) => ['s3:GetReplicationConfiguration', bucket(region)],
      DescribeBackupVault: () => ['backup:DescribeBackupVault', vault],
      ListRecoveryPointsByBackupVault: () => ['backup:ListRecoveryPointsByBackupVault', vault],
    };
    const reads = calls.filter(({ operation }) => !['PutMetricData', 'DescribeKey'].includes(operation));
    expect(new Set(reads.map(({ operation }) => operation))).toEqual(new Set(Object.keys(RESOURCES)));
    for (const { operation, region } of reads) {
      const [action, resource] = RESOURCES[operation](region);
      expect([operation, region, asked(action, resource)]).toEqual([operation, region, 'allowed']);
    }
  });

  test('reach keys by what encrypts with them, or by the alias that the other Region knows them by, and no others', () => {
    const { keys } = told(recoveryStack).checks.Keys as { keys: { arn: string }[] };
    for (const key of keys) {
      expect(asked('kms:DescribeKey', key.arn)).toBe('allowed');
    }
    const other = arn('kms', 'us-east-1', 'key/0');
    const known = (aliases: string[], resource = other) => asked('kms:DescribeKey', resource, aliases);
    expect(known(['alias/hapi-fhir-documents'])).toBe('allowed');
    expect(known(['alias/hapi-fhir-recovery'], arn('kms', 'us-west-2', 'key/0'))).toBe('allowed');
    expect(known(['alias/another'])).toBe('implicitly denied');
    expect(known(['alias/hapi-fhir-documents'], arn('kms', 'us-east-2', 'key/0'))).toBe('implicitly denied');
    expect(asked('kms:Decrypt', other, ['alias/hapi-fhir-documents'])).toBe('implicitly denied');
  });

  test('are to read, and to put metrics into one namespace, lines into one log and what failed into one queue', () => {
    const actions = statements.flatMap(({ Action }) => Action as string | string[]);
    expect(
      actions
        .filter(
          (action) =>
            !/:(Describe|List|Get(ServiceQuota|AWSDefaultServiceQuota|Parameter|Bucket|Replication))/.test(action),
        )
        .sort(),
    ).toEqual(['cloudwatch:PutMetricData', 'logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage']);
    expect(statements.find(({ Action }) => Action === 'cloudwatch:PutMetricData')?.Condition).toEqual({
      StringEquals: { 'cloudwatch:namespace': 'CdkResilientEhr' },
    });
  });

  test('an event that it cannot take is kept, as other events of the system are', () => {
    const template = Template.fromStack(recoveryStack);
    template.hasResourceProperties('AWS::Lambda::Function', {
      DeadLetterConfig: {
        TargetArn: Match.objectLike({ 'Fn::GetAtt': [Match.stringLikeRegexp('Undelivered'), 'Arn'] }),
      },
    });
    expect(statements.flatMap(({ Action }) => Action)).toContain('sqs:SendMessage');
  });

  test('do not reach other systems, or values of secrets', () => {
    expect(asked('rds:DescribeDBClusters', arn('rds', 'us-east-1', 'cluster:another'))).toBe('implicitly denied');
    expect(asked('ssm:GetParameter', arn('ssm', 'us-east-1', 'parameter/another'))).toBe('implicitly denied');
    const secret = arn('secretsmanager', 'us-west-2', 'secret:hapi-fhir/database-AbCdEf');
    expect(asked('secretsmanager:GetSecretValue', secret)).toBe('implicitly denied');
    expect(asked('secretsmanager:DescribeSecret', `${secret}x`)).toBe('implicitly denied');
    expect(asked('s3:GetBucketVersioning', 'arn:aws:s3:::another')).toBe('implicitly denied');
    expect(asked('s3:GetObject', `${bucket('us-west-2')}/patient`)).toBe('implicitly denied');
    expect(asked('backup:DescribeBackupVault', arn('backup', 'us-west-2', 'backup-vault:x'))).toBe('implicitly denied');
  });
});

describe('the definition that each Region was deployed from', () => {
  const fingerprintOf = (of: Stack) => {
    const found = Template.fromStack(of).findResources('AWS::SSM::Parameter', {
      Properties: { Name: '/hapi-fhir/definition' },
    });
    return Object.values(found).map(({ Properties }) => Properties.Value);
  };

  test('is the same in both stacks, and the next time', () => {
    const [value] = fingerprintOf(stack);
    expect(value).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprintOf(recoveryStack)).toEqual([value]);
    expect(fingerprintOf(watched().stack)).toEqual([value]);
  });

  test.each<[string, HospitalOptions]>([
    ['the image', { app: () => ({ compute: Compute.fargate({ image, port: 8080, peakTasks: 6 }) }) }],
    ['the database', { app: () => ({ database: Database.auroraPostgres({ databaseName: 'other' }) }) }],
  ])('is another one after a change of %s', (_, options) => {
    const changed = watched(options);
    expect(fingerprintOf(changed.stack)).not.toEqual(fingerprintOf(stack));
    expect(fingerprintOf(changed.recoveryStack)).toEqual(fingerprintOf(changed.stack));
  });

  test('is of the primary: how much runs in the recovery Region does not change it', () => {
    const { stack: same } = watched({ dr: () => ({ strategy: DrStrategy.hotStandby() }) });
    expect(fingerprintOf(same)).toEqual(fingerprintOf(stack));
  });
});

describe('what else tasks start with', () => {
  const compute = (secrets: Record<string, AppSecret>, from: ContainerImage = image) =>
    Compute.fargate({ image: from, port: 8080, peakTasks: 6, secrets });

  test('a secret by name is looked for in the recovery Region, and not compared', () => {
    const { recoveryStack: made } = watched({
      app: () => ({ compute: compute({ KEY: AppSecret.fromSecretName('vendor/licence', 'key') }) }),
    });
    expect(told(made).checks.Secrets.secrets).toEqual([
      { id: 'hapi-fhir/database', replicated: true },
      { id: 'vendor/licence', replicated: false },
    ]);
    const secret = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:vendor/licence';
    const by = (resource: string) =>
      decide(policyOf(made), {
        principal: { aws: 'arn:aws:iam::111122223333:role/x' },
        action: 'secretsmanager:DescribeSecret',
        resource,
      });
    expect(by(`${secret}-AbCdEf`)).toBe('allowed');
    expect(by(`${secret}-AbCdEf`.replace('us-west-2', 'us-east-1'))).toBe('implicitly denied');
  });

  test('the credentials are told once, also where CDK writes the partition into ARNs', () => {
    const { recoveryStack: made, dr: of } = watched({
      appProps: { context: { '@aws-cdk/core:enablePartitionLiterals': true } },
    });
    expect(told(made).checks.Secrets.secrets).toEqual([{ id: 'hapi-fhir/database', replicated: true }]);
    expect(of.needs.filter(({ kind }) => kind === 'secret').map(({ presence }) => presence)).toEqual(['REPLICATED']);
  });

  test('a secret by its whole ARN, by that', () => {
    const arn = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:vendor/licence-AbCdEf';
    const { recoveryStack: made } = watched({
      dr: (of) => ({
        recovery: {
          compute: compute({ KEY: AppSecret.fromSecretsManager(Secret.fromSecretCompleteArn(of, 'Theirs', arn)) }),
        },
      }),
    });
    expect(told(made).checks.Secrets.secrets).toContainEqual({ id: arn, replicated: false });
    expect(policyOf(made).flatMap(({ Resource }) => Resource)).toContain(arn);
  });

  test('a parameter by name, without being decrypted', () => {
    const { recoveryStack: made } = watched({
      app: () => ({ compute: compute({ KEY: AppSecret.fromParameterName('/vendor/key') }) }),
    });
    const arn = 'arn:aws:ssm:us-west-2:111122223333:parameter/vendor/key';
    expect(told(made).checks.Secrets.parameters).toEqual([arn]);
    expect(policyOf(made).filter(({ Resource }) => (Resource as string[]).includes(arn))).toEqual([
      expect.objectContaining({ Action: 'ssm:GetParameter' }),
    ]);
  });

  test('an image that Amazon ECR replicates, by its digest', () => {
    const replicated = new ReplicatedImage({ repositoryName: 'clinical/app', digest: DIGEST });
    const { readiness: made, recoveryStack: of } = watched({ app: () => ({ compute: compute({}, replicated) }) });
    expect(made.checks).toContain('Images');
    expect(told(of).checks.Images.images).toEqual([
      { registry: '111122223333', repository: 'clinical/app', digest: DIGEST, compared: false },
    ]);
    expect(policyOf(of).find(({ Action }) => Action === 'ecr:DescribeImages')?.Resource).toEqual([
      'arn:aws:ecr:us-west-2:111122223333:repository/clinical/app',
    ]);
  });

  test('an asset of CDK, whose tag is of its content', () => {
    const asset = ContainerImage.fromAsset(`${__dirname}/../../examples/hapi-fhir`);
    const { recoveryStack: of } = watched({ app: () => ({ compute: compute({}, asset) }) });
    expect(told(of).checks.Images.images).toEqual([
      {
        registry: '111122223333',
        repository: 'cdk-hnb659fds-container-assets-111122223333-us-west-2',
        tag: expect.stringMatching(/^[0-9a-f]{64}$/),
        compared: false,
      },
    ]);
  });

  test('an image by a tag is compared with what the tag means in the primary Region', () => {
    const tagged = ContainerImage.fromRegistry('111122223333.dkr.ecr.us-west-2.amazonaws.com/clinical/app:stable');
    const { recoveryStack: of } = watched({
      dr: () => ({ recovery: { compute: compute({}, tagged) } }),
    });
    expect(told(of).checks.Images.images).toEqual([
      { registry: '111122223333', repository: 'clinical/app', tag: 'stable', compared: true },
    ]);
    expect(policyOf(of).find(({ Action }) => Action === 'ecr:DescribeImages')?.Resource).toEqual([
      'arn:aws:ecr:us-west-2:111122223333:repository/clinical/app',
      'arn:aws:ecr:us-east-1:111122223333:repository/clinical/app',
    ]);
  });
});

test('a read replica on Amazon RDS is compared as an instance', () => {
  const database = Database.rdsPostgres({ ...SIZE, databaseName: 'lis' });
  const { recoveryStack: made } = watched({ app: () => ({ database, objectives: essential }) });
  expect(told(made).checks.Database).toEqual({
    kind: 'instance',
    here: 'hapi-fhir-us-west-2',
    there: 'hapi-fhir-us-east-1',
    serving: false,
  });
  expect(policyOf(made).flatMap(({ Action }) => Action)).toContain('rds:DescribeDBParameters');
});

describe('a database without instances', () => {
  const strategy = DrStrategy.pilotLight({ headlessDatabase: true });
  const made = (activeRegion?: string) =>
    watched({ app: () => ({ objectives: essential }), dr: () => ({ strategy, activeRegion }) }).recoveryStack;

  test('is asked whether it is connected, because nobody may measure its lag', () => {
    const before = made();
    expect(told(before).checks.Database).toMatchObject({ global: 'hapi-fhir-global', headless: true });
    expect(policyOf(before).find(({ Action }) => Action === 'rds:DescribeGlobalClusters')?.Resource).toEqual([
      'arn:aws:rds::111122223333:global-cluster:hapi-fhir-global',
    ]);
  });

  test('is compared as any other once its Region serves', () => {
    expect(told(made('us-west-2')).checks.Database).not.toHaveProperty('headless');
  });
});

test('a fleet is looked at with its reservations, and its quota compared', () => {
  const compute = Compute.ec2Fleet({
    machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-1', 'us-west-2': 'ami-2' }),
    instanceType: new InstanceType('m7i.large'),
    port: 8080,
    peakInstances: 6,
    reservedCapacity: {},
  });
  const { recoveryStack: made } = watched({ app: () => ({ compute, objectives: essential }) });
  const { Capacity, Quotas } = told(made).checks;
  expect(Capacity).toMatchObject({ group: 'hapi-fhir', atPeak: 9, unit: 'instance' });
  expect(Capacity.reservations).toHaveLength(3);
  expect((Quotas.quotas as { code: string }[]).map(({ code }) => code)).toContain('L-1216C47A');
  expect(policyOf(made).flatMap(({ Action }) => Action)).toContain('ec2:DescribeCapacityReservations');
  expect(told(made).checks.Images).toEqual({ images: [], machineImages: ['ami-2'] });
  expect(policyOf(made).flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(['ec2:DescribeImages']));
  expect(policyOf(made).flatMap(({ Action }) => Action)).not.toContain('ecr:DescribeImages');
});

test('an application that runs once and waits is not asked how far it may grow', () => {
  const compute = Compute.activePassive({ image, port: 8080 });
  const { recoveryStack: made } = watched({ app: () => ({ compute, objectives: essential }) });
  expect(told(made).checks.Capacity).toMatchObject({ scales: false, running: 0 });
});

test('in AWS GovCloud (US) its ARNs are of that partition', () => {
  const { recoveryStack: made } = watched({
    primaryRegion: 'us-gov-west-1',
    recoveryRegion: 'us-gov-east-1',
    app: (of) => ({ ingress: [httpsWithoutZone(of)] }),
    dr: (of) => ({
      failover: Failover.manual({
        redirectionTime: Duration.minutes(5),
        decisionTime: Duration.minutes(5),
        procedure: 'DR-1',
      }),
      recovery: { certificate: certificate(of, 'recovery') },
    }),
  });
  expect(JSON.stringify(Template.fromStack(made).findResources('AWS::IAM::ManagedPolicy'))).not.toContain('arn:aws:');
});

describe('documents that return', () => {
  const { recoveryStack: made } = watched({ dr: () => ({ returnDocuments: true }) });

  test('are looked at both ways, each under the key of where they go', () => {
    expect(told(made).checks.Documents).toMatchObject({
      here: { replicaKey: 'arn:aws:kms:us-east-1:111122223333:alias/hapi-fhir-documents' },
      there: { replicaKey: 'arn:aws:kms:us-west-2:111122223333:alias/hapi-fhir-recovery' },
    });
  });

  test('as the templates make them: what the function asks for is what is deployed', async () => {
    const { Documents } = told(made).checks as Record<string, Record<'here' | 'there', Record<string, string>>>;
    const landing = Stack.of(hospitalOf(made).landing.documents?.bucket as Construct);
    const rules = (of: Stack) =>
      Object.values(Template.fromStack(of).findResources('AWS::S3::Bucket')).flatMap(
        ({ Properties }) => Properties.ReplicationConfiguration?.Rules ?? [],
      );
    for (const [of, here, there] of [
      [landing, Documents.here, Documents.there],
      [Stack.of(hospitalOf(made).primary), Documents.there, Documents.here],
    ] as const) {
      const [{ Destination }] = rules(of);
      expect(flat(Destination.Bucket)).toBe(`arn:aws:s3:::${there.bucket}`);
      expect(flat(Destination.EncryptionConfiguration.ReplicaKmsKeyID)).toBe(here.replicaKey);
    }
  });
});

describe('a Region that is made from copies of backups', () => {
  const lost = { rto: Duration.hours(24), rpo: Duration.hours(16) };
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-1',
    account: { rto: Duration.hours(72), rpo: Duration.hours(24) },
    region: lost,
    twoAvailabilityZones: lost,
    deletion: { rto: Duration.hours(24), rpo: Duration.hours(2) },
    corruption: { rto: Duration.hours(24), rpo: Duration.hours(2) },
  });
  const scans = FileShare.fsxWindows({
    activeDirectory: ActiveDirectory.managed('d-1234567890'),
    storageCapacity: Size.gibibytes(1024),
  });
  const replicated = new ReplicatedImage({ repositoryName: 'clinical/app', digest: DIGEST });
  const options = (
    props: Partial<CrossRegionDrProps> = {},
    database = Database.rdsSqlServer(SIZE),
  ): HospitalOptions => ({
    primaryRegion: 'us-east-2',
    app: () => ({
      objectives,
      database,
      compute: Compute.fargate({ image: replicated, port: 8080, peakTasks: 6 }),
      files: { scans, archive: scans },
    }),
    dr: () => ({ measuredRestore: { restoreTime: Duration.hours(5), source: 'RT-31' }, ...props }),
  });
  const { recoveryStack: made, readiness: before, dr: of } = watched(options());
  const template = Template.fromStack(made);

  test('is asked for what a restore and its deployment need, while nothing runs there', () => {
    expect(before.checks).toEqual(['Documents', 'Backups', 'Keys', 'Certificates', 'Images', 'Quotas', 'Definition']);
    expect(before.wayBack).toBeUndefined();
    template.resourceCountIs('AWS::ECS::Service', 0);
  });

  test('by the RPO for the loss of the Region, of which copies are all that is left', () => {
    expect(told(made).checks.Backups).toEqual({
      vault: { name: 'hapi-fhir-recovery', locked: true },
      copies: [
        { type: 'RDS', stores: 1, seconds: 16 * 3600 },
        { type: 'FSx', stores: 2, seconds: 16 * 3600 },
      ],
    });
  });

  test('with the image, the certificate and the quotas of what would be deployed', () => {
    const { Images, Quotas, Certificates } = told(made).checks;
    expect(Images.images).toEqual([
      { registry: '111122223333', repository: 'clinical/app', digest: DIGEST, compared: false },
    ]);
    expect(policyOf(made).find(({ Action }) => Action === 'ecr:DescribeImages')?.Resource).toEqual([
      'arn:aws:ecr:us-west-2:111122223333:repository/clinical/app',
    ]);
    expect(Quotas.quotas).toContainEqual(expect.objectContaining({ code: 'L-3032A538', needed: 9 }));
    expect((Certificates.arns as string[])[0]).toContain('Certificate');
  });

  test('tells the topic of the landing, and keeps what it could not take', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(before.checks.length + 2); // and those on the other Region and on what was not delivered
    for (const { Properties } of alarms) {
      expect(Properties.AlarmActions).toEqual([{ 'Fn::ImportValue': expect.stringMatching(/^EhrDr-Landing:.*Notif/) }]);
      expect(Properties.OKActions).toEqual(Properties.AlarmActions);
    }
    template.resourceCountIs('AWS::SQS::Queue', 1);
    expect(of.landing.stack.stackName).toBe('EhrDr-Landing');
  });

  test('backups that Amazon RDS replicates count for the database, whose copies are for the loss of the account then', () => {
    const { recoveryStack: replicating } = watched(
      options({}, Database.rdsSqlServer({ ...SIZE, replicateBackups: true })),
    );
    expect(told(replicating).checks.Backups).toMatchObject({
      copies: [
        { type: 'RDS', stores: 1, seconds: 24 * 3600 },
        { type: 'FSx', stores: 2, seconds: 16 * 3600 },
      ],
      replicated: { instance: 'hapi-fhir-us-east-2', seconds: 16 * 3600 },
    });
    expect(
      policyOf(replicating).find(({ Action }) => Action === 'rds:DescribeDBInstanceAutomatedBackups')?.Resource,
    ).toEqual(['auto-backup', 'db'].map((type) => `arn:aws:rds:us-west-2:111122223333:${type}:*`));
  });

  test('once restored is looked at as what runs, expects no more copies, and nothing returns', () => {
    const backup = 'arn:aws:fsx:us-west-2:111122223333:backup/backup-0ecdf967356c809c7';
    const { recoveryStack: after, readiness: served } = watched(
      options({
        activeRegion: 'us-west-2',
        restored: {
          database: 'arn:aws:rds:us-west-2:111122223333:snapshot:awsbackup:copyjob-1',
          files: { scans: backup, archive: backup },
        },
      }),
    );
    expect(served.checks).toContain('Capacity');
    expect(told(after).checks.Backups).toEqual({ vault: { name: 'hapi-fhir-recovery', locked: true }, copies: [] });
    expect(served.wayBack).toBeUndefined();
  });
});

describe('the way back', () => {
  const away = { activeRegion: 'us-west-2' };
  const watchReturn = true;
  const {
    stack: primary,
    recoveryStack: recovery,
    readiness: both,
    dr: of,
  } = watched({ dr: () => ({ ...away, returnDocuments: true }) }, { watchReturn });
  const back = both.wayBack;
  const template = Template.fromStack(primary);

  test('is watched in the primary Region, which would survive the next loss', () => {
    expect(back?.checks).toEqual([
      'Database',
      'Documents',
      'Keys',
      'Secrets',
      'Certificates',
      'Capacity',
      'Quotas',
      'Definition',
    ]);
    expect(Stack.of(back as Construct).region).toBe('us-east-1');
    for (const check of back?.checks ?? []) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName: 'NotReady',
        Dimensions: [
          { Name: 'Check', Value: check },
          { Name: 'System', Value: 'hapi-fhir' },
        ],
        TreatMissingData: 'breaching',
        AlarmActions: [{ Ref: Match.stringLikeRegexp('Notifications') }],
      });
    }
  });

  test('from there: each Region is asked about itself first', () => {
    const { checks, ...event } = told(primary);
    expect(event).toEqual({ system: 'hapi-fhir', region: 'us-east-1', otherRegion: 'us-west-2' });
    expect(checks.Database).toMatchObject({
      here: 'hapi-fhir-us-east-1',
      there: 'hapi-fhir-us-west-2',
      serving: false,
    });
    expect(told(recovery).checks.Database).toMatchObject({ here: 'hapi-fhir-us-west-2', serving: true });
    expect(checks.Documents).toEqual({
      here: (told(recovery).checks.Documents as Record<string, unknown>).there,
      there: (told(recovery).checks.Documents as Record<string, unknown>).here,
    });
    expect(checks.Secrets).toEqual({ secrets: [{ id: 'hapi-fhir/database', replicated: false }], parameters: [] });
  });

  test('its log is encrypted with the key of the documents, which lets that one log group use it', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/hapi-fhir/readiness',
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('DocumentsKey'), 'Arn'] },
    });
  });

  test('an alarm there hears how far the former writer is behind, or that it is no copy yet', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'AuroraGlobalDBReplicationLag',
      Dimensions: [
        { Name: 'DBClusterIdentifier', Value: 'hapi-fhir-us-east-1' },
        { Name: 'SourceRegion', Value: 'us-west-2' },
      ],
      Threshold: of.primary.objectives.forScope(FailureScope.REGION).rpo.toMilliseconds(),
      TreatMissingData: 'breaching',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('Notifications') }],
    });
    expect(back?.replicationLagAlarm).toBeDefined();
    expect(both.replicationLagAlarm).toBeUndefined(); // `CrossRegionDr` has that
  });

  test('nothing in either Region refers to the other', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('Fn::ImportValue');
  });

  test('is there before a failover, when the primary serves: a deployment changes what is asked, and no resource', () => {
    const { stack: atHome, recoveryStack: standby } = watched(
      { dr: () => ({ returnDocuments: true }) },
      { watchReturn },
    );
    expect(told(atHome).checks.Database).toMatchObject({ serving: true });
    expect(told(standby).checks.Database).toMatchObject({ serving: false });
    Template.fromStack(atHome).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'AuroraGlobalDBReplicationLag',
      TreatMissingData: 'notBreaching', // while it writes there is no data
    });
    for (const [before, after] of [
      [atHome, primary],
      [standby, recovery],
    ]) {
      const changes = templateChanges(
        Template.fromStack(before).toJSON() as Changed,
        Template.fromStack(after).toJSON() as Changed,
      );
      expect(changes.filter(({ effect }) => effect === 'removed')).toEqual([]);
      expect(changes.filter(({ type }) => isStateful(type))).toEqual([]);
    }
  });

  test('is not there unless somebody asks for it', () => {
    expect(readiness.wayBack).toBeUndefined();
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Function'))).not.toContainEqual(
      expect.stringContaining('ReturnReadiness'),
    );
  });

  test('a replica of Amazon RDS that was promoted leads nothing: its former source is told to be no copy', () => {
    const { readiness: made, stack: its } = watched(
      {
        app: () => ({ database: Database.rdsPostgres({ ...SIZE, databaseName: 'lis' }), objectives: essential }),
        dr: () => away,
      },
      { watchReturn },
    );
    expect(made.wayBack?.replicationLagAlarm).toBeUndefined();
    expect(made.wayBack?.checks).toContain('Database');
    expect(told(its).checks.Database).toMatchObject({ kind: 'instance', here: 'hapi-fhir-us-east-1', serving: false });
  });

  test('a system without documents has its log under the key of its database', () => {
    const { stack: its } = watched(
      {
        app: () => ({ documents: undefined }),
        dr: () => away,
      },
      { watchReturn },
    );
    Template.fromStack(its).hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/hapi-fhir/readiness',
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('DatabaseKey'), 'Arn'] },
    });
  });
});

describe('how often', () => {
  const within = (rto: Duration) => ({ rto, rpo: Duration.minutes(15) });

  test.each([
    [Duration.hours(12), 60],
    [Duration.hours(3), 45],
    [Duration.minutes(90), 22],
  ])('with %p to recover in: a quarter of it, an hour at most', (rto, minutes) => {
    const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
      biaReference: 'BIA-1',
      region: within(rto),
      twoAvailabilityZones: within(rto),
    });
    const { readiness: made, recoveryStack: of } = watched({ app: () => ({ objectives }) });
    expect(made.interval.toMinutes()).toBe(minutes);
    Template.fromStack(of).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'NotReady',
      Period: minutes * 60,
    });
  });

  test('or as told', () => {
    const { recoveryStack: of, readiness: made } = watched({}, { interval: Duration.minutes(10) });
    Template.fromStack(of).hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(10 minutes)' });
    expect(made.metricNotReady('Quotas').period.toMinutes()).toBe(10);
    expect(made.metricCannotCompare({ label: 'x' }).label).toBe('x');
  });
});

describe('mistakes', () => {
  test.each<[Partial<RecoveryReadinessProps>, RegExp]>([
    [{ interval: Duration.minutes(4) }, /interval must be whole minutes from 5 minutes to 6 hours, got 4 minutes/],
    [{ interval: Duration.hours(7) }, /got 7 hours/],
    [{ interval: Duration.seconds(330) }, /got 5 minutes 30 seconds/],
    [{ certificateValidity: Duration.days(90) }, /certificateValidity must be whole days from 1 to 45, got 90 days/],
    [{ certificateValidity: Duration.hours(36) }, /got 1 day 12 hours/],
  ])('%j', (props, message) => {
    expect(() => watched({}, props)).toThrow(message);
  });

  test('a way back where there is none', () => {
    const props = (of: Stack): Partial<CrossRegionDrProps> => ({
      strategy: DrStrategy.backupAndRestore(),
      measuredRestore: { restoreTime: Duration.hours(1), source: `RT-1 of ${of.stackName}` },
    });
    const objectives = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-1' });
    expect(() =>
      watched({ primaryRegion: 'us-east-2', app: () => ({ objectives }), dr: props }, { watchReturn: true }),
    ).toThrow(
      /watchReturn is true, but no command goes back from a Region that is made from copies of backups; leave it out \[InvalidReadiness/,
    );
  });

  test('a stack of the primary Region, which is lost with what it watches for', () => {
    const made = hospital();
    expect(() => new RecoveryReadiness(made.stack, 'Readiness', { dr: made.dr })).toThrow(
      /readiness is watched where recovery happens, in us-west-2, got a stack of us-east-1 \[InvalidReadiness at Ehr\/Readiness\]/,
    );
  });

  test('a check that there is not', () => {
    expect(() => readiness.metricNotReady('Images')).toThrow(/there is no check "Images", only Database, Documents/);
  });
});

test('the recovery stack refers to nothing in the primary Region', () => {
  const references =
    JSON.stringify(Template.fromStack(recoveryStack).toJSON()).match(/"Fn::ImportValue":"[^:"]*/g) ?? [];
  expect(new Set(references)).toEqual(new Set(['"Fn::ImportValue":"EhrDr-Landing']));
});
