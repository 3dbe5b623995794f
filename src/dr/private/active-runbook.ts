import type { CrossRegionDr } from '../cross-region-dr';
import { documentsToReturn } from './document-steps';
import { linkedDatabaseSteps, writesInBoth } from './linked-database';
import { printOutputs } from './printed-outputs';
import { reconciled } from './reconciliation-steps';
import type { RunbookStep } from './runbook-text';

/** The loss of one of two Regions that both serve: nothing is promoted, users are kept out of the lost one. */
export function activeFailoverSteps(dr: CrossRegionDr, automated: string | undefined): RunbookStep[] {
  const { failover, departure, primary, primaryRegion, recoveryRegion } = dr;
  return [
    {
      title:
        'Nothing has to be decided or promoted: the Region that is left takes writes already, and carries the whole peak',
      note:
        dr.estimate.rpo.toSeconds() > 0
          ? `What the lost Region had not sent on yet, ${dr.estimate.rpo.toHumanString()} at most by budget, is missing until it is back`
          : 'No write that was answered is missing',
    },
    {
      title: `Keep users out of ${primaryRegion} until its ${caughtUp(dr)} caught up, also when it answers again`,
      command: failover.leaveCommand,
    },
    ...(automated
      ? [{ title: 'Or have the automation do the same, whose trail names who started it', command: automated }]
      : []),
    {
      title: `Or, where ${recoveryRegion} is lost, keep them out of that`,
      command: departure?.leaveCommand,
      note: `Asks ${primaryRegion} only`,
    },
    {
      title:
        'Where users were kept out of the Region that is left, let them in again: run what one of these prints, that of the Region that is left',
      command: [primary, dr].map((side) => printOutputs(side, ['ReclaimUsers'])), // each stack knows the id of its health check, and no other does
      note: 'Until then Route 53 answers with both Regions, because both checks fail',
    },
    ...(Object.keys(dr.primary.tables).length > 0
      ? [
          {
            title: `Change nothing in the stack of ${primaryRegion}, which owns the tables of both, until both are back`,
          },
        ]
      : []),
    ...linkedDatabaseSteps(dr),
  ];
}

/** What both write, and may be behind. */
function caughtUp({ primary }: CrossRegionDr): string {
  const late = [
    ...(Object.keys(primary.tables).length > 0 ? ['tables'] : []),
    ...(writesInBoth(primary) ? ['database'] : []),
    ...(primary.documents ? ['documents'] : []),
  ].join(' and ');
  return late === 'database' ? 'database has' : `${late} have`;
}

/** Both Regions took writes, so of an item that both wrote one write is gone, and nothing says which. Of a document all versions are kept. */
export function activeReconciliationSteps(dr: CrossRegionDr): RunbookStep[] {
  const { primary } = dr;
  const late = Object.entries(primary.tables).flatMap(([name, { replication }]) =>
    replication && replication.recoveryPoint.toSeconds() > 0 ? [name] : [],
  );
  return [
    { title: 'Enter what was written on paper' },
    ...reconciled(dr),
    ...(late.length > 0
      ? [
          {
            title: `Compare items of the tables ${late.join(', ')} that both Regions wrote around the loss`,
            note: 'The last write of an item is left; what it was before is in the point-in-time recovery of each Region',
          },
        ]
      : []),
    ...documentsToReturn(dr),
  ];
}

/** Back to both, or to one after a planned evacuation. */
export function activeReturnSteps({
  failover,
  departure,
  primaryRegion,
  recoveryRegion,
}: CrossRegionDr): RunbookStep[] {
  return [
    { title: 'See that both Regions answer their probes, and that no alarm on replication is on in either' },
    { title: `Let ${primaryRegion} serve again`, command: failover.returnCommand },
    { title: `Or let ${recoveryRegion} serve again`, command: departure?.returnCommand },
  ];
}

/** When it is over. */
export function activeDoneWhen({ primaryRegion, recoveryRegion }: CrossRegionDr): string[] {
  return [
    `users are in ${primaryRegion} and in ${recoveryRegion}, and no alarm on replication is on in either`,
    'what was found in reconciliation is entered, and somebody of the clinic has signed for it',
  ];
}
