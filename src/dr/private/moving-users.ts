import type { CrossRegionDr } from '../cross-region-dr';
import { printOutputs } from './printed-outputs';
import type { RunbookStep } from './runbook-text';

/** Users are sent to the recovery Region. */
export function sendingUsers(dr: CrossRegionDr, command: string, briefly: boolean): RunbookStep {
  return movingUsers('Send users here and keep them here', dr, ['SendUsersHere', command], briefly);
}

/** Users are let return to the primary Region. */
export function returningUsers(dr: CrossRegionDr, command: string, briefly: boolean): RunbookStep {
  return movingUsers('Let users return', dr, ['LetUsersReturn', command], briefly);
}

/**
 * Through the gate, where a safety rule keeps users where they are. Its commands ask one endpoint after another, so they are long: where they do
 * not fit into a parameter, one command prints them from the outputs of the stack of the recovery Region.
 */
function movingUsers(
  title: string,
  dr: CrossRegionDr,
  [output, command]: [string, string],
  briefly: boolean,
): RunbookStep {
  const { unlockCommand, lockCommand } = dr.failover;
  if (unlockCommand === undefined || lockCommand === undefined) {
    return { title, command };
  }
  return briefly
    ? {
        title: `${title} by what this prints`,
        command: printOutputs(dr, ['OpenGate', output, 'CloseGate'], '[OutputKey,OutputValue]'),
        note: `OpenGate, then ${output} five seconds later, then CloseGate`,
      }
    : {
        title,
        command: [unlockCommand, 'sleep 5', command, lockCommand],
        note: 'Open the gate, wait five seconds, move them, close the gate',
      };
}
