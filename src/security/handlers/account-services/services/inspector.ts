import type { Outcome, ServiceContext } from '../handle';

/** The name of a resource type in `Enable`, by its name in `BatchGetAccountStatus`. */
const TYPES: Record<string, string> = {
  EC2: 'ec2',
  ECR: 'ecr',
  LAMBDA: 'lambda',
  LAMBDA_CODE: 'lambdaCode',
  CODE_REPOSITORY: 'codeRepository',
};

interface AccountStatus {
  readonly accounts?: { readonly resourceState?: Record<string, { readonly status?: string }> }[];
  readonly failedAccounts?: Failure[];
}

interface Failure {
  readonly errorCode: string;
  readonly errorMessage?: string;
}

/** Turn on the scans that are wanted and off. */
export async function converge({
  aws,
  desired,
  account,
}: ServiceContext<{ readonly ResourceTypes: string[] }>): Promise<Outcome> {
  const { accounts = [], failedAccounts: unknown = [] } = await aws<AccountStatus>(
    'inspector2',
    'BatchGetAccountStatus',
    { accountIds: [account] },
  );
  refuse(unknown);
  const state = accounts[0]?.resourceState ?? {};
  const on = (type: string) => ['ENABLED', 'ENABLING'].includes(state[TYPES[type]]?.status ?? '');
  const anyOn = Object.keys(TYPES).some(on);
  const resourceTypes = desired.ResourceTypes.filter((type) => !on(type));
  if (resourceTypes.length > 0) {
    const { failedAccounts = [] } = await aws<AccountStatus>('inspector2', 'Enable', {
      accountIds: [account],
      resourceTypes,
    });
    refuse(failedAccounts);
  }
  return { Status: anyOn ? 'ADOPTED' : 'CREATED', Id: account };
}

/** Inspector answers with success, and the failures inside. */
function refuse([failure]: Failure[]): void {
  if (failure) {
    throw Object.assign(new Error(failure.errorMessage ?? failure.errorCode), { name: failure.errorCode });
  }
}
