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

type Administrator = Readonly<Record<string, string>>;

const LOWER = ['nextToken', 'nextToken'] as const;

const SERVICES: Record<string, Delegation> = {
  Detective: {
    current: async (aws) =>
      idsOf('AccountId', await all(aws, 'detective', 'ListOrganizationAdminAccounts', 'Administrators')),
    delegate: (aws, account) => aws('detective', 'EnableOrganizationAdminAccount', { AccountId: account }),
  },
  GuardDuty: {
    current: async (aws) =>
      idsOf('AdminAccountId', await all(aws, 'guardduty', 'ListOrganizationAdminAccounts', 'AdminAccounts')),
    delegate: (aws, account) => aws('guardduty', 'EnableOrganizationAdminAccount', { AdminAccountId: account }),
  },
  Inspector: {
    current: async (aws) =>
      idsOf(
        'accountId',
        await all(aws, 'inspector2', 'ListDelegatedAdminAccounts', 'delegatedAdminAccounts', {}, LOWER),
      ),
    delegate: (aws, account) => aws('inspector2', 'EnableDelegatedAdminAccount', { delegatedAdminAccountId: account }),
  },
  Macie: {
    current: async (aws) =>
      idsOf('accountId', await all(aws, 'macie2', 'ListOrganizationAdminAccounts', 'adminAccounts', {}, LOWER)),
    delegate: (aws, account) => aws('macie2', 'EnableOrganizationAdminAccount', { adminAccountId: account }),
  },
  SecurityHubCspm: securityHub('SecurityHub'),
  SecurityHub: securityHub('SecurityHubV2'),
};

function securityHub(Feature: string): Delegation {
  return {
    current: async (aws) =>
      idsOf('AccountId', await all(aws, 'securityhub', 'ListOrganizationAdminAccounts', 'AdminAccounts', { Feature })),
    delegate: (aws, account) =>
      aws('securityhub', 'EnableOrganizationAdminAccount', { AdminAccountId: account, Feature }),
  };
}

function idsOf(key: string, administrators: Administrator[]): string[] {
  return administrators.map((administrator) => administrator[key]);
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
