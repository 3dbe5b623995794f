import type { CrossRegionDr } from '../cross-region-dr';
import { isActiveActive } from './active-active';
import type { RunbookStep } from './runbook-text';

/** As the automation takes it: each step says what proves that it is done. */
export function reconciled({ _reconciliation: there, strategy, recoveryRegion }: CrossRegionDr): RunbookStep[] {
  if (!there) {
    return [];
  }
  const either = isActiveActive(strategy);
  return [
    {
      title: `As soon as ${there.region} answers, keep what never left it`,
      command: there.startCommand,
      note: `Too early, it says what comes first. Interrupted, start it again${either ? `. Was ${recoveryRegion} lost, name that Region in these commands` : ''}`,
    },
    {
      title: `When its state is prepared, compare what it names, and enter ${either ? 'in the Region that served' : `in ${recoveryRegion}`} what is missing`,
      command: there.readCommand,
    },
    {
      title: 'Let somebody of the approvers approve',
      command: there.approveCommand,
      note: 'Done when its state is reconciled',
    },
  ];
}
