import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  ClinicalTier,
  Compute,
  Database,
  DrStrategy,
  type ICompute,
  MultiAzClinicalApp,
  ResilienceHubApp,
  type ResilienceHubAppProps,
  ResilienceHubService,
  type ResilienceHubServiceProps,
  ResilienceObjectives,
  ResiliencyPolicy,
  TableStore,
} from '../../src';
import { clinicalApp, type HospitalOptions, hospital } from '../support/hospital';
import { SIZE } from '../support/rds';

const POLICY = 'AWS::ResilienceHubV2::Policy';
const SERVICE = 'AWS::ResilienceHubV2::Service';
const image = ContainerImage.fromRegistry(`app@sha256:${'0'.repeat(64)}`);

function registered(options: HospitalOptions = {}, props: Partial<ResilienceHubServiceProps> = {}) {
  const { ehr, dr, recoveryStack } = hospital(options);
  const hub = new ResilienceHubService(recoveryStack, 'ResilienceHub', { app: ehr, dr, ...props });
  return { template: Template.fromStack(recoveryStack), hub };
}

describe('a system of two Regions', () => {
  const { template } = registered({ dr: () => ({ strategy: DrStrategy.warmStandby() }) });

  test('is held to the objectives it was made from, in minutes', () => {
    template.hasResourceProperties(POLICY, {
      Name: 'hapi-fhir',
      Description: 'LIFE_CRITICAL, from BIA-1',
      MultiAz: { RtoInMinutes: 5, RpoInMinutes: 1, DisasterRecoveryApproach: 'ACTIVE_ACTIVE' },
      MultiRegion: { RtoInMinutes: 240, RpoInMinutes: 15, DisasterRecoveryApproach: 'WARM_STANDBY' },
      DataRecovery: { TimeBetweenBackupsInMinutes: Match.anyValue() },
      AvailabilitySlo: Match.absent(),
    });
  });

  test('is what carries its tag in both, without a reference to the other Region', () => {
    template.hasResourceProperties(SERVICE, {
      Name: 'hapi-fhir',
      Regions: ['us-east-1', 'us-west-2'],
      PolicyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ResilienceHubPolicy'), 'PolicyArn'] },
      InputSources: [{ ResourceConfiguration: { ResourceTags: [{ Key: 'ehr:system', Values: ['hapi-fhir'] }] } }],
      DependencyDiscovery: 'DISABLED',
    });
  });

  test('is read by a role that only Resilience Hub may take', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'resiliencehub.amazonaws.com' } },
        ],
      },
      ManagedPolicyArns: [
        Match.objectLike({
          'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('AWSResilienceHubV2AssessmentExecutionPolicy')])],
        }),
      ],
    });
  });
});

describe('units', () => {
  test.each([
    [Duration.seconds(179), Duration.seconds(0), 2, 1],
    [Duration.seconds(150), Duration.seconds(119), 2, 1],
    [Duration.hours(2), Duration.minutes(3), 120, 3],
  ])('a zone lost for %p, with %p of data', (rto, rpo, minutes, lost) => {
    const wider = { rto: Duration.hours(12), rpo: Duration.minutes(30) };
    const objectives = ResilienceObjectives.forTier(ClinicalTier.NON_PRODUCTION, {
      component: { rto: Duration.seconds(90), rpo: Duration.seconds(0) },
      availabilityZone: { rto, rpo },
      twoAvailabilityZones: wider,
      region: wider,
    });
    const { stack, ehr } = clinicalApp({
      app: () => ({ objectives, database: undefined, compute: Compute.fargate({ image, port: 80, peakTasks: 1 }) }),
    });
    new ResilienceHubService(stack, 'ResilienceHub', { app: ehr });
    Template.fromStack(stack).hasResourceProperties(POLICY, {
      MultiAz: { RtoInMinutes: minutes, RpoInMinutes: lost },
    });
  });
});

test('a system of one Region says nothing of others', () => {
  const { stack, ehr } = clinicalApp();
  new ResilienceHubService(stack, 'ResilienceHub', { app: ehr, availabilityTarget: 99.95, discoverDependencies: true });
  const template = Template.fromStack(stack);
  template.hasResourceProperties(POLICY, { MultiRegion: Match.absent(), AvailabilitySlo: { Target: 99.95 } });
  template.hasResourceProperties(SERVICE, { Regions: ['us-east-1'], DependencyDiscovery: 'ENABLED' });
});

test('one task that is started in another zone is called by none of the names', () => {
  const compute = Compute.activePassive({
    image,
    port: 8080,
  });
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL);
  const { stack, ehr } = clinicalApp({ app: () => ({ compute, objectives }) });
  new ResilienceHubService(stack, 'ResilienceHub', { app: ehr });
  Template.fromStack(stack).hasResourceProperties(POLICY, {
    MultiAz: { DisasterRecoveryApproach: Match.absent() },
    Description: 'CARE_ESSENTIAL, from the presets of a library',
  });
});

describe('mistakes', () => {
  test('the recovery of another system', () => {
    const { app, ehr, dr } = hospital();
    const other = new MultiAzClinicalApp(new Stack(app, 'Other', { env: { region: 'us-east-1' } }), 'Other', {
      ...ehr.definition,
      systemName: 'other',
    });
    expect(() => new ResilienceHubService(other, 'ResilienceHub', { app: other, dr })).toThrow(
      /dr recovers Ehr\/Ehr, and app is Other\/Other; give both of one system \[InvalidResilienceHubService/,
    );
  });

  test.each([89, 100, Number.NaN])('an availability target of %d', (availabilityTarget) => {
    expect(() => registered({}, { availabilityTarget })).toThrow(/availabilityTarget must be a share in percent/);
  });
});

describe('the first generation', () => {
  const policyOf = (options: HospitalOptions = {}) => {
    const { ehr, dr, recoveryStack } = hospital(options);
    new ResiliencyPolicy(recoveryStack, 'ResiliencyPolicy', { app: ehr, dr });
    return Template.fromStack(recoveryStack);
  };
  const template = policyOf();

  test('is told the same objectives, in seconds', () => {
    template.hasResourceProperties('AWS::ResilienceHub::ResiliencyPolicy', {
      PolicyName: 'hapi-fhir',
      Tier: 'MissionCritical',
      PolicyDescription: 'LIFE_CRITICAL, from BIA-1',
      Policy: {
        Software: { RtoInSecs: 86_400, RpoInSecs: 900 }, // a restore
        Hardware: { RtoInSecs: 300, RpoInSecs: 1 }, // zero would be breached by every system
        AZ: { RtoInSecs: 300, RpoInSecs: 1 },
        Region: { RtoInSecs: 14_400, RpoInSecs: 900 },
      },
    });
  });

  test('hears nothing of a Region that the system does not have', () => {
    const { ehr, stack } = clinicalApp();
    new ResiliencyPolicy(stack, 'ResiliencyPolicy', { app: ehr });
    const [{ Properties }] = Object.values(
      Template.fromStack(stack).findResources('AWS::ResilienceHub::ResiliencyPolicy'),
    );
    expect(Object.keys(Properties.Policy)).toEqual(['Software', 'Hardware', 'AZ']);
  });

  test('fails when the recovery is of another system', () => {
    const [{ dr, recoveryStack }, { ehr }] = [hospital(), clinicalApp()];
    expect(() => new ResiliencyPolicy(recoveryStack, 'ResiliencyPolicy', { app: ehr, dr })).toThrow(
      /give both of one system \[InvalidResiliencyPolicy/,
    );
  });
});

describe('the application of the first generation', () => {
  type Body = {
    resources: { logicalResourceId: { identifier: string }; name: string; type: string }[];
    appComponents: { name: string; type: string; resourceNames: string[] }[];
    version: number;
  };
  const accounts = { primaryAccount: '111122223333', recoveryAccount: '111122223333' };
  const applicationOf = (options: HospitalOptions = {}, props: Partial<ResilienceHubAppProps> = {}) => {
    const { ehr, dr, recoveryStack } = hospital({ ...accounts, ...options });
    const policy = new ResiliencyPolicy(recoveryStack, 'ResiliencyPolicy', { app: ehr, dr });
    new ResilienceHubApp(recoveryStack, 'ResilienceHubApp', { policy, ...props });
    const made = Template.fromStack(recoveryStack);
    const [{ Properties }] = Object.values(made.findResources('AWS::ResilienceHub::App'));
    return { made, Properties, body: JSON.parse(Properties.AppTemplateBody) as Body };
  };
  const { made, Properties, body } = applicationOf();

  test('is held to the policy, and is read under a role of its own', () => {
    made.hasResourceProperties('AWS::ResilienceHub::App', {
      Name: 'hapi-fhir',
      Description: 'LIFE_CRITICAL, from BIA-1',
      ResiliencyPolicyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ResiliencyPolicy'), 'PolicyArn'] },
      AppAssessmentSchedule: 'Disabled',
      PermissionModel: { Type: 'RoleBased', InvokerRoleName: { Ref: Match.stringLikeRegexp('Role') } },
    });
    made.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'resiliencehub.amazonaws.com' } }] },
      ManagedPolicyArns: [
        { 'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/AWSResilienceHubAsssessmentExecutionPolicy'])] },
      ],
    });
  });

  test('is what both Regions have by name, each component across both', () => {
    expect(body.appComponents).toEqual([
      component('compute', 'Compute'),
      component('database', 'Database'),
      component('documents', 'Storage'),
      { name: 'appcommon', type: 'AWS::ResilienceHub::AppCommonAppComponent', resourceNames: [] },
    ]);
    expect(body.version).toBe(2);
  });

  function component(name: string, kind: string) {
    return {
      name,
      type: `AWS::ResilienceHub::${kind}AppComponent`,
      resourceNames: [`${name}-us-east-1`, `${name}-us-west-2`],
    };
  }

  test('maps each resource of its template to one of AWS, in its own Region', () => {
    const mapped = Properties.ResourceMappings.map((each: { ResourceName: string }) => each.ResourceName);
    expect(mapped).toEqual(body.resources.map(({ name }) => name));
    expect(body.resources.map(({ logicalResourceId }) => logicalResourceId.identifier)).toEqual(mapped);
    const [service, cluster, bucket] = Properties.ResourceMappings.slice(3);
    expect(Properties.ResourceMappings[1].PhysicalResourceId).toMatchObject({
      Identifier: 'hapi-fhir-us-east-1',
      AwsRegion: 'us-east-1',
    });
    expect(service).toEqual({
      MappingType: 'Resource',
      ResourceName: 'compute-us-west-2',
      PhysicalResourceId: {
        Identifier: {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':ecs:us-west-2:111122223333:service/hapi-fhir/hapi-fhir'],
          ],
        },
        Type: 'Arn',
        AwsRegion: 'us-west-2',
        AwsAccountId: '111122223333',
      },
    });
    expect(cluster.PhysicalResourceId).toMatchObject({ Identifier: 'hapi-fhir-us-west-2', Type: 'Native' });
    expect(bucket.PhysicalResourceId).toMatchObject({
      Identifier: 'hapi-fhir-documents-111122223333-us-west-2',
      Type: 'Native',
    });
  });

  test('says what CloudFormation takes: no mapping of another kind, no other character', () => {
    for (const { MappingType, ResourceName } of Properties.ResourceMappings) {
      expect(MappingType).toMatch(/^(CfnStack|Resource|Terraform|EKS)$/);
      expect(ResourceName).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$/);
    }
    expect(Properties.AppTemplateBody).toMatch(/^[\w\s:,-.'/{}[\]"]+$/);
  });

  test('is assessed by a person, or every day; the rest of the stacks a person imports', () => {
    const outputs = JSON.stringify(made.toJSON().Outputs);
    expect(outputs).toContain('aws resiliencehub start-app-assessment --region us-west-2 --app-arn ');
    expect(outputs).toContain('--import-strategy ReplaceAll');
    expect(outputs).toContain('describe-stacks --region us-east-1 --stack-name Ehr ');
    expect(outputs).toContain('describe-stacks --region us-west-2 --stack-name EhrDr-Landing ');
    expect(applicationOf({}, { assessDaily: true }).Properties.AppAssessmentSchedule).toBe('Daily');
  });

  test('knows a fleet, a DB instance and tables', () => {
    const { body: other, Properties: of } = applicationOf({
      app: () => ({
        objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' }),
        compute: Compute.ec2Fleet({
          machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-1', 'us-west-2': 'ami-2' }),
          instanceType: new InstanceType('m7i.large'),
          port: 8080,
          peakInstances: 6,
        }),
        database: Database.rdsPostgres({ ...SIZE, databaseName: 'lis' }),
        tables: { visits: TableStore.dynamoDb({ partitionKey: { name: 'visit', type: AttributeType.STRING } }) },
      }),
    });
    expect(other.resources.slice(0, 4).map(({ type }) => type)).toEqual([
      'AWS::AutoScaling::AutoScalingGroup',
      'AWS::RDS::DBInstance',
      'AWS::DynamoDB::Table',
      'AWS::S3::Bucket',
    ]);
    const [group, , table] = of.ResourceMappings.map(
      ({ PhysicalResourceId }: { PhysicalResourceId: object }) => PhysicalResourceId,
    );
    expect(group).toMatchObject({ Identifier: 'hapi-fhir', Type: 'Native' });
    expect(table).toMatchObject({ Identifier: 'hapi-fhir-visits', Type: 'Native' });
  });

  test('of a system of one Region, that', () => {
    const { ehr, stack } = clinicalApp(accounts);
    new ResilienceHubApp(stack, 'ResilienceHubApp', {
      policy: new ResiliencyPolicy(stack, 'ResiliencyPolicy', { app: ehr }),
    });
    const [{ Properties: of }] = Object.values(Template.fromStack(stack).findResources('AWS::ResilienceHub::App'));
    expect((JSON.parse(of.AppTemplateBody) as Body).resources.map(({ name }) => name)).toEqual([
      'compute-us-east-1',
      'database-us-east-1',
      'documents-us-east-1',
    ]);
  });

  test('of a Region that is to be restored, the documents that are there already', () => {
    const lost = { rto: Duration.hours(24), rpo: Duration.hours(24) };
    const { body: of } = applicationOf({
      primaryRegion: 'us-east-2',
      app: () => ({
        objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
          biaReference: 'BIA-1',
          region: lost,
          twoAvailabilityZones: lost,
        }),
      }),
      dr: () => ({
        strategy: DrStrategy.backupAndRestore(),
        measuredRestore: { restoreTime: Duration.hours(2), source: 'RT-1' },
      }),
    });
    expect(of.resources.map(({ name }) => name)).toEqual([
      'compute-us-east-2',
      'database-us-east-2',
      'documents-us-east-2',
      'documents-us-west-2',
    ]);
  });

  test('of a system that AWS names all of is refused', () => {
    const { stack, ehr } = clinicalApp({
      app: () => ({ database: undefined, documents: undefined, compute: nameless() }),
    });
    const policy = new ResiliencyPolicy(stack, 'ResiliencyPolicy', { app: ehr });
    expect(() => new ResilienceHubApp(stack, 'ResilienceHubApp', { policy })).toThrow(
      /nothing of hapi-fhir can be named to AWS Resilience Hub; leave this out \[NothingToAssess/,
    );
  });

  /** Compute of somebody else's, which is neither a service nor a group. */
  function nameless(): ICompute {
    const fargate = Compute.fargate({ image, port: 8080, peakTasks: 6 });
    return { bind: (scope, options) => ({ ...fargate.bind(scope, options), service: undefined }) };
  }
});
