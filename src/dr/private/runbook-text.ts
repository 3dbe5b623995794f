import { NeedPresence, type RecoveryNeed } from '../../core';
import type { RecoveryEstimate } from '../recovery-estimate';

/** Before what is typed. */
const INDENT = '       ';

/** A step of a runbook. */
export interface RunbookStep {
  readonly title: string;
  /** What is typed, where something is: one line, or several one after the other. */
  readonly command?: string | string[];
  /** What to look at, or to know. */
  readonly note?: string;
}

/** What a runbook says. */
export interface RunbookContent {
  readonly systemName: string;
  readonly from: string;
  readonly to: string;
  /** Whether both serve, so that either may be lost. */
  readonly bothServe: boolean;
  readonly decidedBy: string;
  readonly estimate: RecoveryEstimate;
  /** Systems recovered before, in their order. */
  readonly systemsBefore: string[];
  readonly activation: string[];
  readonly failover: RunbookStep[];
  /** Prints the second part. */
  readonly readReturn: string;
  /** What it starts with there, and where that is. */
  readonly needs: RecoveryNeed[];
  readonly reconciliation: RunbookStep[];
  readonly failback: RunbookStep[];
  readonly deactivation: string[];
}

/** From the loss to users who write in the other Region, as Markdown that can be read on a terminal. */
export function wayThere(content: RunbookContent): string {
  const { systemName, from, to, bothServe, decidedBy, estimate, systemsBefore } = content;
  const before = systemsBefore.length > 0 ? systemsBefore.join(', then ') : 'no other system';
  return [
    `# ${systemName}: ${from}${bothServe ? ` or ${to}` : ''} is lost`,
    `Decides: ${decidedBy}. Recovered before it: ${before}.`,
    `Budget: read after ${estimate.rtoReadOnly.toHumanString()}, write after ${estimate.rto.toHumanString()}, lose ${estimate.rpo.toHumanString()} at most. A budget, not a promise.`,
    '## Start when',
    ...content.activation.map((each) => `- ${each}`),
    bothServe ? '## Keep users in the Region that is left' : `## Fail over to ${to}`,
    ...numbered(content.failover),
    ...startsWith(content.needs, to),
    '## Then, when the lost Region is back',
    'Reconcile and go back as this prints:',
    `${INDENT}${content.readReturn}`,
    '',
  ].join('\n');
}

/** From the Region that is back to where everything was before, and when that is so. */
export function wayBack(content: RunbookContent): string {
  const { systemName, from, to, bothServe, decidedBy } = content;
  return [
    `# ${systemName}: ${bothServe ? 'the lost Region' : from} is back`,
    `Decides: ${decidedBy}. Users are served in ${bothServe ? 'the Region that was left' : to} meanwhile. Take time to compare, but begin at once: what is kept of the loss expires, and until the end a second loss costs more.`,
    '## Reconcile, before going back',
    ...numbered(content.reconciliation),
    bothServe ? '## Serve from both again' : `## Go back to ${from}`,
    ...numbered(content.failback),
    '## Done when',
    ...content.deactivation.map((each) => `- ${each}`),
    '',
  ].join('\n');
}

/** What nobody can be sure of first, each with where to look; what is there by the stacks themselves in one line. */
function startsWith(needs: RecoveryNeed[], to: string): string[] {
  const sure = needs.filter(({ presence }) => [NeedPresence.MADE, NeedPresence.REPLICATED].includes(presence));
  const unsure = needs.filter((need) => !sure.includes(need));
  const kinds = [...new Set(sure.map(({ kind }) => kind))];
  return needs.length === 0
    ? []
    : [
        '## It starts there with',
        ...unsure.map(({ kind, name, source }) => `- ${kind} ${name}: ${source}`),
        ...(kinds.length > 0 ? [`- made or replicated in ${to}: ${kinds.join(', ')}`] : []),
      ];
}

function numbered(steps: RunbookStep[]): string[] {
  return steps.flatMap(({ title, command, note }, i) => [
    `${i + 1}. ${title}${note ? `. ${note}` : ''}`,
    ...[command ?? []].flat().map((line) => `${INDENT}${line}`),
  ]);
}
