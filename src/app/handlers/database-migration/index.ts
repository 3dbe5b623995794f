// Entry of the Lambda function. Its runtime brings the AWS SDK; nothing is bundled.
import { type CallEcs, type HookAnswer, type HookEvent, migrate } from './migrate';

let client: { send(command: unknown): Promise<unknown> } | undefined;

/** Call one operation of Amazon ECS. */
const ecs: CallEcs = async <Answer>(operation: string, input: object) => {
  const sdk = require('@aws-sdk/client-ecs');
  client ??= new sdk.ECSClient() as NonNullable<typeof client>;
  return client.send(new sdk[`${operation}Command`](input)) as Promise<Answer>;
};

export const handler = (event: HookEvent): Promise<HookAnswer> =>
  migrate(event, {
    ecs,
    settings: JSON.parse(process.env.MIGRATION ?? ''), // an error without it: Amazon ECS goes back to the former version
    now: () => Date.now(),
    log: (entry) => console.log(JSON.stringify(entry)),
  });
