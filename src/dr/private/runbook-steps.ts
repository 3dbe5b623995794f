import { Stack } from 'aws-cdk-lib';
import type { CrossRegionDr } from '../cross-region-dr';
import { isActiveActive } from './active-active';
import { activeDoneWhen, activeFailoverSteps, activeReconciliationSteps, activeReturnSteps } from './active-runbook';
import { cacheHere, cacheReturned } from './cache-steps';
import { documentsNotThere, documentsToReturn } from './document-steps';
import { filesCaughtUp, filesHere, filesNotThere, filesResumed, filesReturned, filesToCompare } from './file-steps';
import { headlessAgainStep, headlessStartStep, temporaryInstanceStep } from './headless-database';
import { linkedDatabaseSteps, writesInBoth } from './linked-database';
import { lookedUpNote, notes } from './looked-up';
import { returningUsers, sendingUsers } from './moving-users';
import { promotedSteps, promotionSteps, returnedSteps } from './promoted-database';
import { reconciled } from './reconciliation-steps';
import { isRestore, storesOf } from './restoration';
import { restoredForGood, restoreSteps, wayBackFromRestored } from './restore-steps';
import type { RunbookStep } from './runbook-text';
import { globalStatusCommand, trialSteps } from './trial-steps';

/** From the loss of the Region to users who write in the other one; briefly, long commands are looked up among the outputs. */
export function failoverSteps(dr: CrossRegionDr, automationName: string | undefined, briefly: boolean): RunbookStep[] {
  if (isRestore(dr.strategy)) {
    return restoreSteps(dr, briefly);
  }
  if (dr._waits) {
    return [...documentsNotThere(dr), ...((dr._files?.waiting ?? []).length > 0 ? filesNotThere(dr) : [])];
  }
  const { failover, _recovery: recovery, strategy, recoveryRegion: region, primary } = dr;
  const automated =
    automationName && `aws ssm start-automation-execution --region ${region} --document-name ${automationName}`;
  if (isActiveActive(strategy)) {
    return activeFailoverSteps(dr, automated);
  }
  const byHand = [
    recovery?.database?.promoteCommand && !recovery.database.promoteCall && 'the database',
    Object.keys(primary.files).length > 0 && 'the files',
    failover.leaveCommand && !failover.leaveCall && 'the users',
  ].filter(Boolean);
  const all = byHand.length > 0 ? `all calls but those for ${byHand.join(' and ')}` : 'all calls';
  const late = primary.database?.replication?.signInAfterPromotion === true; // compute that starts before could not sign in
  const starts = strategy.capacityPercent < 100 ? recovery?.compute.activation?.call.command : undefined;
  const tried = trialSteps(dr);
  const goOn = `Then go on at: ${tried[0].title}`;
  const sending = failover.leaveCommand
    ? sendingUsers(dr, failover.leaveCommand, briefly)
    : { title: 'Move the users', note: 'By the procedure of the failover' };
  return definedOnly([
    {
      title:
        dr.estimate.rpo.toSeconds() > 0
          ? 'Decide. What was not yet replicated is lost, for good once people write here'
          : 'Decide. No write that was answered is lost',
      note: primary.database?.replication?.forwardsWrites
        ? `Where only the application of ${dr.primaryRegion} is lost, do not promote: users who come here write to its database, and lose nothing`
        : undefined,
    },
    failover.executeCommand && {
      title: 'Run the plan, and let somebody of the approvers approve',
      command: failover.executeCommand,
      // an ungraceful run may skip functions: https://docs.aws.amazon.com/r53recovery/latest/dg/custom-action-lambda-block.html
      note: `It makes the calls that follow. Then go on at: ${sending.title}. AWS may leave that out in an ungraceful run; twice is the same as once`,
    },
    ...filesHere(dr, briefly),
    ...(late ? promotionSteps(dr) : []),
    automated && {
      title: `${failover.executeCommand ? 'Or, where the plan cannot be run, make' : 'Make'} ${all} at once`,
      command: automated,
      note: `${goOn}. Or make them one by one, as follows`,
    },
    ...headlessStartStep(dr),
    starts && { title: 'Start compute', command: starts },
    ...(late ? [] : promotionSteps(dr)),
    ...cacheHere(dr),
    primary.compute.runsOnce && {
      title: `See that the application is stopped in ${dr.primaryRegion} before it can answer again`,
      command: primary.compute.activation?.stop?.command,
      note: 'It must run once. The command is answered as soon as that Region is',
    },
    sending,
    ...tried,
    ...promotedSteps(dr),
    ...linkedDatabaseSteps(dr),
    {
      title: `Deploy with activeRegion set to ${region}, so that no later deployment shrinks this Region`,
      command: `cdk deploy --exclusively ${Stack.of(dr).node.path}`,
      note: notes(
        primary.compute.runsOnce
          ? 'Before anything else is deployed here: without it the application stops'
          : undefined,
        lookedUpNote(dr),
      ),
    },
    ...temporaryInstanceStep(dr),
  ]);
}

/** What was written on one side and is missing on the other. */
export function reconciliationSteps(dr: CrossRegionDr): RunbookStep[] {
  if (isActiveActive(dr.strategy)) {
    return activeReconciliationSteps(dr);
  }
  const { primary, primaryRegion } = dr;
  const cluster = primary.database?.replication?.members && `${primary.systemName}-${primaryRegion}`;
  const compared = isRestore(dr.strategy) ? 'stores' : 'databases';
  return definedOnly([
    { title: 'Enter what was written on paper' },
    ...reconciled(dr),
    cluster &&
      !dr._reconciliation && {
        title: `Restore beside, never over, the snapshot that Aurora took of the lost side, and compare what it holds from the minutes before the failover`,
        command: `aws rds describe-db-cluster-snapshots --region ${primaryRegion} --db-cluster-identifier ${cluster}`,
        note: 'Its name begins with rds:unplanned-global-failover; what is only there was charted and never replicated. Aurora may fail to take it, and deletes it like a backup: copy it first',
      },
    ...filesToCompare(dr),
    ...documentsToReturn(dr),
    !cluster &&
      !dr._reconciliation &&
      storesOf(primary).some(({ store }) => store !== 'database' || !writesInBoth(primary)) && {
        title: `Compare the ${compared} of both sides by the procedure of the engine`,
      },
  ]);
}

/** The way back, with both Regions there; briefly as the way there. */
export function failbackSteps(dr: CrossRegionDr, briefly: boolean): RunbookStep[] {
  if (isRestore(dr.strategy)) {
    return wayBackFromRestored(dr);
  }
  if (isActiveActive(dr.strategy)) {
    return activeReturnSteps(dr);
  }
  const { failover, primary, primaryRegion } = dr;
  const returns = primary.database?.replication?.returnCommand;
  const once = primary.compute.runsOnce === true;
  return definedOnly([
    ...filesCaughtUp(dr),
    returns && {
      title: `See that ${primaryRegion} follows again: connected, and its alarm on replication lag is OK, which it is not for lack of data`,
      command: globalStatusCommand(primary, dr.recoveryRegion),
      note: 'Aurora makes it the copy by itself, when the Region is back, and builds it anew: minutes to hours. Delete nothing, detach nothing',
    },
    ...replicaOfDatabase(dr),
    { title: 'Choose an hour in which little happens, and tell the wards' },
    failover.executeReturnCommand &&
      dr._reconciliation && {
        title: `See in the report that its state is reconciled: the plan ${dr._reconciliation._gateArn ? 'stops where it is not' : 'does not ask'}`,
        command: dr._reconciliation.readCommand,
      },
    failover.executeReturnCommand && {
      title: 'Run the plan, gracefully',
      command: failover.executeReturnCommand,
      note: `It makes the calls that follow. Then go on at: ${LAST_DEPLOYMENT}`,
    },
    once && { title: 'Stop the application here', command: dr._recovery?.compute.activation?.stop?.command },
    ...wayBackOfDatabase(dr),
    ...returnedSteps(dr, briefly),
    ...filesReturned(dr),
    ...cacheReturned(dr),
    once && { title: `Start it in ${primaryRegion}`, command: primary.compute.activation?.call.command },
    failover.returnCommand && returningUsers(dr, failover.returnCommand, briefly),
    ...filesResumed(dr),
    {
      title: LAST_DEPLOYMENT,
      command: `cdk deploy ${Stack.of(primary).node.path} ${Stack.of(dr).node.path}`,
    },
    ...headlessAgainStep(dr),
    dr._reconciliation && {
      title: 'See that the objectives hold again: no alarm is on in either Region',
      command: [primaryRegion, dr.recoveryRegion].map(alarmsCommand),
    },
  ]);
}

const LAST_DEPLOYMENT = 'Deploy with activeRegion left out';

function alarmsCommand(region: string): string {
  return `aws cloudwatch describe-alarms --region ${region} --state-value ALARM --query 'MetricAlarms[].AlarmName'`;
}

/** By one command, or, where promotion was for good, by a replica in the other direction. */
function wayBackOfDatabase(dr: CrossRegionDr): RunbookStep[] {
  const { failover, primary, recoveryRegion, _reconciliation } = dr;
  const command = primary.database?.replication?.returnCommand;
  if (command) {
    const bound = primary.database?.replication?.resumeWritesCommand
      ? `. From then on it stops where the copy lags: see ResumeWrites of ${Stack.of(primary).node.path}`
      : '';
    const gate = _reconciliation?.returnCommand
      ? `. Refused while anything is not reconciled or not replicated; done when it ends`
      : '';
    return [
      {
        title: `${failover.executeReturnCommand ? 'Or, where the plan cannot be run, switch' : 'Switch'} the writer over${gate}`,
        command: _reconciliation?.returnCommand ?? command,
        note: `Loses nothing; writing stops for a minute or more${bound}`,
      },
    ];
  }
  return returnsByReplica(dr)
    ? [
        {
          title: 'When the ReplicaLag of the replica is 0, stop writing, wait for 0 once more, and promote it',
          command: primary.database?.replication?.returnByReplica?.slice(-1),
          note: `For good again: ${recoveryRegion} follows no more until the same was done there, the other way round`,
        },
      ]
    : [];
}

/** Before the hour is chosen, and while the application still runs: a copy of everything takes hours. */
function replicaOfDatabase(dr: CrossRegionDr): RunbookStep[] {
  const { primary, primaryRegion, recoveryRegion } = dr;
  const commands = primary.database?.replication?.returnByReplica ?? [];
  return returnsByReplica(dr)
    ? [
        {
          title: `${commands.length > 0 ? 'Days before users return' : 'By the procedure of the engine'}, make a replica in ${primaryRegion} of the database in ${recoveryRegion}`,
          command: commands.slice(0, -1),
          note: 'The former database holds nothing that was written since: it is put aside, let nobody return to it, and delete it once nobody needs it',
        },
      ]
    : [];
}

/** Promotion was for good. */
function returnsByReplica({ primary }: CrossRegionDr): boolean {
  return !!primary.database && !primary.database.replication?.returnCommand && !writesInBoth(primary);
}

/** When it is over. */
export function doneWhen(dr: CrossRegionDr): string[] {
  if (isActiveActive(dr.strategy)) {
    return activeDoneWhen(dr);
  }
  return [
    ...(isRestore(dr.strategy)
      ? restoredForGood(dr)
      : [
          dr.primary.database
            ? `the database writes in ${dr.primaryRegion}, and users are there`
            : `users are in ${dr.primaryRegion}`,
          writesInBoth(dr.primary)
            ? 'both clusters of the database are ACTIVE: aws dsql get-cluster says so in each Region'
            : `no alarm on replication is on${dr.strategy.headlessDatabase ? ', and where it has no data the writer says, by aurora_global_db_status, that the copy follows' : ''}: a second loss would cost what the objectives allow`,
        ]),
    'what was found in reconciliation is entered, and somebody of the clinic has signed for it',
  ];
}

function definedOnly(steps: (RunbookStep | string | boolean | undefined)[]): RunbookStep[] {
  return steps.filter((step): step is RunbookStep => typeof step === 'object');
}
