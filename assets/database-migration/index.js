// Entry of the Lambda function. Its runtime brings the AWS SDK; nothing is bundled.
const { migrate } = require('./migrate');

let client;

/** Call one operation of Amazon ECS. */
async function ecs(operation, input) {
  const sdk = require('@aws-sdk/client-ecs');
  client ??= new sdk.ECSClient();
  return client.send(new sdk[`${operation}Command`](input));
}

exports.handler = async (event) =>
  migrate(event, {
    ecs,
    settings: JSON.parse(process.env.MIGRATION),
    now: () => Date.now(),
    log: (entry) => console.log(JSON.stringify(entry)),
  });
