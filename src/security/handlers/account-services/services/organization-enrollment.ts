import type { Aws } from '../aws';
import type { Outcome, ServiceContext } from '../handle';
import { all, asError } from '../retry';

interface Feature {
  readonly Name: string;
  readonly AutoEnable?: string;
  readonly AdditionalConfiguration?: { readonly Name: string; readonly AutoEnable?: string }[];
}

interface DesiredEnrollment {
  readonly GuardDuty?: { readonly Features: Feature[] };
  readonly Inspector?: { readonly Scans: string[] };
  readonly Macie?: object;
}

/** Each answers whether something had to be changed. */
const ENROLLMENTS: Record<string, (aws: Aws, desired: DesiredEnrollment) => Promise<boolean>> = {
  GuardDuty: (aws, { GuardDuty }) => guardDuty(aws, GuardDuty?.Features ?? []),
  Inspector: (aws, { Inspector }) => inspector(aws, Inspector?.Scans ?? []),
  Macie: macie,
};

/** Turn services on in every account of the organization, those of today and those to come. Turns nothing off anywhere. */
export async function converge({ aws, desired }: ServiceContext<DesiredEnrollment>): Promise<Outcome> {
  const failures: string[] = [];
  let changed = 0;
  for (const name of Object.keys(desired)) {
    try {
      changed += (await ENROLLMENTS[name](aws, desired)) ? 1 : 0;
    } catch (caught) {
      const error = asError(caught);
      failures.push(`${name}: ${error.name}: ${error.message}`);
    }
  }
  if (failures.length > 0) {
    throw new Error(failures.join('; '));
  }
  return { Status: changed > 0 ? 'CREATED' : 'ADOPTED', Id: 'members' };
}

async function guardDuty(aws: Aws, wanted: Feature[]): Promise<boolean> {
  const [DetectorId] = await all<string>(aws, 'guardduty', 'ListDetectors', 'DetectorIds');
  if (!DetectorId) {
    throw new Error('the administrator has no detector in this Region; deploy its security baseline first');
  }
  const actual = await aws<{ Features?: Feature[]; AutoEnableOrganizationMembers?: string }>(
    'guardduty',
    'DescribeOrganizationConfiguration',
    { DetectorId },
  );
  const missing = wanted.filter((feature) => !isOn(actual.Features ?? [], feature));
  if (actual.AutoEnableOrganizationMembers === 'ALL' && missing.length === 0) {
    return false;
  }
  await aws('guardduty', 'UpdateOrganizationConfiguration', {
    DetectorId,
    AutoEnableOrganizationMembers: 'ALL',
    Features: missing,
  });
  return true;
}

function isOn(features: Feature[], { Name, AdditionalConfiguration = [] }: Feature): boolean {
  const found = features.find((feature) => feature.Name === Name);
  return (
    found?.AutoEnable === 'ALL' &&
    AdditionalConfiguration.every((agent) =>
      (found.AdditionalConfiguration ?? []).some((a) => a.Name === agent.Name && a.AutoEnable === agent.AutoEnable),
    )
  );
}

async function inspector(aws: Aws, scans: string[]): Promise<boolean> {
  const { autoEnable: actual = {} } = await aws<{ autoEnable?: Record<string, boolean> }>(
    'inspector2',
    'DescribeOrganizationConfiguration',
  );
  if (scans.every((scan) => actual[scan])) {
    return false;
  }
  const autoEnable = { ec2: false, ecr: false, ...actual, ...Object.fromEntries(scans.map((scan) => [scan, true])) };
  await aws('inspector2', 'UpdateOrganizationConfiguration', { autoEnable });
  return true;
}

async function macie(aws: Aws): Promise<boolean> {
  const { autoEnable } = await aws<{ autoEnable?: boolean }>('macie2', 'DescribeOrganizationConfiguration');
  if (autoEnable) {
    return false;
  }
  await aws('macie2', 'UpdateOrganizationConfiguration', { autoEnable: true });
  return true;
}
