// Entry of the Lambda function. Its runtime brings the AWS SDK; nothing is bundled.
import { callAws } from './aws';
import { type ReadinessEvent, run } from './run';
import { within } from './within';

export const handler = (event: ReadinessEvent): Promise<{ notReady: string[] }> =>
  run(event, {
    aws: callAws,
    now: () => Date.now(),
    within,
    log: (entry) => console.log(JSON.stringify(entry)),
  });
