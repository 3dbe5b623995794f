import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  ActivityDetection,
  ActivityDetections,
  type ActivityDetectionsOptions,
  ActivitySeverity,
  Enablement,
  NotificationTopic,
  SecurityBaseline,
} from '../../src';
import { ADMINISTRATOR, apiCall, ROOT, signIn } from '../support/cloudtrail-events';
import { matchesPattern } from '../support/event-pattern';
import { baselineIn, TWO_REGIONS, templateOf } from '../support/security';

interface Rule {
  readonly Description: string;
  readonly EventPattern: object;
  readonly Targets: {
    readonly DeadLetterConfig: unknown;
    readonly InputTransformer: { readonly InputPathsMap: Record<string, string>; readonly InputTemplate: string };
  }[];
}

function detectionsIn(options: ActivityDetectionsOptions = {}, region = 'us-east-1') {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region } });
  const { topic } = new NotificationTopic(stack, 'Topic');
  const deadLetterQueue = new sqs.Queue(stack, 'Queue', { enforceSSL: true });
  const detections = new ActivityDetections(stack, 'Detections', { ...options, topic, deadLetterQueue });
  const template = Template.fromStack(stack);
  const rules = template.findResources('AWS::Events::Rule');
  /** The names of the detections that an event sets off. */
  const detected = (event: object): string[] =>
    Object.entries(detections.rules)
      .filter(([, rule]) => {
        const { EventPattern } = rules[stack.getLogicalId(rule.node.defaultChild as never)].Properties as Rule;
        return matchesPattern(EventPattern, event);
      })
      .map(([name]) => name);
  return { stack, detections, template, detected, rules: Object.values(rules).map((r) => r.Properties as Rule) };
}

const { detected } = detectionsIn({ detections: [...ActivityDetection.standard(), ActivityDetection.SHELLS] });

test.each<[string, string, string, string, string]>([
  ['IamPolicies', 'iam', 'AttachRolePolicy', 'iam', 'CreateRole'],
  ['IamPolicies', 'iam', 'CreatePolicyVersion', 'organizations', 'TagResource'],
  ['AuditTrail', 'cloudtrail', 'StopLogging', 'cloudtrail', 'LookupEvents'],
  ['AuditTrail', 'cloudtrail', 'PutEventSelectors', 's3', 'PutBucketTagging'],
  ['Keys', 'kms', 'ScheduleKeyDeletion', 'kms', 'CancelKeyDeletion'],
  ['Keys', 'kms', 'DisableKey', 'kms', 'EnableKey'],
  ['BucketPolicies', 's3', 'PutBucketPolicy', 's3', 'PutBucketTagging'],
  ['BucketPolicies', 's3', 'DeleteBucketPublicAccessBlock', 's3', 'CreateBucket'],
  ['ConfigRecording', 'config', 'StopConfigurationRecorder', 'config', 'PutConfigRule'],
  ['SecurityGroups', 'ec2', 'AuthorizeSecurityGroupIngress', 'ec2', 'UpdateSecurityGroupRuleDescriptionsIngress'],
  ['NetworkAcls', 'ec2', 'ReplaceNetworkAclEntry', 'ec2', 'CreateTags'],
  ['Gateways', 'ec2', 'AttachInternetGateway', 'ec2', 'AttachVpnGateway'],
  ['Routes', 'ec2', 'CreateRoute', 'ec2', 'AssociateRouteTable'],
  ['Networks', 'ec2', 'CreateVpcPeeringConnection', 'ec2', 'CreateSubnet'],
  ['Networks', 'ec2', 'DeleteFlowLogs', 'ec2', 'CreateFlowLogs'],
  ['Organization', 'organizations', 'LeaveOrganization', 'organizations', 'TagResource'],
  ['DetectionOff', 'guardduty', 'DeleteDetector', 'guardduty', 'CreateSampleFindings'],
  ['DetectionOff', 'guardduty', 'UpdateDetector', 'guardduty', 'UnarchiveFindings'],
  ['DetectionOff', 'macie2', 'DisassociateFromAdministratorAccount', 'macie2', 'CreateFindingsFilter'],
  ['DetectionOff', 'guardduty', 'DisassociateFromMasterAccount', 'guardduty', 'GetMasterAccount'], // its former name
  ['AlarmsSilenced', 'guardduty', 'UpdateTrustedEntitySet', 'guardduty', 'UpdateThreatEntitySet'],
  ['DetectionOff', 'securityhub', 'DisableSecurityHub', 'securityhub', 'BatchUpdateFindings'],
  ['DetectionOff', 'inspector2', 'Disable', 'inspector2', 'Enable'],
  ['DetectionOff', 'access-analyzer', 'DeleteAnalyzer', 'access-analyzer', 'CreateAnalyzer'],
  ['Backups', 'backup', 'DeleteRecoveryPoint', 'backup', 'StartBackupJob'],
  ['Backups', 'backup', 'DeleteBackupVaultLockConfiguration', 'backup', 'TagResource'],
  ['SnapshotsShared', 'rds', 'ModifyDBClusterSnapshotAttribute', 'rds', 'CreateDBClusterSnapshot'],
  ['SnapshotsShared', 'ec2', 'ModifySnapshotAttribute', 'ec2', 'CreateSnapshot'],
  ['AlarmsSilenced', 'monitoring', 'DisableAlarmActions', 'monitoring', 'EnableAlarmActions'],
  ['AlarmsSilenced', 'events', 'RemoveTargets', 'events', 'PutTargets'],
  ['AlarmsSilenced', 'guardduty', 'ArchiveFindings', 'guardduty', 'CreateThreatEntitySet'],
  ['AlarmsSilenced', 'securityhub', 'CreateAutomationRuleV2', 'securityhub', 'BatchUpdateFindings'],
  ['Shells', 'ssm', 'StartSession', 'ssm', 'TerminateSession'],
  ['Shells', 'ecs', 'ExecuteCommand', 'ecs', 'RunTask'],
])('%s: %s %s, but not %s %s', (name, service, call, otherService, otherCall) => {
  expect(detected(apiCall(service, call))).toEqual([name]);
  expect(detected(apiCall(service, call, { errorCode: 'AccessDenied' }))).toEqual([name]); // an attempt is news, too
  expect(detected(apiCall(otherService, otherCall))).toEqual([]);
});

describe('the root user', () => {
  test('is seen in calls and sign-ins', () => {
    expect(detected(apiCall('iam', 'CreateAccessKey', { userIdentity: ROOT }))).toEqual(['RootUse']);
    expect(detected(signIn('Root', 'Yes'))).toEqual(['RootUse']);
  });

  test('is not meant where a service acts for the account, or reports an event of its own', () => {
    const invoked = { ...ROOT, invokedBy: 'cloudtrail.amazonaws.com' };
    expect(detected(apiCall('kms', 'CreateGrant', { userIdentity: invoked }))).toEqual([]);
    expect(detected(apiCall('kms', 'RotateKey', { userIdentity: ROOT, eventType: 'AwsServiceEvent' }))).toEqual([]);
  });

  test('breaking something sets off both', () => {
    expect(detected(apiCall('cloudtrail', 'StopLogging', { userIdentity: ROOT }))).toEqual(['RootUse', 'AuditTrail']);
    expect(detected(apiCall('ec2', 'CreateRoute', { userIdentity: ROOT }))).toEqual(['RootUse', 'Routes']);
  });
});

test('a sign-in without a second factor is that of an IAM user who got in', () => {
  expect(detected(signIn('IAMUser', 'No'))).toEqual(['SignInWithoutMfa']);
  expect(detected(signIn('IAMUser', 'Yes'))).toEqual([]);
  expect(detected(signIn('IAMUser', 'No', 'Failure'))).toEqual([]);
  expect(detected(signIn('AssumedRole', 'No'))).toEqual([]); // the identity provider asked for it
});

test('nobody can fake an activity with PutEvents', () => {
  expect(detected({ ...apiCall('kms', 'DisableKey'), source: 'my.application' })).toEqual([]);
});

describe('what deployments do every day', () => {
  const cloudFormation = { ...ADMINISTRATOR, invokedBy: 'cloudformation.amazonaws.com' };
  const terraform = {
    ...ADMINISTRATOR,
    sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/Terraform' } },
  };
  const expecting = detectionsIn({ expectedRoles: ['arn:aws:iam::111122223333:role/Terraform'] });

  test('is not told when AWS CloudFormation does it', () => {
    expect(detected(apiCall('ec2', 'CreateRoute', { userIdentity: cloudFormation }))).toEqual([]);
    expect(detected(apiCall('kms', 'ScheduleKeyDeletion', { userIdentity: cloudFormation }))).toEqual(['Keys']);
  });

  test('is not told of expected roles, and is told of everybody else, with or without a role', () => {
    expect(expecting.detected(apiCall('ec2', 'CreateRoute', { userIdentity: terraform }))).toEqual([]);
    expect(expecting.detected(apiCall('ec2', 'CreateRoute'))).toEqual(['Routes']);
    expect(expecting.detected(apiCall('ec2', 'CreateRoute', { userIdentity: { type: 'IAMUser' } }))).toEqual([
      'Routes',
    ]);
    expect(expecting.detected(apiCall('backup', 'DeleteRecoveryPoint', { userIdentity: terraform }))).toEqual([
      'Backups',
    ]);
  });
});

test('notices say the same as those of findings, and name neither user nor resource', () => {
  for (const { Targets } of detectionsIn().rules) {
    const { InputPathsMap, InputTemplate } = Targets[0].InputTransformer;
    expect(new Set(Object.values(InputPathsMap))).toEqual(
      new Set(['$.detail.eventID', '$.detail.eventName', '$.account', '$.detail.awsRegion']),
    );
    const notice = JSON.parse(InputTemplate.replace(/:<[^>]+>/g, ':"value"'));
    expect(Object.keys(notice)).toEqual(['notice', 'id', 'type', 'severity', 'account', 'region', 'console']);
  }
});

test('one statement lets every rule write to the queue, which takes 20', () => {
  const { template, rules } = detectionsIn();
  const [policy] = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
  expect(policy.Properties.PolicyDocument.Statement).toHaveLength(2);
  expect(rules.length).toBeGreaterThan(15);
  expect(rules.every(({ Targets }) => Targets[0].DeadLetterConfig)).toBe(true);
});

test('patterns are within the 2048 characters that EventBridge takes', () => {
  for (const { EventPattern } of detectionsIn({
    expectedRoles: Array(4).fill('arn:aws:iam::111122223333:role/deployment-role'),
  }).rules) {
    expect(JSON.stringify(EventPattern).length).toBeLessThan(2048);
  }
});

test('each names its source, where somebody asks for it', () => {
  const cis = ActivityDetection.standard().flatMap(({ reference }) => reference?.match(/5\.\d+/)?.[0] ?? []);
  expect(new Set(cis)).toEqual(
    new Set(['5.2', '5.3', '5.4', '5.5', '5.7', '5.8', '5.9', '5.10', '5.11', '5.12', '5.13', '5.14', '5.15']),
  );
});

test('takes one of yours', () => {
  const yours = ActivityDetection.of('SecretsRead', {
    title: 'A secret was read by hand',
    severity: ActivitySeverity.HIGH,
    eventPattern: { source: ['aws.secretsmanager'], detail: { eventName: ['GetSecretValue'] } },
  });
  const { detected, rules } = detectionsIn({ detections: [yours] });
  expect(detected(apiCall('secretsmanager', 'GetSecretValue'))).toEqual(['SecretsRead']);
  expect(rules.map(({ Description }) => Description)).toEqual(['A secret was read by hand']);
});

test.each([
  ['not a name', 'Title'],
  ['Name', ' '],
  ['Name', 'with "quotes"'],
])('fails for the name "%s" and the title "%s"', (name, title) => {
  expect(() => ActivityDetection.of(name, { title, severity: ActivitySeverity.HIGH, eventPattern: {} })).toThrow(
    /\[InvalidActivityDetection\]/,
  );
});

test('fails when a detection is there twice', () => {
  expect(() => detectionsIn({ detections: [ActivityDetection.KEYS, ActivityDetection.KEYS] })).toThrow(
    /Keys is in detections twice.*\[DetectedTwice at S\/Detections\]/,
  );
});

describe('in a baseline', () => {
  test('they go to its topic, and what is undelivered to its queue', () => {
    const baseline = baselineIn('us-east-1', TWO_REGIONS);
    expect(Object.keys(baseline.activityDetections?.rules ?? {})).toEqual(
      ActivityDetection.standard().map(({ name }) => name),
    );
    const [policy] = Object.values(templateOf(baseline).findResources('AWS::SQS::QueuePolicy'));
    expect(policy.Properties.PolicyDocument.Statement.length).toBeLessThanOrEqual(20);
  });

  test('are off without a trail, and that is said', () => {
    const reason = { reason: 'no trail' };
    const baseline = baselineIn('us-east-1', { ...TWO_REGIONS, enablement: { auditTrail: Enablement.off(reason) } });
    expect(baseline.activityDetections).toBeUndefined();
    expect(baseline.omitted.map(({ service }) => service)).toContain('Detection of activities');
  });

  test.each([
    ['eu-west-1', true],
    ['us-east-1', false],
    ['us-gov-west-1', false],
    ['us-gov-east-1', true],
  ])('with only %s, what has no Region goes unseen: %s', (homeRegion, unseen) => {
    const omitted = baselineIn(homeRegion, { homeRegion }).omitted.map(({ service }) => service);
    expect(omitted.includes('Detection of activities in IAM and AWS Organizations')).toBe(unseen);
  });

  test('a sandbox has none', () => {
    const stack = new Stack(new App(), 'S', { env: { account: '1', region: 'us-east-1' } });
    const baseline = SecurityBaseline.sandbox(stack, 'B', {
      homeRegion: 'us-east-1',
      acknowledgeDataLoss: 'synthetic',
    });
    expect(baseline.activityDetections).toBeUndefined();
  });
});

describe('the matcher', () => {
  test.each<[string, object, object, boolean]>([
    ['a value of a list', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['one item of a list of the event', { a: ['x'] }, { a: ['z', 'x'] }, true],
    ['anything-but needs a value', { a: [{ 'anything-but': ['x'] }] }, {}, false],
    ['anything-but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, false],
    ['exists: false of a field in an absent object', { a: { b: [{ exists: false }] } }, {}, true],
    ['exists: true', { a: [{ exists: true }] }, { a: null }, true],
    ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'Yes' }] }, { a: 'YES' }, true],
    ['a numeric range', { a: [{ numeric: ['>=', 7, '<', 9] }] }, { a: 9 }, false],
    ['$or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
    ['a wildcard', { a: [{ wildcard: 'x*z' }] }, { a: 'xyz' }, true],
    ['all fields', { a: ['x'], b: ['y'] }, { a: 'x' }, false],
  ])('%s', (_, pattern, event, matches) => expect(matchesPattern(pattern, event)).toBe(matches));

  test('knows what it does not know', () => {
    expect(() => matchesPattern({ a: [{ cidr: '10.0.0.0/8' }] }, { a: '10.0.0.1' })).toThrow(/cidr is not simulated/);
  });
});
