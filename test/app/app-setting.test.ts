import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AppSetting } from '../../src';
import { clinicalApp, SmallDatabase, SmallDocumentStore } from '../support/app';

function environment(environment: { [name: string]: AppSetting }): Template {
  const app = clinicalApp({
    compute: { environment },
    app: { database: new SmallDatabase(), documents: new SmallDocumentStore() },
  });
  return Template.fromStack(Stack.of(app));
}

function expectVariable(template: Template, Name: string, Value: unknown): void {
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Environment: Match.arrayWith([{ Name, Value }]) })],
  });
}

test('a literal stays as it is, braces and all', () => {
  expectVariable(environment({ PATTERN: AppSetting.of('{x} {database.writer}') }), 'PATTERN', '{x} {database.writer}');
});

test('placeholders become what they mean in the Region', () => {
  const template = environment({
    URL: AppSetting.format('jdbc:postgresql://{database.writer}:{database.port}/{database.name}'),
    READ: AppSetting.format('{database.reader}'),
    REGION: AppSetting.format('{region}'),
    BUCKET: AppSetting.format('s3://{documents.bucket}/records'),
  });
  expectVariable(template, 'URL', 'jdbc:postgresql://writer.db:5432/ehr');
  expectVariable(template, 'READ', 'reader.db');
  expectVariable(template, 'REGION', 'us-east-1');
  expectVariable(template, 'BUCKET', {
    'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp('^AppDocumentsBucket') }, '/records']],
  });
});

test('fails for every unknown placeholder at once, and lists those that exist', () => {
  const unknown = { A: AppSetting.format('{database.host} {zone}') };
  expect(() => clinicalApp({ compute: { environment: unknown } })).toThrow(
    /the setting "A" refers to \{database.host\}, which is not one of database.writer, database.reader, database.port, database.name, documents.bucket, cache.primary, .*region; the setting "A" refers to \{zone\}.*\[InvalidAppSetting at Ehr\/App\/Compute\]/,
  );
});

test.each([
  ['{database.writer}', 'has no database'],
  ['{documents.bucket}', 'has no documents'],
  ['{cache.primary}', 'has no cache'],
])('fails for %s where there is none', (template, message) => {
  expect(() => clinicalApp({ compute: { environment: { A: AppSetting.format(template) } } })).toThrow(message);
});
