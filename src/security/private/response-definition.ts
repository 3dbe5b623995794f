import { ContainableResource } from '../containable-resource';
import { RUNBOOKS } from './containment-runbooks';
import { end, openCase, readAnswer } from './response-case';
import { contain } from './response-containment';
import { readHubFinding } from './response-hub-finding';
import {
  chooseByKind,
  ON_ANY_FAILURE,
  pascal,
  publish,
  type ResponseTargets,
  type State,
  sdk,
  service,
  TRY_AGAIN,
} from './response-state';

/** Seconds: an hour for the runbook, and twice three for copies of the evidence, with some to spare. Only what hangs is stopped. */
const LONGEST_WORK = 12 * 3600;

/**
 * The steps of a response, in Amazon States Language. The input is what the rules make of a finding: `finding`, `kind`, `resource`, `arn`.
 * Every task that can fail says where that leads, so that no failure is silent.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export function responseDefinition(targets: ResponseTargets): State {
  return {
    Comment: 'Contains what was found, if that may be',
    TimeoutSeconds: targets.mode.approvalTimeout.toSeconds() + LONGEST_WORK,
    StartAt: targets.securityHub ? 'WhichFinding' : 'OpenCase',
    States: {
      ...readHubFinding(targets),
      ...openCase(targets),
      ...readAnswer(targets, keepsEvidence(targets) ? 'HasVolumes' : 'ReadTags'),
      ...keepEvidence(targets),
      ...decide(targets),
      ...contain(targets),
      ...end(targets),
    },
  };
}

function keepsEvidence({ mode, resources }: ResponseTargets): boolean {
  return mode.contains && resources.includes(ContainableResource.INSTANCE);
}

/** Snapshots disturb nothing and are the only look back: they are made before anything is asked. */
function keepEvidence(targets: ResponseTargets): Record<string, State> {
  if (!keepsEvidence(targets)) {
    return {};
  }
  return {
    HasVolumes: {
      Type: 'Choice',
      Choices: [{ Variable: '$.kind', StringEquals: ContainableResource.INSTANCE, Next: 'KeepEvidence' }],
      Default: 'ReadTags',
    },
    KeepEvidence: {
      Type: 'Task',
      Resource: sdk(targets, 'ec2:createSnapshots'),
      Parameters: {
        InstanceSpecification: { 'InstanceId.$': '$.resource' },
        'Description.$': "States.Format('Evidence of GuardDuty finding {}', $.finding.id)",
        TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'ehr:case', 'Value.$': '$.finding.id' }] }],
      },
      ResultSelector: { 'snapshots.$': '$.Snapshots[*].SnapshotId' },
      ResultPath: '$.evidence',
      Retry: [TRY_AGAIN], // rather two snapshots of a volume than none
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TellOfLostEvidence' }],
      Next: 'ReadTags',
    },
    TellOfLostEvidence: {
      ...publish(targets, 'Evidence of an instance could not be kept; it is not contained without approval'),
      ResultSelector: { reason: 'its evidence could not be kept' },
      ResultPath: '$.doubt',
      Next: 'ReadTags',
    },
  };
}

/** Whoever cannot be shown to be uncritical is asked about. */
function decide(targets: ResponseTargets): Record<string, State> {
  const { mode, resources } = targets;
  const reading = Object.fromEntries(
    resources.map((kind) => {
      const { api, parameters, tags } = RUNBOOKS[kind].readTags;
      return [
        `ReadTagsOf${pascal(kind)}`,
        {
          Type: 'Task',
          Resource: sdk(targets, api),
          Parameters: parameters,
          ResultSelector: { 'values.$': tags },
          ResultPath: '$.tier',
          Retry: [TRY_AGAIN],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TagsUnreadable' }],
          Next: 'Decide',
        },
      ];
    }),
  );
  const automatic = mode.automaticTiers.map((tier) => ({ Variable: '$.tier.values[0]', StringEquals: tier }));
  return {
    ReadTags: chooseByKind(resources, 'ReadTagsOf'),
    ...reading,
    TagsUnreadable: doubt('its tags could not be read'),
    Decide: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.doubt', IsPresent: true, Next: 'Ask' },
        ...automatic.map((condition) => ({
          And: [{ Variable: '$.tier.values[0]', IsPresent: true }, condition],
          Next: 'Contain',
        })),
        { Variable: '$.tier.values[0]', IsPresent: true, Next: 'TierMustBeAsked' },
      ],
      Default: 'TierUnknown',
    },
    TierUnknown: doubt('it has no tag ehr:tier, so that nobody knows how critical it is'),
    TierMustBeAsked: {
      Type: 'Pass',
      Parameters: { 'reason.$': "States.Format('its tier is {}', $.tier.values[0])" },
      ResultPath: '$.doubt',
      Next: 'Ask',
    },
    ...(mode.contains ? ask(targets) : onlyTell(targets)),
  };
}

function doubt(reason: string): State {
  return { Type: 'Pass', Result: { reason }, ResultPath: '$.doubt', Next: 'Ask' };
}

function onlyTell(targets: ResponseTargets): Record<string, State> {
  const message = { 'reason.$': '$.doubt.reason', runbooks: runbookNames(targets) };
  return { Ask: { ...publish(targets, 'A resource may need to be contained', message), Next: 'RememberAnswer' } };
}

/** The message holds the token, with which only those can answer who are allowed to: `grantApprove`. */
function ask(targets: ResponseTargets): Record<string, State> {
  const { region, mode } = targets;
  const answer = (output: string): string =>
    `States.Format('aws stepfunctions send-task-success --region ${region} --task-output ${output} --task-token {}', $$.Task.Token)`;
  return {
    Ask: {
      ...publish(targets, 'Approval is needed to contain a resource', {
        'reason.$': '$.doubt.reason',
        'approve.$': answer('true'),
        'refuse.$': answer('false'),
        answerWithinMinutes: mode.approvalTimeout.toMinutes({ integral: false }),
      }),
      Resource: service(targets, 'sns:publish.waitForTaskToken'),
      TimeoutSeconds: mode.approvalTimeout.toSeconds(),
      Retry: [], // nobody is asked twice
      ResultPath: '$.approved',
      Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'Escalate' }, ...ON_ANY_FAILURE],
      Next: 'IsApproved',
    },
    IsApproved: {
      Type: 'Choice',
      Choices: [{ Variable: '$.approved', BooleanEquals: true, Next: 'Contain' }],
      Default: 'TellOfRefusal',
    },
    TellOfRefusal: { ...publish(targets, 'Containment was refused; nothing was contained'), Next: 'RememberAnswer' },
    Escalate: {
      ...publish(
        { ...targets, topicArn: targets.escalationTopicArn },
        'Nobody answered in time; nothing was contained, and somebody must decide',
      ),
      Next: 'CloseCase',
    },
  };
}

function runbookNames({ resources }: ResponseTargets): string {
  return [...new Set(resources.map((kind) => RUNBOOKS[kind].document))].join(', ');
}
