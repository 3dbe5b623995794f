// Entry of the Lambda function. Its runtime brings the AWS SDK; nothing is bundled.
const { callAws } = require('./aws');
const { run } = require('./run');
const { within } = require('./within');

exports.handler = async (event) =>
  run(event, {
    aws: callAws,
    now: () => Date.now(),
    within,
    log: (entry) => console.log(JSON.stringify(entry)),
  });
