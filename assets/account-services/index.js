// Entry of the Lambda function. Its runtime brings the AWS SDK; nothing is bundled.
const { callAws } = require('./aws');
const { handle } = require('./handle');
const { answer } = require('./answer');

exports.handler = async (event, context) =>
  handle(event, {
    aws: callAws,
    answer,
    remainingMillis: () => context.getRemainingTimeInMillis(),
    sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
    log: (entry) => console.log(JSON.stringify(entry)),
  });
