import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  AccountServiceHandler,
  DelegatedService,
  Guardrail,
  InspectorScan,
  OrganizationDelegation,
  OrganizationEnrollment,
  type OrganizationEnrollmentProps,
  OrganizationGuardrails,
  type OrganizationGuardrailsProps,
  RuntimeAgent,
  SecurityStandard,
} from '../../src/security';

const ROOT = { targetIds: ['r-ab12'], exemptRoles: ['BreakGlass', 'cdk-hnb659fds-cfn-exec-role-*'] };

const stackIn = (region = 'us-east-1') => new Stack(new App(), 'S', { env: { account: '111122223333', region } });

function guarded(props: Partial<OrganizationGuardrailsProps> = {}): Template {
  const stack = stackIn();
  new OrganizationGuardrails(stack, 'Guardrails', { ...ROOT, ...props });
  return Template.fromStack(stack);
}

interface Policy {
  readonly Type: string;
  readonly TargetIds: string[];
  readonly Content: { readonly Statement: Record<string, unknown>[] };
}

function policies(template: Template, type: string): Policy[] {
  return Object.values(template.findResources('AWS::Organizations::Policy'))
    .map(({ Properties }) => Properties as Policy)
    .filter(({ Type }) => Type === type);
}

describe('OrganizationGuardrails', () => {
  test('attaches every policy to what it holds for', () => {
    const template = guarded({
      targetIds: ['r-ab12', 'ou-ab12-clinical1'],
      dataPerimeter: { organizationId: 'o-a1b2c3d4e5' },
    });
    const resources = Object.values(template.findResources('AWS::Organizations::Policy'));
    expect(resources.map(({ Properties }) => Properties.Type).sort()).toEqual([
      'DECLARATIVE_POLICY_EC2',
      'RESOURCE_CONTROL_POLICY',
      'SERVICE_CONTROL_POLICY',
    ]);
    for (const { Properties } of resources) {
      expect(Properties.TargetIds).toEqual(['r-ab12', 'ou-ab12-clinical1']);
    }
  });

  test('denies with every statement, and exempts the break-glass role from every one', () => {
    const [policy] = policies(guarded(), 'SERVICE_CONTROL_POLICY');
    expect(policy.Content.Statement.map(({ Sid }) => Sid)).toEqual([
      'KeepAuditing',
      'KeepAuditing2',
      'KeepDetecting',
      'KeepBackups',
      'KeepKeys',
      'NoPublicSharing',
      'NoPublicSharing2',
      'StayInOrganization',
      'KeepExemptRoles',
    ]);
    for (const statement of policy.Content.Statement) {
      expect(statement).toMatchObject({
        Effect: 'Deny',
        Condition: {
          ArnNotLike: {
            'aws:PrincipalArn': ['arn:*:iam::*:role/BreakGlass', 'arn:*:iam::*:role/cdk-hnb659fds-cfn-exec-role-*'],
          },
        },
      });
    }
  });

  test.each([
    'cloudtrail:StopLogging',
    'config:StopConfigurationRecorder',
    'guardduty:DeleteDetector',
    'securityhub:DisableSecurityHubV2',
    'backup:DeleteRecoveryPoint',
    's3:BypassGovernanceRetention',
    'kms:ScheduleKeyDeletion',
    's3:PutAccountPublicAccessBlock',
    'organizations:LeaveOrganization',
  ])('denies %s', (action) => {
    const [policy] = policies(guarded(), 'SERVICE_CONTROL_POLICY');
    expect(policy.Content.Statement.flatMap(({ Action }) => Action)).toContain(action);
  });

  test('denies other Regions, and leaves alone what has none and what steers a failover', () => {
    const [policy] = policies(
      guarded({ guardrails: [Guardrail.stayInRegions('us-east-1', 'us-west-2')] }),
      'SERVICE_CONTROL_POLICY',
    );
    expect(policy.Content.Statement[0]).toMatchObject({
      Effect: 'Deny',
      Resource: '*',
      NotAction: expect.arrayContaining([
        'iam:*',
        'route53:*',
        'sts:*',
        'arc-region-switch:*',
        'route53-recovery-cluster:*',
        's3:SubmitMultiRegionAccessPointRoutes',
      ]),
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } },
    });
  });

  test('takes several policies where one is too long, each within what AWS takes', () => {
    const long = (name: string) =>
      Guardrail.deny(name, ...Array.from({ length: 90 }, (_, i) => `service${i}:LongActionName`));
    const found = policies(guarded({ guardrails: [long('A'), long('B'), long('C')] }), 'SERVICE_CONTROL_POLICY');
    expect(found.map(({ Content }) => Content.Statement.map(({ Sid }) => Sid))).toEqual([
      ['A'],
      ['B'],
      ['C', 'KeepExemptRoles'],
    ]);
    for (const { Content } of found) {
      expect(JSON.stringify(Content).length).toBeLessThanOrEqual(5120);
    }
    const names = ['A', 'B', 'C', 'D', 'E'];
    expect(() => guarded({ guardrails: names.map(long) })).toThrow(
      /need 5 policies.*\[TooManyGuardrails at S\/Guardrails\]/,
    );
  });

  test('all of ours fit into two policies', () => {
    const template = guarded({
      guardrails: [
        Guardrail.stayInRegions('us-east-1', 'us-west-2'),
        Guardrail.keepAuditing(),
        Guardrail.keepDetecting(),
        Guardrail.keepBackups(),
        Guardrail.keepKeys(),
        Guardrail.noPublicSharing(),
        Guardrail.stayInOrganization(),
      ],
    });
    expect(policies(template, 'SERVICE_CONTROL_POLICY').length).toBeLessThanOrEqual(2);
  });

  test('keeps strangers from data, but neither AWS services nor those who are trusted', () => {
    const template = guarded({
      dataPerimeter: { organizationId: 'o-a1b2c3d4e5', trustedAccounts: ['444455556666'] },
    });
    const [policy] = policies(template, 'RESOURCE_CONTROL_POLICY');
    expect(policy.Content.Statement[0]).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:PrincipalAccount': ['444455556666'] },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    });
  });

  test('fixes the settings of Amazon EC2, or not', () => {
    guarded().hasResourceProperties('AWS::Organizations::Policy', {
      Type: 'DECLARATIVE_POLICY_EC2',
      Content: {
        ec2_attributes: Match.objectLike({
          snapshot_block_public_access: { state: { '@@assign': 'block_all_sharing' } },
        }),
      },
    });
    expect(policies(guarded({ ec2Defaults: false }), 'DECLARATIVE_POLICY_EC2')).toEqual([]);
  });

  test.each<[Partial<OrganizationGuardrailsProps>, RegExp]>([
    [{ targetIds: [] }, /got no targetIds \[InvalidTargets/],
    [{ targetIds: ['root'] }, /got "root" \[InvalidTargets/],
    [{ dataPerimeter: { organizationId: 'mine' } }, /got "mine" \[InvalidTargets/],
    [{ exemptRoles: [] }, /must name the break-glass role.*got none \[MissingBreakGlass/],
    [{ exemptRoles: ['*'] }, /no pattern that exempts everybody.*\[MissingBreakGlass/],
  ])('fails for %j', (props, message) => {
    expect(() => guarded(props)).toThrow(message);
  });

  test('Guardrail fails without Regions, actions or a proper name', () => {
    expect(() => Guardrail.stayInRegions()).toThrow(/\[InvalidGuardrail\]/);
    expect(() => Guardrail.deny('Nothing')).toThrow(/denies nothing/);
    expect(() => Guardrail.deny('a b', 's3:*')).toThrow(/got "a b"/);
  });
});

function adopter(stack: Stack): AccountServiceHandler {
  return new AccountServiceHandler(stack, 'Adopter', { encryptionKey: new kms.Key(stack, 'Key') });
}

describe('OrganizationDelegation', () => {
  test('makes one account the administrator of all but Detective', () => {
    const stack = stackIn();
    new OrganizationDelegation(stack, 'Delegation', { adopter: adopter(stack), administratorAccount: '444455556666' });
    Template.fromStack(stack).hasResourceProperties('Custom::OrganizationDelegation', {
      Desired: JSON.stringify({
        AdministratorAccount: '444455556666',
        Services: ['GuardDuty', 'Inspector', 'Macie', 'SecurityHubCspm', 'SecurityHub'],
      }),
    });
  });

  test('has rights for the services it is asked for, and none that takes an administrator away', () => {
    const stack = stackIn();
    new OrganizationDelegation(stack, 'Delegation', {
      adopter: adopter(stack),
      administratorAccount: '444455556666',
      services: [DelegatedService.GUARDDUTY],
    });
    const policy = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    expect(policy).toContain('guardduty:EnableOrganizationAdminAccount');
    expect(policy).not.toContain('macie2:');
    expect(policy).not.toMatch(/Disable|Deregister/);
  });

  test('fails for no account and no service', () => {
    const stack = stackIn();
    const handler = adopter(stack);
    expect(
      () =>
        new OrganizationDelegation(stack, 'D', { adopter: handler, administratorAccount: 'security', services: [] }),
    ).toThrow(/has 12 digits, got "security"; services is empty.*\[InvalidDelegation at S\/D\]/);
  });
});

describe('OrganizationEnrollment', () => {
  function enrolled(props: Partial<OrganizationEnrollmentProps> = {}): Template {
    const stack = stackIn();
    new OrganizationEnrollment(stack, 'Enrollment', { adopter: adopter(stack), ...props });
    return Template.fromStack(stack);
  }

  test('turns every protection plan on in every account, and nothing else unless asked', () => {
    enrolled().hasResourceProperties('Custom::OrganizationEnrollment', {
      Desired: JSON.stringify({
        GuardDuty: {
          Features: [
            'S3_DATA_EVENTS',
            'EKS_AUDIT_LOGS',
            'EBS_MALWARE_PROTECTION',
            'RDS_LOGIN_EVENTS',
            'LAMBDA_NETWORK_LOGS',
          ].map((Name) => ({ Name, AutoEnable: 'ALL' })),
        },
      }),
    });
  });

  test('and more where that is asked', () => {
    const template = enrolled({
      runtimeAgents: [RuntimeAgent.ECS_FARGATE],
      inspectorScans: [InspectorScan.ECR],
      macie: true,
    });
    const [resource] = Object.values(template.findResources('Custom::OrganizationEnrollment'));
    const desired = JSON.parse(resource.Properties.Desired);
    expect(desired.GuardDuty.Features).toContainEqual({
      Name: 'RUNTIME_MONITORING',
      AutoEnable: 'ALL',
      AdditionalConfiguration: [{ Name: 'ECS_FARGATE_AGENT_MANAGEMENT', AutoEnable: 'ALL' }],
    });
    expect(desired).toMatchObject({ Inspector: { Scans: ['ecr'] }, Macie: {} });
  });

  const centralConfiguration = {
    targetIds: ['ou-ab12-clinical1', '444455556666'],
    standards: [SecurityStandard.NIST_800_53_R5],
    disabledControls: ['EC2.8'],
  };

  test('configures Security Hub CSPM centrally, by what is off and not by what is on', () => {
    const template = enrolled({ centralConfiguration });
    template.hasResourceProperties('AWS::SecurityHub::OrganizationConfiguration', {
      ConfigurationType: 'CENTRAL',
      AutoEnable: false,
      AutoEnableStandards: 'NONE',
    });
    template.hasResourceProperties('AWS::SecurityHub::ConfigurationPolicy', {
      ConfigurationPolicy: {
        SecurityHub: {
          ServiceEnabled: true,
          SecurityControlsConfiguration: {
            DisabledSecurityControlIdentifiers: ['EC2.8'],
            EnabledSecurityControlIdentifiers: Match.absent(),
          },
        },
      },
    });
    const associations = Object.values(template.findResources('AWS::SecurityHub::PolicyAssociation'));
    expect(associations.map(({ Properties }) => [Properties.TargetId, Properties.TargetType])).toEqual([
      ['ou-ab12-clinical1', 'ORGANIZATIONAL_UNIT'],
      ['444455556666', 'ACCOUNT'],
    ]);
  });

  test('fails to configure nothing, nowhere', () => {
    expect(() => enrolled({ centralConfiguration: { targetIds: [], standards: [] } })).toThrow(
      /holds for nothing.*checks nothing.*\[InvalidCentralConfiguration at S\/Enrollment\]/,
    );
  });
});
