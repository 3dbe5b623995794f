import type { Aws } from '../aws';
import type { Outcome, ServiceContext } from '../handle';
import { asError } from '../retry';

interface DesiredMacie {
  readonly FindingPublishingFrequency: string;
  readonly AutomatedDiscovery?: boolean;
}

interface WithStatus {
  readonly status?: string;
}

/** Turn on Macie, or resume it, and its discovery of sensitive data if that is wanted. */
export async function converge({ aws, desired }: ServiceContext<DesiredMacie>): Promise<Outcome> {
  const session = await describe(aws);
  const status = session ? 'ADOPTED' : await create(aws, desired);
  if (session?.status === 'PAUSED') {
    await aws('macie2', 'UpdateMacieSession', { status: 'ENABLED' });
  }
  if (desired.AutomatedDiscovery) {
    const discovery = await aws<WithStatus>('macie2', 'GetAutomatedDiscoveryConfiguration');
    if (discovery.status !== 'ENABLED') {
      await aws('macie2', 'UpdateAutomatedDiscoveryConfiguration', { status: 'ENABLED' });
    }
  }
  return { Status: status, Id: 'macie' };
}

async function create(aws: Aws, desired: DesiredMacie): Promise<'ADOPTED' | 'CREATED'> {
  try {
    await aws('macie2', 'EnableMacie', {
      status: 'ENABLED',
      findingPublishingFrequency: desired.FindingPublishingFrequency,
    });
    return 'CREATED';
  } catch (error) {
    if (asError(error).name !== 'ConflictException') throw error;
    return 'ADOPTED'; // somebody was faster
  }
}

/** Undefined where Macie is off, which the service calls a denied access. */
async function describe(aws: Aws): Promise<WithStatus | undefined> {
  try {
    return await aws<WithStatus>('macie2', 'GetMacieSession');
  } catch (error) {
    if (!/not enabled/i.test(asError(error).message)) throw error;
    return undefined;
  }
}
