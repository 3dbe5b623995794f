import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Guardrail, OrganizationGuardrails, type OrganizationGuardrailsProps } from '../../src/security';
import { decide, type Statement } from '../support/policy-simulator';

const ORGANIZATION = 'o-a1b2c3d4e5';
const PHI = { 'aws:ResourceTag/ehr:data-class': 'PHI' };
const role = (name: string) => ({ 'aws:PrincipalArn': `arn:aws:iam::111122223333:role/${name}` });

interface PolicyStatement extends Statement {
  readonly Sid: string;
}

interface Asked {
  readonly action: string;
  readonly resource?: string;
  readonly context?: Record<string, string | string[]>;
}

/** Ids of the statements that deny it. */
function deniedBy(
  statements: PolicyStatement[],
  { action, resource = 'arn:aws:any:::thing', context = {} }: Asked,
): string[] {
  const aws = String(context['aws:PrincipalArn'] ?? 'arn:aws:iam::999988887777:role/Stranger');
  const request = { principal: { aws }, action, resource, context };
  return statements.filter((statement) => decide([statement], request) === 'explicitly denied').map(({ Sid }) => Sid);
}

function statementsOf(type: string, props: Partial<OrganizationGuardrailsProps> = {}): PolicyStatement[] {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region: 'us-east-1' } });
  new OrganizationGuardrails(stack, 'Guardrails', { targetIds: ['r-ab12'], exemptRoles: ['BreakGlass'], ...props });
  return Object.values(Template.fromStack(stack).findResources('AWS::Organizations::Policy'))
    .filter(({ Properties }) => Properties.Type === type)
    .flatMap(({ Properties }) => Properties.Content.Statement);
}

/** What an administrator of an account is denied, and the break-glass role is not. */
function denied(
  guardrails: Guardrail[],
  action: string,
  context: Record<string, string | string[]> = {},
  as = 'Admin',
): string[] {
  const statements = statementsOf('SERVICE_CONTROL_POLICY', { guardrails });
  const request = (name: string) => deniedBy(statements, { action, context: { ...role(name), ...context } });
  expect(request('BreakGlass')).toEqual([]);
  return request(as);
}

describe('patient data is kept private', () => {
  const guardrails = [Guardrail.keepPatientDataPrivate({ serviceRoles: ['Ehr-BackupScannerRole*'] })];

  test.each([
    'ec2:ModifySnapshotAttribute',
    'ec2:ModifyImageAttribute',
    'rds:ModifyDBSnapshotAttribute',
    'rds:ModifyDBClusterSnapshotAttribute',
    'rds:StartExportTask',
  ])('%s of what is tagged PHI is denied', (action) => {
    expect(denied(guardrails, action, PHI)).toEqual(['KeepPatientDataPrivate']);
  });

  test('not of synthetic patients, or of what has no tag', () => {
    expect(
      denied(guardrails, 'ec2:ModifySnapshotAttribute', { 'aws:ResourceTag/ehr:data-class': 'SYNTHETIC' }),
    ).toEqual([]);
    expect(denied(guardrails, 'ec2:ModifySnapshotAttribute')).toEqual([]);
  });

  test('not to take snapshots, and not to the role that a service shares with', () => {
    expect(denied(guardrails, 'ec2:CreateSnapshot', PHI)).toEqual([]);
    expect(denied(guardrails, 'ec2:ModifySnapshotAttribute', PHI, 'Ehr-BackupScannerRole1A2B')).toEqual([]);
    expect(denied(guardrails, 'ec2:ModifySnapshotAttribute', PHI, 'Another-BackupScannerRole')).not.toEqual([]);
  });

  test('nobody exempts everybody', () => {
    expect(() => Guardrail.keepPatientDataPrivate({ serviceRoles: ['*'] })).toThrow(
      /exempts everybody.*\[InvalidGuardrail\]/,
    );
  });
});

describe('the data class', () => {
  const guardrails = [Guardrail.keepDataClass()];

  test.each(['ec2:DeleteTags', 'rds:RemoveTagsFromResource', 'tag:UntagResources', 'kms:UntagResource'])(
    'is not taken away by %s, among other tags neither',
    (action) => {
      expect(denied(guardrails, action, { 'aws:TagKeys': ['cost-centre', 'ehr:data-class'] })).toEqual([
        'KeepDataClass',
      ]);
      expect(denied(guardrails, action, { 'aws:TagKeys': ['cost-centre'] })).toEqual([]);
      expect(denied(guardrails, action)).toEqual([]);
    },
  );

  test.each(['ec2:CreateTags', 'rds:AddTagsToResource', 'dynamodb:TagResource'])('is not changed by %s', (action) => {
    const asked = (value: string, before = PHI) =>
      denied(guardrails, action, { ...before, 'aws:RequestTag/ehr:data-class': value });
    expect(asked('NON_CLINICAL')).toEqual(['KeepDataClass2']);
    expect(asked('PHI')).toEqual([]); // what a deployment says again
    expect(asked('PHI', { 'aws:ResourceTag/ehr:data-class': 'SYNTHETIC' })).toEqual([]); // stricter
    expect(denied(guardrails, action, { ...PHI, 'aws:RequestTag/cost-centre': '4711' })).toEqual([]);
  });
});

describe('copies of backups', () => {
  const guardrails = [Guardrail.copiesStayIn(ORGANIZATION)];
  const copyTo = (...paths: string[]) =>
    denied(guardrails, 'backup:CopyFromBackupVault', { 'backup:CopyTargetOrgPaths': paths });

  test('stay in the organization', () => {
    expect(copyTo(`${ORGANIZATION}/r-ab12/ou-ab12-backup01/`)).toEqual([]);
    expect(copyTo('o-zzzzzzzzzz/r-ff99/')).toEqual(['CopiesStayInOrganization']);
  });

  test('go nowhere that is in no organization', () => {
    expect(denied(guardrails, 'backup:CopyFromBackupVault')).toEqual(['CopiesStayInOrganization']);
  });

  test('of what is no organization are refused', () => {
    expect(() => Guardrail.copiesStayIn('mine')).toThrow(/got "mine" \[InvalidGuardrail\]/);
  });
});

describe('the guardrails that hold unless others are chosen', () => {
  const statements = statementsOf('SERVICE_CONTROL_POLICY');
  const admin = (action: string, context = {}) =>
    deniedBy(statements, { action, context: { ...role('Admin'), ...context } });

  test.each([
    ['cloudtrail:StopLogging', 'KeepAuditing'],
    ['cloudtrail:PutEventSelectors', 'KeepAuditing'],
    ['config:PutConfigurationRecorder', 'KeepAuditing'],
    ['guardduty:DeleteDetector', 'KeepDetecting'],
    ['guardduty:UpdateDetector', 'KeepDetecting'],
    ['guardduty:CreateFilter', 'KeepDetecting'],
    ['guardduty:CreateTrustedEntitySet', 'KeepDetecting'], // what is on it is not found
    ['guardduty:UpdateTrustedEntitySet', 'KeepDetecting'],
    ['macie2:DisassociateFromMasterAccount', 'KeepDetecting'],
    ['backup:DeleteRecoveryPoint', 'KeepBackups'],
    ['backup:DeleteBackupVault', 'KeepBackups'],
    ['backup:UpdateRecoveryPointLifecycle', 'KeepBackups'],
    ['s3:BypassGovernanceRetention', 'KeepBackups'],
    ['kms:ScheduleKeyDeletion', 'KeepKeys'],
    ['s3:PutAccountPublicAccessBlock', 'NoPublicSharing'],
    ['organizations:LeaveOrganization', 'StayInOrganization'],
  ])('%s is denied', (action, sid) => {
    expect(admin(action)).toEqual([sid]);
    expect(deniedBy(statements, { action, context: role('BreakGlass') })).toEqual([]);
  });

  test.each(['cloudtrail:LookupEvents', 'backup:StartRestoreJob', 'kms:Decrypt', 's3:GetObject'])(
    '%s is not',
    (action) => {
      expect(admin(action)).toEqual([]);
    },
  );

  test('the log group of a trail stays, others may go', () => {
    const remove = (name: string) =>
      deniedBy(statements, {
        action: 'logs:DeleteLogGroup',
        resource: `arn:aws:logs:us-east-1:111122223333:log-group:${name}`,
        context: role('Admin'),
      });
    expect([remove('/aws/cloudtrail/audit'), remove('/ehr/application')]).toEqual([['KeepAuditing2'], []]);
  });

  test('sharing with everybody is denied, sharing with somebody not', () => {
    expect(admin('ec2:ModifySnapshotAttribute', { 'ec2:Add/group': 'all' })).toEqual(['NoPublicSharing2']);
    expect(admin('ec2:ModifySnapshotAttribute', { 'ec2:Add/userId': '444455556666' })).toEqual([]);
  });
});

describe('who stays in two Regions', () => {
  const guardrails = [Guardrail.stayInRegions('eu-central-1', 'eu-west-1')];
  const inRegion = (action: string, region: string) => denied(guardrails, action, { 'aws:RequestedRegion': region });

  test.each([
    ['rds:CreateDBCluster', 'us-east-1'],
    ['s3:PutObject', 'us-east-1'],
    ['kms:CreateKey', 'us-west-2'],
    ['ec2:RunInstances', 'us-west-2'],
    ['config:PutConfigRule', 'ap-south-1'],
  ])('is denied %s in %s', (action, region) => expect(inRegion(action, region)).toEqual(['StayInRegions']));

  // where the endpoint of each is
  test.each([
    ['iam:PassRole', 'us-east-1'],
    ['sts:AssumeRole', 'us-east-1'],
    ['organizations:DescribeOrganization', 'us-east-1'],
    ['route53:ChangeResourceRecordSets', 'us-east-1'],
    ['cloudfront:CreateInvalidation', 'us-east-1'],
    ['acm:RequestCertificate', 'us-east-1'], // of a distribution
    ['wafv2:CreateWebACL', 'us-east-1'], // of a distribution
    ['support:CreateCase', 'us-east-1'],
    ['health:DescribeEvents', 'us-east-1'],
    ['artifact:AcceptAgreement', 'us-east-1'],
    ['budgets:ViewBudget', 'us-east-1'],
    ['networkmanager:GetSites', 'us-west-2'],
    ['globalaccelerator:UpdateEndpointGroup', 'us-west-2'],
    ['s3:GetMultiRegionAccessPointRoutes', 'us-west-2'],
    ['s3:SubmitMultiRegionAccessPointRoutes', 'us-west-2'],
    ['route53-recovery-cluster:UpdateRoutingControlState', 'ap-northeast-1'],
    ['arc-region-switch:StartPlanExecution', 'us-west-2'],
  ])('may %s in %s', (action, region) => expect(inRegion(action, region)).toEqual([]));

  test('may fail over to the other', () => {
    expect(inRegion('rds:FailoverGlobalCluster', 'eu-west-1')).toEqual([]);
  });
});

describe('a name is exempt, and nobody may take it', () => {
  const guardrails = [Guardrail.keepPatientDataPrivate({ serviceRoles: ['*-ScannerRole'] })];
  const asked = (action: string, name: string, as = 'Admin') =>
    deniedBy(statementsOf('SERVICE_CONTROL_POLICY', { guardrails }), {
      action,
      resource: `arn:aws:iam::111122223333:role/${name}`,
      context: role(as),
    });

  // what CT.IAM.PV.1 of AWS Control Tower denies, but for the description: https://docs.aws.amazon.com/controltower/latest/controlreference/ct-iam-pv-1.html
  test.each([
    ...['iam:CreateRole', 'iam:DeleteRole', 'iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'],
    ...['iam:DetachRolePolicy', 'iam:DeleteRolePolicy', 'iam:PutRolePermissionsBoundary'],
    'iam:DeleteRolePermissionsBoundary',
  ])('not by %s', (action) => {
    expect(asked(action, 'BreakGlass')).toEqual(['KeepExemptRoles']);
    expect(asked(action, 'Ehr-ScannerRole')).toEqual(['KeepExemptRoles']);
    expect(asked(action, 'Application')).toEqual([]);
    expect(asked(action, 'Ehr-ScannerRole', 'BreakGlass')).toEqual([]);
  });

  test('with the path it has: a permission set of IAM Identity Center may be the break-glass role', () => {
    const path = 'aws-reserved/sso.amazonaws.com';
    const exemptRoles = [`${path}/*AWSReservedSSO_BreakGlass_*`];
    const statements = statementsOf('SERVICE_CONTROL_POLICY', { exemptRoles });
    const stop = (name: string) =>
      deniedBy(statements, { action: 'cloudtrail:StopLogging', context: role(name) }).length > 0;
    expect(stop(`${path}/AWSReservedSSO_BreakGlass_0123456789abcdef`)).toBe(false);
    expect(stop(`${path}/eu-central-1/AWSReservedSSO_BreakGlass_0123456789abcdef`)).toBe(false);
    expect(stop(`${path}/AWSReservedSSO_Nurse_0123456789abcdef`)).toBe(true);
    expect(stop('AWSReservedSSO_BreakGlass_0123456789abcdef')).toBe(true); // anybody may take this name
  });

  test('not even by a role that one guardrail exempts', () => {
    expect(asked('iam:PutRolePolicy', 'BreakGlass', 'Ehr-ScannerRole')).toEqual(['KeepExemptRoles']);
  });
});

test('a wildcard stands at the end of an action only: older service control policies take no other', () => {
  const guardrails = [
    ...[Guardrail.stayInRegions('us-east-1'), Guardrail.keepAuditing(), Guardrail.keepDetecting()],
    ...[Guardrail.keepBackups(), Guardrail.noPublicSharing(), Guardrail.keepDataClass()],
  ];
  const actions = statementsOf('SERVICE_CONTROL_POLICY', { guardrails }).flatMap(({ Action, NotAction }) =>
    [Action ?? NotAction].flat(),
  );
  expect(actions.length).toBeGreaterThan(80);
  expect(actions.filter((action) => /\*./.test(action as string))).toEqual([]);
});

describe('the data perimeter', () => {
  const statements = statementsOf('RESOURCE_CONTROL_POLICY', {
    dataPerimeter: { organizationId: ORGANIZATION, trustedAccounts: ['444455556666'] },
  });
  const read = (context: Record<string, string>) =>
    deniedBy(statements, { action: 's3:GetObject', context: { 'aws:SecureTransport': 'true', ...context } });

  test('keeps strangers out, and people without an account', () => {
    expect(read({ 'aws:PrincipalOrgID': 'o-zzzzzzzzzz', 'aws:PrincipalAccount': '999988887777' })).toEqual([
      'OnlyThisOrganization',
    ]);
    expect(read({})).toEqual(['OnlyThisOrganization']);
  });

  test('lets in the organization, who is trusted, and services', () => {
    expect(read({ 'aws:PrincipalOrgID': ORGANIZATION, 'aws:PrincipalAccount': '111122223333' })).toEqual([]);
    expect(read({ 'aws:PrincipalOrgID': 'o-zzzzzzzzzz', 'aws:PrincipalAccount': '444455556666' })).toEqual([]);
    expect(read({ 'aws:PrincipalIsAWSService': 'true' })).toEqual([]);
  });

  test('lets a service in for the organization and whom it trusts, and not for a stranger', () => {
    const asService = (source: Record<string, string>) =>
      read({ 'aws:PrincipalIsAWSService': 'true', 'aws:SourceArn': 'arn:aws:cloudtrail:::trail/t', ...source });
    expect(asService({ 'aws:SourceOrgID': ORGANIZATION, 'aws:SourceAccount': '111122223333' })).toEqual([]);
    expect(asService({ 'aws:SourceOrgID': 'o-zzzzzzzzzz', 'aws:SourceAccount': '444455556666' })).toEqual([]);
    expect(asService({ 'aws:SourceOrgID': 'o-zzzzzzzzzz', 'aws:SourceAccount': '999988887777' })).toEqual([
      'OnlyOwnRequestsOfServices',
    ]);
  });

  test('lets nobody in without encryption', () => {
    expect(read({ 'aws:PrincipalOrgID': ORGANIZATION, 'aws:SecureTransport': 'false' })).toEqual([
      'OnlyEncryptedTransport',
    ]);
  });
});

test('buckets of the organization are private where that is asked', () => {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region: 'us-east-1' } });
  const props = { targetIds: ['r-ab12'], exemptRoles: ['BreakGlass'] };
  expect(new OrganizationGuardrails(stack, 'Without', props).s3Policy).toBeUndefined();
  new OrganizationGuardrails(stack, 'With', { ...props, blockPublicBuckets: true });
  Template.fromStack(stack).hasResourceProperties('AWS::Organizations::Policy', {
    Type: 'S3_POLICY',
    Content: { s3_attributes: { public_access_block_configuration: { '@@assign': 'all' } } },
  });
});

describe('a policy that AWS would not take fails', () => {
  test('when one guardrail is too long for any', () => {
    const actions = Array.from({ length: 250 }, (_, i) => `service${i}:LongActionName`);
    expect(() => statementsOf('', { guardrails: [Guardrail.deny('Long', ...actions)] })).toThrow(
      /ServiceControl1 has \d+ characters.*takes 5120.*\[PolicyTooLong at S\/Guardrails\]/,
    );
  });

  test('when too many accounts are trusted', () => {
    const trustedAccounts = Array.from({ length: 400 }, (_, i) => String(100000000000 + i));
    expect(() => statementsOf('', { dataPerimeter: { organizationId: ORGANIZATION, trustedAccounts } })).toThrow(
      /DataPerimeter has \d+ characters.*\[PolicyTooLong/,
    );
  });
});

test('all of ours fit into what the oldest quota allows', () => {
  const guardrails = [
    Guardrail.stayInRegions('us-east-1', 'us-west-2'),
    Guardrail.keepAuditing(),
    Guardrail.keepDetecting(),
    Guardrail.keepBackups(),
    Guardrail.keepKeys(),
    Guardrail.noPublicSharing(),
    Guardrail.keepPatientDataPrivate(),
    Guardrail.keepDataClass(),
    Guardrail.copiesStayIn(ORGANIZATION),
    Guardrail.stayInOrganization(),
  ];
  expect(statementsOf('SERVICE_CONTROL_POLICY', { guardrails })).toHaveLength(14);
});
