import { App, SecretValue, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { CfnConnectorV2, CfnHub } from 'aws-cdk-lib/aws-securityhub';
import {
  type DisabledControl,
  FindingAutomation,
  SecurityHub,
  SecurityHubCspm,
  type SecurityHubCspmProps,
  SecurityStandard,
  TicketConnector,
} from '../../src/security';
import { baselineIn, TWO_REGIONS, templateOf } from '../support/security';

const stackIn = (region = 'us-east-1') => new Stack(new App(), 'S', { env: { account: '111122223333', region } });

function templateWith(props: SecurityHubCspmProps): Template {
  const stack = stackIn();
  new SecurityHubCspm(stack, 'Cspm', props);
  return Template.fromStack(stack);
}

const NO_IAM_USERS: DisabledControl = {
  standard: SecurityStandard.CIS_5_0_0,
  control: '1.14',
  reason: 'People sign in through the identity provider',
};

describe('disabled controls', () => {
  test('are not checked in their standard, for a reason that Security Hub shows', () => {
    const template = templateWith({ disabledControls: [NO_IAM_USERS] });
    template.hasResourceProperties('AWS::SecurityHub::Standard', {
      StandardsArn: Match.anyValue(),
      DisabledStandardsControls: [
        {
          Reason: 'People sign in through the identity provider',
          StandardsControlArn: {
            'Fn::Join': [
              '',
              [
                'arn:',
                { Ref: 'AWS::Partition' },
                ':securityhub:us-east-1:111122223333:control/cis-aws-foundations-benchmark/v/5.0.0/1.14',
              ],
            ],
          },
        },
      ],
    });
    const standards = Object.values(template.findResources('AWS::SecurityHub::Standard'));
    expect(standards.filter(({ Properties }) => Properties.DisabledStandardsControls)).toHaveLength(1);
  });

  test.each<[string, DisabledControl[], RegExp]>([
    ['without a reason', [{ ...NO_IAM_USERS, reason: '' }], /say why 1.14 of cis/],
    ['of a standard that is not on', [{ ...NO_IAM_USERS, standard: SecurityStandard.PCI_DSS_4_0_1 }], /not among the/],
    ['twice', [NO_IAM_USERS, NO_IAM_USERS], /listed twice/],
    [
      'more than CloudFormation takes',
      Array.from({ length: 101 }, (_, i) => ({ ...NO_IAM_USERS, control: `1.${i}` })),
      /at most 100 controls of a standard, got 101/,
    ],
  ])('fail %s', (_, disabledControls, message) => {
    expect(() => templateWith({ disabledControls })).toThrow(message);
    expect(() => templateWith({ disabledControls })).toThrow('InvalidDisabledControl at S/Cspm');
  });
});

describe('automations', () => {
  test('change findings in the order they are given, after the hub is on', () => {
    const stack = stackIn();
    const { hub, automationRules } = new SecurityHubCspm(stack, 'Cspm', {
      automations: [
        FindingAutomation.suppressInformational(),
        FindingAutomation.raiseToCritical('phi', { Data: 'PHI' }),
      ],
    });
    const rules = Template.fromStack(stack).findResources('AWS::SecurityHub::AutomationRule');
    const inOrder = automationRules.map((rule) => rules[stack.getLogicalId(rule)]);
    expect(inOrder.map(({ Properties }) => [Properties.RuleOrder, Properties.RuleStatus])).toEqual([
      [1, 'ENABLED'],
      [2, 'ENABLED'],
    ]);
    expect(inOrder[0].DependsOn).toEqual([stack.getLogicalId(hub as CfnHub)]);
    expect(inOrder[0].Properties).toMatchObject({
      Criteria: {
        RecordState: [{ Comparison: 'EQUALS', Value: 'ACTIVE' }],
        SeverityLabel: [{ Comparison: 'EQUALS', Value: 'INFORMATIONAL' }],
      },
      Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Workflow: { Status: 'SUPPRESSED' } } }],
    });
    expect(inOrder[1].Properties).toMatchObject({
      Criteria: { ResourceTags: [{ Key: 'Data', Value: 'PHI', Comparison: 'EQUALS' }] },
      Actions: [{ FindingFieldsUpdate: { Severity: { Label: 'CRITICAL' } } }],
    });
  });

  test('suppress no passed check: the finding of a check that fails later would stay suppressed', () => {
    templateWith({ automations: [FindingAutomation.suppressInformational()] }).hasResourceProperties(
      'AWS::SecurityHub::AutomationRule',
      {
        Criteria: {
          ComplianceStatus: [{ Comparison: 'NOT_EQUALS', Value: 'PASSED' }],
          WorkflowStatus: [{ Comparison: 'EQUALS', Value: 'NEW' }],
        },
      },
    );
  });

  const accepted = {
    control: 'EC2.8',
    resourceTags: { System: 'viewer' },
    reason: 'RISK-1, CISO',
    until: '2027-06-30',
  };

  test('accept a risk of some resources, for some time, and note by whom', () => {
    templateWith({ automations: [FindingAutomation.acceptRisk('viewer', accepted)] }).hasResourceProperties(
      'AWS::SecurityHub::AutomationRule',
      {
        RuleName: 'viewer',
        Criteria: {
          ComplianceSecurityControlId: [{ Comparison: 'EQUALS', Value: 'EC2.8' }],
          ResourceTags: [{ Key: 'System', Value: 'viewer', Comparison: 'EQUALS' }],
          UpdatedAt: [{ End: '2027-06-30T23:59:59Z' }],
        },
        Actions: [
          {
            FindingFieldsUpdate: {
              Workflow: { Status: 'SUPPRESSED' },
              Note: { Text: 'Accepted until 2027-06-30: RISK-1, CISO' },
            },
          },
        ],
      },
    );
  });

  test.each([
    [{ resourceTags: {} }, /must name the resources by a tag/],
    [{ reason: ' ' }, /say who accepted viewer/],
    [{ until: '30.6.2027' }, /must be a day/],
    [{ until: '2027-02-30' }, /must be a day.*got "2027-02-30"/],
  ])('fail to accept a risk with %j', (change, message) => {
    expect(() => FindingAutomation.acceptRisk('viewer', { ...accepted, ...change })).toThrow(message);
  });

  test('fail to raise everything, and without a name', () => {
    expect(() => FindingAutomation.raiseToCritical('all', {})).toThrow(/would raise everything.*\[InvalidAutomation\]/);
    expect(() => FindingAutomation.raiseToCritical('', { a: 'b' })).toThrow(/\[InvalidAutomation\]/);
  });

  test('are made in the home Region only', () => {
    const props = { ...TWO_REGIONS, securityHubCspm: { automations: [FindingAutomation.suppressInformational()] } };
    templateOf(baselineIn('us-east-1', props)).resourceCountIs('AWS::SecurityHub::AutomationRule', 1);
    templateOf(baselineIn('us-west-2', props)).resourceCountIs('AWS::SecurityHub::AutomationRule', 0);
  });
});

describe('tickets', () => {
  test('are opened for high findings by the hub itself, in Jira', () => {
    const stack = stackIn();
    const { connector } = new SecurityHub(stack, 'Hub', { tickets: TicketConnector.jiraCloud('SEC') });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SecurityHub::ConnectorV2', { Provider: { JiraCloud: { ProjectKey: 'SEC' } } });
    template.hasResourceProperties('AWS::SecurityHub::AutomationRuleV2', {
      Criteria: {
        OcsfFindingCriteria: {
          CompositeFilters: [{ NumberFilters: [{ FieldName: 'vendor_attributes.severity_id', Filter: { Gte: 4 } }] }],
        },
      },
      Actions: [
        {
          Type: 'EXTERNAL_INTEGRATION',
          ExternalIntegrationConfiguration: {
            ConnectorArn: { 'Fn::GetAtt': [stack.getLogicalId(connector as CfnConnectorV2), 'ConnectorArn'] },
          },
        },
      ],
    });
    template.hasResource('AWS::SecurityHub::ConnectorV2', { DependsOn: ['HubD74801FD'] });
  });

  test('or in ServiceNow, whose credentials stay a secret', () => {
    const stack = stackIn();
    const credentials = new Secret(stack, 'Secret', { secretStringValue: SecretValue.unsafePlainText('test') });
    new SecurityHub(stack, 'Hub', { tickets: TicketConnector.serviceNow({ instanceName: 'hospital', credentials }) });
    Template.fromStack(stack).hasResourceProperties('AWS::SecurityHub::ConnectorV2', {
      Provider: { ServiceNow: { InstanceName: 'hospital', SecretArn: { Ref: 'SecretA720EF05' } } },
    });
  });

  test('fail for a system that is not named', () => {
    const credentials = Secret.fromSecretNameV2(stackIn(), 'Secret', 'x');
    expect(() => TicketConnector.jiraCloud('sec ops')).toThrow(/\[InvalidTicketConnector\]/);
    expect(() => TicketConnector.serviceNow({ instanceName: 'a.service-now.com', credentials })).toThrow(
      /the part before .service-now.com/,
    );
  });
});
