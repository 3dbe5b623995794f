const { orAbsent } = require('../absent');

/** How long the deployment of one Region may be behind that of the other. */
const SETTLES_IN = 2 * 3600 * 1000;

exports.compares = true;

exports.read = async (aws, { parameter }) => {
  const answer = await orAbsent(aws('ssm', 'GetParameter', { Name: parameter }));
  return answer && { value: answer.Parameter.Value, changed: new Date(answer.Parameter.LastModifiedDate).getTime() };
};

exports.judge = ({ parameter }, here, there, { now }) => {
  if (here === null || there === null) {
    return [`there is no parameter ${parameter}${here ? ' in the other Region' : ''}: it was not deployed`];
  }
  const settled = there !== undefined && now - Math.max(here.changed, there.changed) >= SETTLES_IN;
  return settled && here.value !== there.value
    ? ['the two Regions were deployed from different definitions; deploy the stacks of both']
    : [];
};
