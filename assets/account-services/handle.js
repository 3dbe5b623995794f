const { isManagedElsewhere } = require('./managed-elsewhere');
const { retrying } = require('./retry');

/** What each service does to get what is asked for. Loaded when it is asked for. */
const SERVICES = {
  AccessAnalyzer: () => require('./services/access-analyzer'),
  AccountSettings: () => require('./services/account-settings'),
  Config: () => require('./services/config'),
  Detective: () => require('./services/detective'),
  GuardDuty: () => require('./services/guard-duty'),
  Inspector: () => require('./services/inspector'),
  Macie: () => require('./services/macie'),
  OrganizationDelegation: () => require('./services/organization-delegation'),
  OrganizationEnrollment: () => require('./services/organization-enrollment'),
  SecurityHub: () => require('./services/security-hub'),
  SecurityHubCspm: () => require('./services/security-hub-cspm'),
};

/**
 * Answer one event of CloudFormation: adopt or create, and only ever raise. Deleting does nothing, whatever happened before:
 * a service that protects an account outlives the stack that asked for it.
 */
exports.handle = async (event, { aws, answer, remainingMillis, sleep, log }) => {
  const { Service, Desired, OnManagedElsewhere } = event.ResourceProperties;
  const [, , , region, account] = event.StackId.split(':');
  const tell = (Status, rest) =>
    answer(event.ResponseURL, {
      Status,
      PhysicalResourceId: event.PhysicalResourceId ?? `${Service}:${account}:${region}`, // for life: it never replaces
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      ...rest,
    });
  if (event.RequestType === 'Delete') {
    return tell('SUCCESS', {});
  }
  try {
    const data = await converge(Service, {
      aws: retrying({ aws, sleep, remainingMillis }),
      desired: JSON.parse(Desired),
      account,
      region,
      sleep,
      remainingMillis,
    });
    log({ service: Service, ...data });
    return tell('SUCCESS', { Data: data });
  } catch (error) {
    log({ service: Service, error: error.name, message: error.message });
    if (isManagedElsewhere(error) && OnManagedElsewhere !== 'FAIL') {
      return tell('SUCCESS', { Data: { Status: 'MANAGED_ELSEWHERE', Id: error.found ?? '' } });
    }
    return tell('FAILED', { Reason: shorten(`${Service}: ${error.name}: ${error.message}`) });
  }
};

async function converge(service, context) {
  const load = SERVICES[service];
  if (!load) {
    throw new Error(`unknown service ${service}`);
  }
  return load().converge(context);
}

exports.SERVICES = SERVICES;

/** A response to CloudFormation holds at most 4096 bytes. */
function shorten(text) {
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}
