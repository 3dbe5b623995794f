import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ClinicalTier, Database, type MultiAzClinicalAppGrants, ResilienceObjectives } from '../../src';
import { clinicalApp, SmallDatabase, SmallDocumentStore } from '../support/app';

function statementsOf(grant: (grants: MultiAzClinicalAppGrants, role: iam.Role) => void): unknown {
  const app = clinicalApp({ app: { database: new SmallDatabase(), documents: new SmallDocumentStore() } });
  const role = new iam.Role(Stack.of(app), 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  grant(app.grants, role);
  const policies = Template.fromStack(Stack.of(app)).findResources('AWS::IAM::Policy');
  return Object.values(policies)[0].Properties.PolicyDocument.Statement;
}

const objects = { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringContaining('DocumentsBucket'), 'Arn'] }, '/*']] };

test('credentials can be read, and the key used to do so', () => {
  expect(statementsOf((grants, role) => grants.readDatabaseCredentials(role))).toMatchObject([
    { Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'] },
    { Action: 'kms:Decrypt' },
  ]);
});

describe('a database that signs people in by IAM', () => {
  const rare = { rto: Duration.days(1), rpo: Duration.days(1) };
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-1',
    deletion: rare,
    corruption: rare,
  });
  const app = clinicalApp({ app: { database: Database.auroraDsql(), objectives } });

  test('lets them connect, or administer it, this cluster and no other', () => {
    const role = new iam.Role(Stack.of(app), 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
    app.grants.connectToDatabase(role);
    app.grants.administerDatabase(role);
    const cluster = { 'Fn::GetAtt': [expect.stringContaining('DatabaseCluster'), 'ResourceArn'] };
    const [{ Properties }] = Object.values(Template.fromStack(Stack.of(app)).findResources('AWS::IAM::Policy'));
    expect(Properties.PolicyDocument.Statement).toMatchObject([
      { Action: 'dsql:DbConnect', Resource: cluster },
      { Action: 'dsql:DbConnectAdmin', Resource: cluster },
    ]);
  });

  test('is administered by nobody that was not let in: not by the application', () => {
    const managed = Template.fromStack(Stack.of(app)).findResources('AWS::IAM::ManagedPolicy');
    expect(JSON.stringify(managed)).toContain('"dsql:DbConnect"');
    expect(JSON.stringify(managed)).not.toContain('DbConnectAdmin');
  });

  test('has no credentials to read', () => {
    expect(() => app.grants.readDatabaseCredentials(new iam.AnyPrincipal())).toThrow(/IAM lets people into/);
  });
});

test('documents can be read', () => {
  expect(statementsOf((grants, role) => grants.readDocuments(role))).toMatchObject([
    { Action: 's3:ListBucket' },
    { Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objects },
    { Action: 'kms:Decrypt' },
  ]);
});

test('documents can be written, but their versions not destroyed', () => {
  expect(statementsOf((grants, role) => grants.readWriteDocuments(role))).toMatchObject([
    { Action: 's3:ListBucket' },
    {
      Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      Resource: objects,
    },
    { Action: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  ]);
});

test('the application itself reads and writes documents', () => {
  const app = clinicalApp({ app: { documents: new SmallDocumentStore() } });
  Template.fromStack(Stack.of(app)).hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('ComputeTaskRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['s3:PutObject']) })]),
    },
  });
});

test('fails where nobody signs in to the database by IAM', () => {
  const { grants } = clinicalApp({ app: { database: new SmallDatabase() } });
  for (const grant of [grants.connectToDatabase, grants.administerDatabase]) {
    expect(() => grant.call(grants, new iam.AnyPrincipal())).toThrow(/NoDatabaseSignIn/);
  }
});

test.each<[string, (grants: MultiAzClinicalAppGrants) => void]>([
  ['NoDatabase', (grants) => grants.readDatabaseCredentials(new iam.AnyPrincipal())],
  ['NoDatabase', (grants) => grants.connectToDatabase(new iam.AnyPrincipal())],
  ['NoDocuments', (grants) => grants.readDocuments(new iam.AnyPrincipal())],
  ['NoDocuments', (grants) => grants.readWriteDocuments(new iam.AnyPrincipal())],
])('fails with %s where there is nothing to grant', (code, grant) => {
  expect(() => grant(clinicalApp().grants)).toThrow(code);
});
