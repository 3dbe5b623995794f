import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { MultiAzClinicalAppGrants } from '../../src';
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

test.each<[string, (grants: MultiAzClinicalAppGrants) => void]>([
  ['NoDatabase', (grants) => grants.readDatabaseCredentials(new iam.AnyPrincipal())],
  ['NoDocuments', (grants) => grants.readDocuments(new iam.AnyPrincipal())],
  ['NoDocuments', (grants) => grants.readWriteDocuments(new iam.AnyPrincipal())],
])('fails with %s where there is nothing to grant', (code, grant) => {
  expect(() => grant(clinicalApp().grants)).toThrow(code);
});
