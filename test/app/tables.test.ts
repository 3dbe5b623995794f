import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  AppSetting,
  ClinicalTier,
  Compute,
  type DynamoDbTableStoreProps,
  type MultiAzClinicalApp,
  type MultiAzClinicalAppGrants,
  ResilienceObjectives,
  TableStore,
} from '../../src';
import { clinicalApp } from '../support/app';

const visit = { name: 'visit', type: AttributeType.STRING };
const byWard = { indexName: 'byWard', partitionKey: { name: 'ward', type: AttributeType.STRING } };

function visitsApp(props: Partial<DynamoDbTableStoreProps> = {}, more = {}): MultiAzClinicalApp {
  const tables = { visits: TableStore.dynamoDb({ partitionKey: visit, ...props }) };
  return clinicalApp({
    compute: { environment: { TABLE: AppSetting.format('{tables.visits.name} in {region}') } },
    app: { tables, ...more },
  });
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** What the application may do with tables, and with which. */
function tableStatements(template: Template): Statement[] {
  const policies = {
    ...template.findResources('AWS::IAM::Policy'),
    ...template.findResources('AWS::IAM::ManagedPolicy'),
  };
  return Object.values(policies)
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('dynamodb:')));
}

describe('an application with a table', () => {
  const app = visitsApp({ globalSecondaryIndexes: [byWard] });
  const template = Template.fromStack(Stack.of(app));

  test('is told its name', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          Environment: Match.arrayWith([
            {
              Name: 'TABLE',
              Value: { 'Fn::Join': ['', [{ Ref: Match.stringLikeRegexp('TablesvisitsTable') }, Match.anyValue()]] },
            },
          ]),
        }),
      ],
    });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', { TableName: `${app.systemName}-visits` });
  });

  test('reads and writes its items and reads its indexes; nothing else, by no wildcard', () => {
    const table = { 'Fn::GetAtt': [expect.stringContaining('TablesvisitsTable'), 'Arn'] };
    expect(tableStatements(template)).toEqual([
      expect.objectContaining({
        Action: [
          'dynamodb:GetItem',
          'dynamodb:BatchGetItem',
          'dynamodb:Query',
          'dynamodb:ConditionCheckItem',
          'dynamodb:DescribeTable',
        ],
        Resource: [table, { 'Fn::Join': ['', [table, '/index/byWard']] }],
      }),
      expect.objectContaining({
        Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
        Resource: table,
      }),
    ]);
  });

  test('uses the key of the table', () => {
    expect(JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'))).toMatch(
      /"kms:GenerateDataKey",[^\]]*"kms:ReEncryptTo"\],"Effect":"Allow","Resource":\{"Fn::GetAtt":\["[^"]*TablesvisitsKey/,
    );
  });

  test('backs it up with what is restored to a moment, not with files', () => {
    expect(app.backup?.filePlan).toBeUndefined();
    template.hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { Resources: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('TablesvisitsTable'), 'Arn'] }] },
    });
  });

  test('has its alarms notify, shows it, and says what people do when items are gone', () => {
    expect(app.tables.visits.alarms).toHaveLength(3);
    expect(app.alarms).toEqual(expect.arrayContaining(app.tables.visits.alarms));
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain('Table visits: throttled');
    const measured = app.recoveryThresholds.map((threshold) => threshold.measured);
    expect(measured).toContain('what is in the table visits, by people');
    expect(measured).not.toContain('the health of the table visits, by AWS');
  });
});

test('objectives that no restore of files meets are met by a table', () => {
  const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-1' });
  expect(() => visitsApp({}, { objectives })).not.toThrow();
});

test('the whole table at once only where that is asked for', () => {
  const actions = (allowScan?: boolean) =>
    JSON.stringify(tableStatements(Template.fromStack(Stack.of(visitsApp({ allowScan })))));
  expect(actions()).not.toContain('dynamodb:Scan');
  expect(actions(true)).toContain('dynamodb:Scan');
});

test('instances use tables as tasks do', () => {
  const compute = Compute.ec2Fleet({
    machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
    instanceType: new InstanceType('m7i.large'),
    port: 8080,
    peakInstances: 4,
    environment: { TABLE: AppSetting.format('{tables.visits.name}') },
  });
  const template = Template.fromStack(Stack.of(visitsApp({}, { compute })));
  expect(tableStatements(template)).toHaveLength(2);
});

test('without tables nothing is made', () => {
  const app = clinicalApp();
  expect(app.tables).toEqual({});
  expect(app.node.tryFindChild('Tables')).toBeUndefined();
});

describe('others may be let', () => {
  const granted = (grant: (grants: MultiAzClinicalAppGrants, role: iam.Role) => void) => {
    const app = visitsApp();
    const role = new iam.Role(Stack.of(app), 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
    grant(app.grants, role);
    const policies = Object.values(Template.fromStack(Stack.of(app)).findResources('AWS::IAM::Policy'));
    return policies
      .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('Reader'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
      .flatMap(({ Action }) => Action);
  };

  test('read', () => {
    const actions = granted((grants, role) => grants.readTable('visits', role));
    expect(actions).toEqual(expect.arrayContaining(['dynamodb:GetItem', 'dynamodb:Query', 'kms:Decrypt']));
    expect(actions.filter((action) => /Put|Update|Delete|Write|Encrypt$|DataKey/.test(action))).toEqual([]);
  });

  test('write', () => {
    const actions = granted((grants, role) => grants.readWriteTable('visits', role));
    expect(actions).toEqual(expect.arrayContaining(['dynamodb:GetItem', 'dynamodb:PutItem', 'kms:GenerateDataKey']));
    expect(actions.filter((action) => /Table(ToPointInTime|FromBackup)?$/.test(action))).toEqual([
      'dynamodb:DescribeTable',
    ]);
  });
});

describe('fails', () => {
  test('for a name that is none', () => {
    const tables = { 'My-Table': TableStore.dynamoDb({ partitionKey: visit }) };
    expect(() => clinicalApp({ app: { tables } })).toThrow(
      /name of a table must be 1 to 20.*got "My-Table".*InvalidClinicalApp/,
    );
  });

  test('for a setting that names a table the system does not have', () => {
    const environment = { TABLE: AppSetting.format('{tables.orders.name}') };
    expect(() => clinicalApp({ compute: { environment } })).toThrow(/\{tables.orders.name\}.*InvalidAppSetting/);
  });

  test('for a grant on a table the system does not have', () => {
    const app = visitsApp();
    const role = new iam.Role(Stack.of(app), 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
    expect(() => app.grants.readTable('orders', role)).toThrow(/no table "orders".*the system has visits \[NoTable/);
    expect(() => clinicalApp().grants.readWriteTable('visits', role)).toThrow(/the system has none \[NoTable/);
  });
});
