const { all } = require('../retry');

const LOWER = ['nextToken', 'nextToken'];

/** How each service names its administrator, and is told one. */
const SERVICES = {
  Detective: {
    current: (aws) => all(aws, 'detective', 'ListOrganizationAdminAccounts', 'Administrators'),
    id: (admin) => admin.AccountId,
    delegate: (aws, account) => aws('detective', 'EnableOrganizationAdminAccount', { AccountId: account }),
  },
  GuardDuty: {
    current: (aws) => all(aws, 'guardduty', 'ListOrganizationAdminAccounts', 'AdminAccounts'),
    id: (admin) => admin.AdminAccountId,
    delegate: (aws, account) => aws('guardduty', 'EnableOrganizationAdminAccount', { AdminAccountId: account }),
  },
  Inspector: {
    current: (aws) => all(aws, 'inspector2', 'ListDelegatedAdminAccounts', 'delegatedAdminAccounts', {}, LOWER),
    id: (admin) => admin.accountId,
    delegate: (aws, account) => aws('inspector2', 'EnableDelegatedAdminAccount', { delegatedAdminAccountId: account }),
  },
  Macie: {
    current: (aws) => all(aws, 'macie2', 'ListOrganizationAdminAccounts', 'adminAccounts', {}, LOWER),
    id: (admin) => admin.accountId,
    delegate: (aws, account) => aws('macie2', 'EnableOrganizationAdminAccount', { adminAccountId: account }),
  },
  SecurityHubCspm: securityHub('SecurityHub'),
  SecurityHub: securityHub('SecurityHubV2'),
};

function securityHub(Feature) {
  return {
    current: (aws) => all(aws, 'securityhub', 'ListOrganizationAdminAccounts', 'AdminAccounts', { Feature }),
    id: (admin) => admin.AccountId,
    delegate: (aws, account) =>
      aws('securityhub', 'EnableOrganizationAdminAccount', { AdminAccountId: account, Feature }),
  };
}

/**
 * Make an account the administrator of services for the organization. One that another account administers is never taken
 * from it: that would take its members along.
 */
exports.converge = async ({ aws, desired: { AdministratorAccount: account, Services } }) => {
  const failures = [];
  let delegated = 0;
  for (const name of Services) {
    const { current, id, delegate } = SERVICES[name];
    try {
      const others = (await current(aws)).map(id);
      if (others.length === 0) {
        await delegate(aws, account);
        delegated++;
      } else if (!others.includes(account)) {
        failures.push(`${name}: account ${others[0]} administers it already; name that one, or remove it first`);
      }
    } catch (error) {
      failures.push(`${name}: ${error.name}: ${error.message}`);
    }
  }
  if (failures.length > 0) {
    throw new Error(failures.join('; '));
  }
  return { Status: delegated > 0 ? 'CREATED' : 'ADOPTED', Id: account };
};
