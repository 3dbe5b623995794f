import { App, type CfnElement, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  FindingRouting,
  LocalWindow,
  PatchedSystem,
  PatchManagement,
  type PatchManagementProps,
  Weekday,
} from '../../src';
import { ManagedPolicyRole } from '../../src/core/private/managed-policy-role';
import { matchesPattern } from '../support/event-pattern';

const BASELINE = 'AWS::SSM::PatchBaseline';
const WINDOW = 'AWS::SSM::MaintenanceWindow';
const TASK = 'AWS::SSM::MaintenanceWindowTask';
const sundays = LocalWindow.on([Weekday.SUNDAY], '01:30', '05:30');

function patching(props: Partial<PatchManagementProps> = {}) {
  const stack = new Stack(new App(), 'Ehr', { env: { account: '111122223333', region: 'eu-central-1' } });
  const patches = new PatchManagement(stack, 'Patches', {
    patchGroup: 'ehr',
    window: sundays,
    timeZone: 'Europe/Berlin',
    ...props,
  });
  return { stack, patches, template: Template.fromStack(stack) };
}

test('each operating system has a baseline of security updates that were out for a week', () => {
  const { template, patches } = patching();
  template.resourceCountIs(BASELINE, 4);
  for (const [system, classes] of [
    ['WINDOWS', ['CriticalUpdates', 'SecurityUpdates']],
    ['AMAZON_LINUX_2023', ['Security']],
    ['AMAZON_LINUX_2', ['Security']],
    ['REDHAT_ENTERPRISE_LINUX', ['Security']],
  ]) {
    template.hasResourceProperties(BASELINE, {
      OperatingSystem: system,
      PatchGroups: ['ehr'],
      ApprovalRules: {
        PatchRules: [
          {
            ApproveAfterDays: 7,
            ComplianceLevel: 'HIGH',
            PatchFilterGroup: { PatchFilters: [{ Key: 'CLASSIFICATION', Values: classes }] },
          },
        ],
      },
    });
  }
  expect(Object.keys(patches.baselines)).toEqual(Object.values(PatchedSystem));
});

test('systems, days and patches that the maker has not released can be chosen', () => {
  const { template } = patching({
    systems: [PatchedSystem.WINDOWS, PatchedSystem.WINDOWS],
    approveAfter: Duration.days(0),
    rejectedPatches: ['KB5034441'],
  });
  template.resourceCountIs(BASELINE, 1);
  template.hasResourceProperties(BASELINE, {
    ApprovalRules: { PatchRules: [Match.objectLike({ ApproveAfterDays: 0 })] },
    RejectedPatches: ['KB5034441'],
    RejectedPatchesAction: 'BLOCK',
  });
});

test('what is missing is looked for every day, whatever the window, and changes nothing', () => {
  const { template } = patching();
  template.hasResource('AWS::SSM::Association', {
    Properties: {
      Name: 'AWS-RunPatchBaseline',
      Parameters: { Operation: ['Scan'] },
      ScheduleExpression: 'rate(1 day)',
      Targets: [{ Key: 'tag:PatchGroup', Values: ['ehr'] }],
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^PatchesBaselineWINDOWS')]),
  });
});

describe('patches are installed', () => {
  test.each([
    ['on Sundays', sundays, 'cron(30 1 ? * SUN *)', 4],
    ['on weekdays, over midnight', LocalWindow.weekdays('22:00', '06:00'), 'cron(0 22 ? * MON,TUE,WED,THU,FRI *)', 8],
    ['every night', LocalWindow.daily('02:00', '04:00'), 'cron(0 2 ? * * *)', 2],
    ['all day', LocalWindow.on([Weekday.MONDAY], '00:00', '24:00'), 'cron(0 0 ? * MON *)', 24],
  ])('in the window, on the clock of the hospital: %s', (_, window, Schedule, hours) => {
    patching({ window }).template.hasResourceProperties(WINDOW, {
      Schedule,
      ScheduleTimezone: 'Europe/Berlin',
      Duration: hours,
      Cutoff: 1,
      AllowUnassociatedTargets: false,
    });
  });

  test('on one instance after the other, and on no other after one failed', () => {
    const { template } = patching();
    const [target] = Object.keys(template.findResources('AWS::SSM::MaintenanceWindowTarget'));
    template.hasResourceProperties(TASK, {
      TaskType: 'RUN_COMMAND',
      TaskArn: 'AWS-RunPatchBaseline',
      Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: target }] }],
      MaxConcurrency: '1',
      MaxErrors: '0',
    });
    template.hasResourceProperties('AWS::SSM::MaintenanceWindowTarget', {
      ResourceType: 'INSTANCE',
      Targets: [{ Key: 'tag:PatchGroup', Values: ['ehr'] }],
    });
  });

  test.each([
    [undefined, 'RebootIfNeeded'],
    [true, 'RebootIfNeeded'],
    [false, 'NoReboot'],
  ])('and an instance is restarted: %s', (reboot, RebootOption) => {
    patching({ reboot }).template.hasResourceProperties(TASK, {
      TaskInvocationParameters: {
        MaintenanceWindowRunCommandParameters: {
          Parameters: { Operation: ['Install'], RebootOption: [RebootOption] },
        },
      },
    });
  });
});

describe('rights', () => {
  type Rights = { Action: string | string[]; Resource: unknown }[];
  const statements = (template: Template, role: string): Rights =>
    Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
      .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

  test('of the window are a role of its own, because the service-linked one is no longer recommended', () => {
    const { template, stack, patches } = patching();
    const role = stack.getLogicalId(patches.windowRole.node.defaultChild as CfnElement);
    template.hasResource(TASK, {
      Properties: { ServiceRoleArn: { 'Fn::GetAtt': [role, 'Arn'] } },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^PatchesWindowRolePolicy')]), // not a night without rights
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'ssm.amazonaws.com' } })],
      },
    });
  });

  test('of the window run one document', () => {
    const { template } = patching();
    const rights = statements(template, 'PatchesWindowRole');
    const [send] = rights.filter(({ Action }) => Action === 'ssm:SendCommand');
    expect(JSON.stringify(send.Resource)).toMatch(/document\/AWS-RunPatchBaseline.*instance\/\*.*managed-instance\/\*/);
    expect(send.Resource).not.toContain('*');
    const others = rights.filter((statement) => statement !== send).flatMap(({ Action }) => Action);
    expect(others.filter((action) => !/^(ssm:(List|Get|CancelCommand)|tag:Get)/.test(action))).toEqual([]);
  });

  test('of instances read no parameters, and no document but the one', () => {
    const stack = new Stack();
    const role = new ManagedPolicyRole(stack, 'Instances', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    PatchManagement.allow(role);
    const rights = statements(Template.fromStack(stack), 'Instances');
    const actions = rights.flatMap(({ Action }) => Action);
    expect(actions).toContain('ssm:GetDeployablePatchSnapshotForInstance');
    expect(actions.filter((action) => /Parameter|SendCommand|\*/.test(action))).toEqual([]);
    const [documents] = rights.filter(({ Action }) => [Action].flat().includes('ssm:GetDocument'));
    expect(JSON.stringify(documents.Resource)).toContain('::document/AWS-RunPatchBaseline');
  });
});

test('names differ from system to system', () => {
  const stack = new Stack(new App(), 'Ehr');
  for (const patchGroup of ['ehr', 'pacs']) {
    new PatchManagement(stack, `Patches-${patchGroup}`, { patchGroup, window: sundays, timeZone: 'UTC' });
  }
  const names = Object.values(Template.fromStack(stack).findResources(BASELINE)).map(
    ({ Properties }) => Properties.Name,
  );
  expect(new Set(names).size).toBe(8);
  expect(names.filter((name) => !/^[a-zA-Z0-9_.-]{3,128}$/.test(name))).toEqual([]);
});

test('a group that is only known at deployment is taken as it is', () => {
  const stack = new Stack();
  const { valueAsString: patchGroup } = new CfnParameter(stack, 'Group');
  new PatchManagement(stack, 'Patches', { patchGroup, window: sundays, timeZone: 'UTC' });
  Template.fromStack(stack).hasResourceProperties(BASELINE, { PatchGroups: [{ Ref: 'Group' }] });
});

test.each<[string, Partial<PatchManagementProps>, RegExp]>([
  ['a window of half hours', { window: LocalWindow.daily('02:00', '04:30') }, /whole hours, got 02:00 to 04:30/],
  ['a window of an hour, in which nothing would begin', { window: LocalWindow.daily('02:00', '03:00') }, /2 to 24/],
  [
    'a window that starts at midnight of the day before',
    { window: LocalWindow.daily('24:00', '04:00') },
    /write 00:00/,
  ],
  ['a time zone that is none', { timeZone: 'Hospital/Ward' }, /got "Hospital\/Ward"/],
  ['no system', { systems: [] }, /nothing would be patched/],
  ['half days', { approveAfter: Duration.hours(36) }, /0 to 100 whole days, got 1.5/],
  ['too many days', { approveAfter: Duration.days(101) }, /got 101/],
  ['a group that is no tag', { patchGroup: '' }, /value of a tag, got ""/],
])('fails with %s', (_, props, message) => {
  expect(() => patching(props)).toThrow(message);
  expect(() => patching(props)).toThrow(/\[InvalidPatching at Ehr\/Patches\]/);
});

test('several mistakes are told together', () => {
  expect(() => patching({ timeZone: 'x', systems: [] })).toThrow(/timeZone[\s\S]*systems/);
});

describe('what the routing tells of patches', () => {
  const stack = new Stack(new App(), 'Routing', { env: { account: '111122223333', region: 'eu-central-1' } });
  const routing = new FindingRouting(stack, 'Routing', { patches: true });
  const template = Template.fromStack(stack);
  const rules = routing.patchRules.map(
    (rule) =>
      template.findResources('AWS::Events::Rule')[stack.getLogicalId(rule.node.defaultChild as never)].Properties,
  );
  const told = (event: object) => rules.filter(({ EventPattern }) => matchesPattern(EventPattern, event)).length;
  const compliance = (more: object) => ({
    source: 'aws.ssm',
    'detail-type': 'Configuration Compliance State Change',
    detail: { 'compliance-type': 'Patch', 'compliance-status': 'non_compliant', 'resource-id': 'i-0abc', ...more },
  });
  const windows = (status: string) => ({
    source: 'aws.ssm',
    'detail-type': 'Maintenance Window Execution State-change Notification',
    detail: { status, 'window-id': 'mw-1', 'window-execution-id': 'e-1' },
  });

  test('is that an instance begins to miss some, and not that it is well again, or what else does not comply', () => {
    expect(told(compliance({}))).toBe(1);
    expect(told(compliance({ 'compliance-status': 'compliant' }))).toBe(0);
    expect(told(compliance({ 'compliance-type': 'Association' }))).toBe(0);
  });

  test('is that a window did not end well', () => {
    const statuses = ['FAILED', 'TIMED_OUT', 'CANCELLED', 'SKIPPED_OVERLAPPING', 'SUCCESS', 'IN_PROGRESS', 'PENDING'];
    expect(statuses.map((status) => told(windows(status)))).toEqual([1, 1, 1, 1, 0, 0, 0]);
  });

  test('goes where findings go, and waits in the same queue', () => {
    for (const { Targets } of rules) {
      expect(Targets).toEqual([
        expect.objectContaining({
          Arn: stack.resolve(routing.topic.topicArn),
          DeadLetterConfig: { Arn: stack.resolve(routing.deadLetterQueue.queueArn) },
        }),
      ]);
    }
  });

  test('is nothing unless it is asked for', () => {
    const other = new Stack(new App(), 'Other', { env: { region: 'eu-central-1' } });
    expect(new FindingRouting(other, 'Routing').patchRules).toEqual([]);
    Template.fromStack(other).resourceCountIs('AWS::Events::Rule', 3);
  });
});
