import type { Aws } from '../aws';
import type { Outcome, ServiceContext } from '../handle';
import { all, asError } from '../retry';

interface DesiredDelegation {
  readonly AdministratorAccount: string;
  readonly Services: string[];
}

/** How a service names its administrators, and is told one. */
interface Delegation {
  readonly current: (aws: Aws) => Promise<string[]>;
  readonly delegate: (aws: Aws, account: string) => Promise<unknown>;
}

const LOWER = ['nextToken', 'nextToken'] as const;

const SERVICES: Record<string, Delegation> = {
  Detective: {
    current: async (aws) => {
      const operation = 'ListOrganizationAdminAccounts';
      const found = await all<{ AccountId: string }>(aws, 'detective', operation, 'Administrators');
      return found.map(({ AccountId }) => AccountId);
    },
    delegate: (aws, account) => aws('detective', 'EnableOrganizationAdminAccount', { AccountId: account }),
  },
  GuardDuty: {
    current: async (aws) => {
      const operation = 'ListOrganizationAdminAccounts';
      const found = await all<{ AdminAccountId: string }>(aws, 'guardduty', operation, 'AdminAccounts');
      return found.map(({ AdminAccountId }) => AdminAccountId);
    },
    delegate: (aws, account) => aws('guardduty', 'EnableOrganizationAdminAccount', { AdminAccountId: account }),
  },
  Inspector: {
    current: async (aws) => {
      const items = 'delegatedAdminAccounts';
      const found = await all<LowerCase>(aws, 'inspector2', 'ListDelegatedAdminAccounts', items, {}, LOWER);
      return found.map(({ accountId }) => accountId);
    },
    delegate: (aws, account) => aws('inspector2', 'EnableDelegatedAdminAccount', { delegatedAdminAccountId: account }),
  },
  Macie: {
    current: async (aws) => {
      const operation = 'ListOrganizationAdminAccounts';
      const found = await all<LowerCase>(aws, 'macie2', operation, 'adminAccounts', {}, LOWER);
      return found.map(({ accountId }) => accountId);
    },
    delegate: (aws, account) => aws('macie2', 'EnableOrganizationAdminAccount', { adminAccountId: account }),
  },
  SecurityHubCspm: securityHub('SecurityHub'),
  SecurityHub: securityHub('SecurityHubV2'),
};

interface LowerCase {
  readonly accountId: string;
}

function securityHub(Feature: string): Delegation {
  return {
    current: async (aws) => {
      const operation = 'ListOrganizationAdminAccounts';
      const found = await all<{ AccountId: string }>(aws, 'securityhub', operation, 'AdminAccounts', { Feature });
      return found.map(({ AccountId }) => AccountId);
    },
    delegate: (aws, account) =>
      aws('securityhub', 'EnableOrganizationAdminAccount', { AdminAccountId: account, Feature }),
  };
}

/**
 * Make an account the administrator of services for the organization. One that another account administers is never taken
 * from it: that would take its members along.
 */
export async function converge({
  aws,
  desired: { AdministratorAccount: account, Services },
}: ServiceContext<DesiredDelegation>): Promise<Outcome> {
  const failures: string[] = [];
  let delegated = 0;
  for (const name of Services) {
    try {
      const { current, delegate } = SERVICES[name];
      const others = await current(aws);
      if (others.length === 0) {
        await delegate(aws, account);
        delegated++;
      } else if (!others.includes(account)) {
        failures.push(`${name}: account ${others[0]} administers it already; name that one, or remove it first`);
      }
    } catch (caught) {
      const error = asError(caught);
      failures.push(`${name}: ${error.name}: ${error.message}`);
    }
  }
  if (failures.length > 0) {
    throw new Error(failures.join('; '));
  }
  return { Status: delegated > 0 ? 'CREATED' : 'ADOPTED', Id: account };
}
