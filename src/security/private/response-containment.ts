import { type ContainmentRunbook, RUNBOOKS } from './containment-runbooks';
import {
  chooseByKind,
  ON_ANY_FAILURE,
  pascal,
  publish,
  type ResponseTargets,
  type State,
  sdk,
  TRY_AGAIN,
} from './response-state';

/** A runbook takes minutes; after an hour of looking every 30 seconds it is taken to be stuck. */
const LOOKS = 120;

/** The runbook of the resource, what became of it, and the copies of the evidence. */
export function contain(targets: ResponseTargets): Record<string, State> {
  if (!targets.mode.contains) {
    return {};
  }
  const kinds = Object.fromEntries(
    targets.resources.map((kind) => [
      `Contain${pascal(kind)}`,
      {
        Type: 'Task',
        Resource: sdk(targets, 'ssm:startAutomationExecution'),
        Parameters: {
          DocumentName: RUNBOOKS[kind].document,
          Parameters: parametersOf(RUNBOOKS[kind], kind, targets),
          'ClientToken.$': '$.start.token', // tried again, it is not started again: a second one would back up what the first has made
        },
        ResultSelector: { 'id.$': '$.AutomationExecutionId', looks: 0 },
        ResultPath: '$.automation',
        Retry: [TRY_AGAIN],
        Catch: ON_ANY_FAILURE,
        Next: 'WaitForRunbook',
      },
    ]),
  );
  return {
    Contain: {
      Type: 'Pass',
      Parameters: { 'token.$': 'States.UUID()' },
      ResultPath: '$.start',
      Next: 'ContainByKind',
    },
    ContainByKind: chooseByKind(targets.resources, 'Contain'),
    ...kinds,
    WaitForRunbook: { Type: 'Wait', Seconds: 30, Next: 'LookAtRunbook' },
    LookAtRunbook: {
      Type: 'Task',
      Resource: sdk(targets, 'ssm:getAutomationExecution'),
      Parameters: { 'AutomationExecutionId.$': '$.automation.id' },
      ResultSelector: { 'status.$': '$.AutomationExecution.AutomationExecutionStatus' },
      ResultPath: '$.runbook',
      Retry: [TRY_AGAIN],
      Catch: ON_ANY_FAILURE,
      Next: 'CountLook',
    },
    CountLook: {
      Type: 'Pass',
      Parameters: { 'id.$': '$.automation.id', 'looks.$': 'States.MathAdd($.automation.looks, 1)' },
      ResultPath: '$.automation',
      Next: 'HowIsRunbook',
    },
    HowIsRunbook: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.runbook.status', StringEquals: 'Success', Next: 'TellOfContainment' },
        { Variable: '$.automation.looks', NumericGreaterThanEquals: LOOKS, Next: 'TellOfFailure' },
        {
          Or: ['Pending', 'InProgress', 'Waiting', 'Cancelling'].map((status) => ({
            Variable: '$.runbook.status',
            StringEquals: status,
          })),
          Next: 'WaitForRunbook',
        },
      ],
      Default: 'TellOfFailure',
    },
    TellOfContainment: {
      ...publish(
        targets,
        targets.dryRun ? 'A rehearsal of containment succeeded; nothing was changed' : 'A resource was contained',
        { 'automation.$': '$.automation.id', undo: undoing(targets), records: targets.recordBucket },
      ),
      Next: targets.forensics ? 'HasEvidence' : 'RememberAnswer',
    },
    ...(targets.forensics ? shareEvidence(targets, targets.forensics) : {}),
  };
}

function parametersOf(runbook: ContainmentRunbook, kind: string, targets: ResponseTargets): State {
  const role = targets.runbookRoles[kind];
  return {
    [`${runbook.resourceParameter}.$`]: 'States.Array($.resource)',
    ...runbook.parameters,
    Action: ['Contain'],
    DryRun: [String(targets.dryRun)],
    BackupS3BucketName: [targets.recordBucket],
    BackupS3BucketAccess: [role, ...targets.responders],
    ...(runbook.restrictedAccess ? { BucketRestrictAccess: [role, ...targets.responders] } : {}),
    AutomationAssumeRole: [role],
  };
}

/** A snapshot can be copied once it is complete, and shared once its copy is: both are tried again for hours. */
function shareEvidence(
  targets: ResponseTargets,
  forensics: { account: string; keyArn: string },
): Record<string, State> {
  const whenComplete = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 120, MaxAttempts: 90, BackoffRate: 1 }];
  return {
    HasEvidence: {
      Type: 'Choice',
      Choices: [{ Variable: '$.evidence', IsPresent: true, Next: 'ShareEvidence' }],
      Default: 'RememberAnswer',
    },
    ShareEvidence: {
      Type: 'Map',
      ItemsPath: '$.evidence.snapshots',
      ItemSelector: { 'snapshot.$': '$$.Map.Item.Value', 'case.$': '$.finding.id' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'CopySnapshot',
        States: {
          CopySnapshot: {
            Type: 'Task',
            Resource: sdk(targets, 'ec2:copySnapshot'),
            Parameters: {
              'SourceSnapshotId.$': '$.snapshot',
              SourceRegion: targets.region,
              Encrypted: true,
              KmsKeyId: forensics.keyArn,
              'Description.$': "States.Format('Evidence of GuardDuty finding {}', $.case)",
              TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'ehr:case', 'Value.$': '$.case' }] }],
            },
            ResultSelector: { 'id.$': '$.SnapshotId' },
            ResultPath: '$.copy',
            Retry: whenComplete,
            Next: 'ShareCopy',
          },
          ShareCopy: {
            Type: 'Task',
            Resource: sdk(targets, 'ec2:modifySnapshotAttribute'),
            Parameters: {
              'SnapshotId.$': '$.copy.id',
              Attribute: 'createVolumePermission',
              OperationType: 'add',
              UserIds: [forensics.account],
            },
            Retry: whenComplete,
            End: true,
          },
        },
      },
      ResultPath: null,
      Catch: ON_ANY_FAILURE,
      Next: 'RememberAnswer',
    },
  };
}

function undoing({ resources }: ResponseTargets): string {
  const ways = resources.map((kind) => `${RUNBOOKS[kind].document} with Action=${RUNBOOKS[kind].undo}`);
  return [...new Set(ways)].join('; ');
}
