/** The name of a resource type in `Enable`, by its name in `BatchGetAccountStatus`. */
const TYPES = {
  EC2: 'ec2',
  ECR: 'ecr',
  LAMBDA: 'lambda',
  LAMBDA_CODE: 'lambdaCode',
  CODE_REPOSITORY: 'codeRepository',
};

/** Turn on the scans that are wanted and off. */
exports.converge = async ({ aws, desired, account }) => {
  const { accounts = [], failedAccounts: unknown = [] } = await aws('inspector2', 'BatchGetAccountStatus', {
    accountIds: [account],
  });
  refuse(unknown);
  const state = accounts[0]?.resourceState ?? {};
  const on = (type) => ['ENABLED', 'ENABLING'].includes(state[TYPES[type]]?.status);
  const anyOn = Object.keys(TYPES).some(on);
  const resourceTypes = desired.ResourceTypes.filter((type) => !on(type));
  if (resourceTypes.length > 0) {
    const { failedAccounts = [] } = await aws('inspector2', 'Enable', { accountIds: [account], resourceTypes });
    refuse(failedAccounts);
  }
  return { Status: anyOn ? 'ADOPTED' : 'CREATED', Id: account };
};

/** Inspector answers with success, and the failures inside. */
function refuse([failure]) {
  if (failure) {
    throw Object.assign(new Error(failure.errorMessage ?? failure.errorCode), { name: failure.errorCode });
  }
}
