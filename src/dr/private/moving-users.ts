import type { FailoverConfig } from '../failover-ref';
import type { RunbookStep } from './runbook-text';

/** A step that moves users: through the gate, where a safety rule keeps them where they are. */
export function movingUsers(
  title: string,
  { unlockCommand, lockCommand }: FailoverConfig,
  command: string,
): RunbookStep {
  const commands = [unlockCommand, command, lockCommand].filter((each) => each !== undefined);
  return commands.length > 1
    ? { title, command: commands, note: 'Open the gate, wait five seconds, move them, close the gate' }
    : { title, command };
}
