import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AppSecret, ClinicalTier, Database, ResilienceObjectives } from '../../src';
import { clinicalAppIn, SmallDatabase, VIRGINIA } from '../support/app';

function stackWith(secrets: (stack: Stack) => { [name: string]: AppSecret }): Template {
  const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
  clinicalAppIn(stack, { compute: { secrets: secrets(stack) }, app: { database: new SmallDatabase() } });
  return Template.fromStack(stack);
}

function expectSecret(template: Template, Name: string, ValueFrom: unknown): void {
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Secrets: Match.arrayWith([{ Name, ValueFrom }]) })],
  });
}

const credentials = { Ref: Match.stringLikeRegexp('^AppDatabaseCredentials') };

test('the credentials of the database are injected, and only starting may read them', () => {
  const template = stackWith(() => ({ USER: AppSecret.databaseUsername(), PASS: AppSecret.databasePassword() }));
  expectSecret(template, 'USER', { 'Fn::Join': ['', [credentials, ':username::']] });
  expectSecret(template, 'PASS', { 'Fn::Join': ['', [credentials, ':password::']] });
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('ExecutionRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: Match.arrayWith(['secretsmanager:GetSecretValue']), Resource: credentials }),
      ]),
    },
  });
});

test('a secret of the same Region, whole or by field', () => {
  const template = stackWith((stack) => {
    const secret = new secretsmanager.Secret(stack, 'Licence');
    return { ALL: AppSecret.fromSecretsManager(secret), KEY: AppSecret.fromSecretsManager(secret, 'key') };
  });
  const licence = { Ref: Match.stringLikeRegexp('^Licence') };
  expectSecret(template, 'ALL', licence);
  expectSecret(template, 'KEY', { 'Fn::Join': ['', [licence, ':key::']] });
});

test('a name is looked for in whichever Region the system is bound', () => {
  const template = stackWith(() => ({
    LICENCE: AppSecret.fromSecretName('ehr/licence', 'key'),
    FLAGS: AppSecret.fromParameterName('/ehr/flags'),
  }));
  const partition = { Ref: 'AWS::Partition' };
  expectSecret(template, 'LICENCE', {
    'Fn::Join': ['', ['arn:', partition, ':secretsmanager:us-east-1:111111111111:secret:ehr/licence:key::']],
  });
  expectSecret(template, 'FLAGS', {
    'Fn::Join': ['', ['arn:', partition, ':ssm:us-east-1:111111111111:parameter/ehr/flags']],
  });
});

test('a parameter of the same Region', () => {
  const template = stackWith((stack) => ({
    FLAGS: AppSecret.fromSsmParameter(ssm.StringParameter.fromStringParameterName(stack, 'Flags', '/ehr/flags')),
  }));
  expectSecret(template, 'FLAGS', Match.anyValue());
});

test('fails for a secret of another Region, which may be the lost one', () => {
  const app = new App();
  const ohio = new Stack(app, 'Ohio', { env: { ...VIRGINIA, region: 'us-east-2' } });
  const secret = new secretsmanager.Secret(ohio, 'Licence');
  expect(() =>
    clinicalAppIn(new Stack(app, 'Ehr', { env: VIRGINIA }), {
      compute: { secrets: { LICENCE: AppSecret.fromSecretsManager(secret) } },
    }),
  ).toThrow(/lives in us-east-2, but tasks in us-east-1 .* use AppSecret.fromSecretName .*\[SecretInOtherRegion/);
});

test('fails for a parameter of another Region', () => {
  const app = new App();
  const ohio = new Stack(app, 'Ohio', { env: { ...VIRGINIA, region: 'us-east-2' } });
  const parameter = new ssm.StringParameter(ohio, 'Flags', { stringValue: 'x' });
  expect(() =>
    clinicalAppIn(new Stack(app, 'Ehr', { env: VIRGINIA }), {
      compute: { secrets: { FLAGS: AppSecret.fromSsmParameter(parameter) } },
    }),
  ).toThrow(/AppSecret.fromParameterName .*\[SecretInOtherRegion/);
});

test('fails for database credentials without a database', () => {
  const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
  expect(() => clinicalAppIn(stack, { compute: { secrets: { PASS: AppSecret.databasePassword() } } })).toThrow(
    /the secret "PASS" is the database's password, but the system has no database \[InvalidAppSecret/,
  );
});

test('fails for a database into which IAM lets people, because nobody has its password', () => {
  const compute = { secrets: { PASS: AppSecret.databasePassword() } };
  const hourly = { rto: Duration.hours(8), rpo: Duration.hours(2) };
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    deletion: hourly,
    corruption: hourly,
  });
  const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
  expect(() => clinicalAppIn(stack, { compute, app: { database: Database.auroraDsql(), objectives } })).toThrow(
    /the secret "PASS" is the database's password, but the database has none: its application signs in by IAM \[InvalidAppSecret/,
  );
});
