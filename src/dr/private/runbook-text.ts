import type { RecoveryEstimate } from '../recovery-estimate';

/** A step of a runbook. */
export interface RunbookStep {
  readonly title: string;
  /** What is typed, where something is. */
  readonly command?: string;
  /** What to look at, or to know. */
  readonly note?: string;
}

/** What a runbook says. */
export interface RunbookContent {
  readonly systemName: string;
  readonly from: string;
  readonly to: string;
  readonly decidedBy: string;
  readonly estimate: RecoveryEstimate;
  /** Systems recovered before, in their order. */
  readonly systemsBefore: string[];
  readonly activation: string[];
  readonly failover: RunbookStep[];
  readonly reconciliation: RunbookStep[];
  readonly failback: RunbookStep[];
  readonly deactivation: string[];
}

/** The runbook as Markdown that can be read on a terminal. */
export function runbookText(content: RunbookContent): string {
  const { systemName, from, to, decidedBy, estimate, systemsBefore } = content;
  const before = systemsBefore.length > 0 ? systemsBefore.join(', then ') : 'no other system';
  return [
    `# ${systemName}: ${from} is lost`,
    `Decides: ${decidedBy}. Recovered before it: ${before}.`,
    `Budget: read after ${estimate.rtoReadOnly.toHumanString()}, write after ${estimate.rto.toHumanString()}, lose ${estimate.rpo.toHumanString()} at most. A budget, not a promise.`,
    '## Start when',
    ...content.activation.map((each) => `- ${each}`),
    `## Fail over to ${to}`,
    ...numbered(content.failover),
    '## Reconcile, before going back',
    ...numbered(content.reconciliation),
    `## Go back to ${from}`,
    ...numbered(content.failback),
    '## Done when',
    ...content.deactivation.map((each) => `- ${each}`),
    '',
  ].join('\n');
}

function numbered(steps: RunbookStep[]): string[] {
  return steps.flatMap(({ title, command, note }, i) => [
    `${i + 1}. ${title}${note ? `. ${note}` : ''}`,
    ...(command ? [`       ${command}`] : []),
  ]);
}
