// Entry of the Lambda function. Its runtime brings the AWS SDK; nothing is bundled.
import { callAws } from './aws';
import type { ReconciliationReport } from './report';
import { type ReconciliationEvent, run } from './run';

export const handler = (event: ReconciliationEvent): Promise<ReconciliationReport | undefined> =>
  run(event, {
    aws: callAws,
    now: () => Date.now(),
    sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
    log: (entry) => console.log(JSON.stringify(entry)),
  });

/** What a plan of ARC Region switch calls, which says nothing of stores: the function was told when it was made. */
export const mayReturn = (): Promise<ReconciliationReport | undefined> =>
  handler(JSON.parse(process.env.QUESTION ?? ''));
