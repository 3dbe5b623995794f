// Entry of the Lambda function. Its runtime brings the AWS SDK; nothing is bundled.
import { answer } from './answer';
import { callAws } from './aws';
import { type CloudFormationEvent, handle } from './handle';

export const handler = (event: CloudFormationEvent, context: { getRemainingTimeInMillis(): number }): Promise<void> =>
  handle(event, {
    aws: callAws,
    answer,
    remainingMillis: () => context.getRemainingTimeInMillis(),
    sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
    log: (entry) => console.log(JSON.stringify(entry)),
  });
