import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DataProtection } from '../../src/core';
import { GuardDuty, type GuardDutyProps, GuardDutyProtection, OmissionCause, RuntimeAgent } from '../../src/security';

function guardDutyIn(region: string, props: GuardDutyProps = {}): { guardDuty: GuardDuty; template: Template } {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region } });
  const guardDuty = new GuardDuty(stack, 'GuardDuty', props);
  return { guardDuty, template: Template.fromStack(stack) };
}

interface Feature {
  readonly Name: string;
  readonly Status: string;
  readonly AdditionalConfiguration?: Feature[];
}

/** The features of the detector as `NAME: STATUS`, agents as `NAME.AGENT: STATUS`. */
function features(template: Template): Record<string, string> {
  const [detector] = Object.values(template.findResources('AWS::GuardDuty::Detector'));
  const listed: Feature[] = detector.Properties.Features;
  return Object.fromEntries(
    listed.flatMap(({ Name, Status, AdditionalConfiguration = [] }) => [
      [Name, Status],
      ...AdditionalConfiguration.map((agent) => [`${Name}.${agent.Name}`, agent.Status]),
    ]),
  );
}

test('names every feature, because CloudFormation turns on what is left out', () => {
  const { template } = guardDutyIn('eu-west-1');
  expect(features(template)).toEqual({
    S3_DATA_EVENTS: 'ENABLED',
    EKS_AUDIT_LOGS: 'ENABLED',
    EBS_MALWARE_PROTECTION: 'ENABLED',
    RDS_LOGIN_EVENTS: 'ENABLED',
    LAMBDA_NETWORK_LOGS: 'ENABLED',
    RUNTIME_MONITORING: 'ENABLED',
    'RUNTIME_MONITORING.ECS_FARGATE_AGENT_MANAGEMENT': 'ENABLED',
    'RUNTIME_MONITORING.EC2_AGENT_MANAGEMENT': 'DISABLED',
    'RUNTIME_MONITORING.EKS_ADDON_MANAGEMENT': 'DISABLED',
    AI_PROTECTION: 'DISABLED',
    AI_ANALYST: 'DISABLED',
  });
  template.hasResourceProperties('AWS::GuardDuty::Detector', {
    Enable: true,
    FindingPublishingFrequency: 'FIFTEEN_MINUTES',
  });
});

test('never sets data sources, which the service refuses beside features', () => {
  const { template } = guardDutyIn('eu-west-1');
  const [detector] = Object.values(template.findResources('AWS::GuardDuty::Detector'));
  expect(Object.keys(detector.Properties).sort()).toEqual(['Enable', 'Features', 'FindingPublishingFrequency']);
});

test('turns on what is asked for', () => {
  const { template } = guardDutyIn('us-east-1', {
    aiProtection: true,
    runtimeAgents: [RuntimeAgent.EC2, RuntimeAgent.EKS],
  });
  expect(features(template)).toMatchObject({
    AI_PROTECTION: 'ENABLED',
    'RUNTIME_MONITORING.ECS_FARGATE_AGENT_MANAGEMENT': 'DISABLED',
    'RUNTIME_MONITORING.EC2_AGENT_MANAGEMENT': 'ENABLED',
    'RUNTIME_MONITORING.EKS_ADDON_MANAGEMENT': 'ENABLED',
  });
});

test('turns Runtime Monitoring off with an empty list of agents, and says so', () => {
  const { guardDuty, template } = guardDutyIn('us-east-1', { runtimeAgents: [] });
  expect(features(template).RUNTIME_MONITORING).toBe('DISABLED');
  expect(guardDuty.omitted).toContainEqual({
    service: 'Amazon GuardDuty RUNTIME_MONITORING',
    cause: OmissionCause.TURNED_OFF,
    reason: 'runtimeAgents is empty',
  });
});

test('leaves a plan off for a reason, and says so', () => {
  const { guardDuty, template } = guardDutyIn('us-east-1', {
    disabledProtections: [{ protection: GuardDutyProtection.EKS_AUDIT_LOGS, reason: 'no EKS here' }],
  });
  expect(features(template).EKS_AUDIT_LOGS).toBe('DISABLED');
  expect(features(template).S3_DATA_EVENTS).toBe('ENABLED');
  expect(guardDuty.omitted).toContainEqual({
    service: 'Amazon GuardDuty EKS_AUDIT_LOGS',
    cause: OmissionCause.TURNED_OFF,
    reason: 'no EKS here',
  });
});

test('fails when a plan is off without a reason', () => {
  expect(() =>
    guardDutyIn('us-east-1', {
      disabledProtections: [{ protection: GuardDutyProtection.RDS_LOGIN_EVENTS, reason: '' }],
    }),
  ).toThrow(/say why RDS_LOGIN_EVENTS is off.*\[MissingReason at S\/GuardDuty\]/);
});

test('leaves out the AI features in GovCloud (US), and keeps Runtime Monitoring', () => {
  const { guardDuty, template } = guardDutyIn('us-gov-west-1');
  expect(Object.keys(features(template)).filter((name) => name.startsWith('AI_'))).toEqual([]);
  expect(features(template).RUNTIME_MONITORING).toBe('ENABLED');
  expect(guardDuty.omitted.map(({ service, cause }) => [service, cause])).toEqual([
    ['Amazon GuardDuty AI_PROTECTION and AI_ANALYST', OmissionCause.NOT_OFFERED],
    ['Amazon GuardDuty RDS_DATA_RISK', OmissionCause.TURNED_OFF],
  ]);
});

test('leaves out Runtime Monitoring and the AI features in China', () => {
  const { guardDuty, template } = guardDutyIn('cn-north-1');
  expect(Object.keys(features(template))).toEqual([
    'S3_DATA_EVENTS',
    'EKS_AUDIT_LOGS',
    'EBS_MALWARE_PROTECTION',
    'RDS_LOGIN_EVENTS',
    'LAMBDA_NETWORK_LOGS',
  ]);
  expect(guardDuty.omitted.map(({ service }) => service)).toContain('Amazon GuardDuty RUNTIME_MONITORING');
});

test('fails when a feature is asked for where it is not offered', () => {
  expect(() => guardDutyIn('cn-north-1', { runtimeAgents: [RuntimeAgent.ECS_FARGATE] })).toThrow(
    /Runtime Monitoring is not offered in cn-north-1.*\[NotOfferedInPartition at S\/GuardDuty\]/,
  );
  expect(() => guardDutyIn('us-gov-west-1', { aiProtection: true })).toThrow(
    /aiProtection is not offered in us-gov-west-1.*\[NotOfferedInPartition/,
  );
});

test('fails in a partition of which too little is known', () => {
  expect(() => guardDutyIn('us-iso-east-1')).toThrow(/partition aws-iso .*\[UnsupportedPartition/);
});

test('keeps the detector by default, and lets a failed first deployment roll back', () => {
  guardDutyIn('us-east-1').template.hasResource('AWS::GuardDuty::Detector', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
  guardDutyIn('us-east-1', {
    dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' }),
  }).template.hasResource('AWS::GuardDuty::Detector', { DeletionPolicy: 'Delete' });
});
