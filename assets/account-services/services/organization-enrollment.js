const { all } = require('../retry');

const ENROLLMENTS = { GuardDuty: guardDuty, Inspector: inspector, Macie: macie };

/** Turn services on in every account of the organization, those of today and those to come. Turns nothing off anywhere. */
exports.converge = async ({ aws, desired }) => {
  const failures = [];
  let changed = 0;
  for (const [name, wanted] of Object.entries(desired)) {
    try {
      changed += (await ENROLLMENTS[name](aws, wanted)) ? 1 : 0;
    } catch (error) {
      failures.push(`${name}: ${error.name}: ${error.message}`);
    }
  }
  if (failures.length > 0) {
    throw new Error(failures.join('; '));
  }
  return { Status: changed > 0 ? 'CREATED' : 'ADOPTED', Id: 'members' };
};

async function guardDuty(aws, { Features }) {
  const [DetectorId] = await all(aws, 'guardduty', 'ListDetectors', 'DetectorIds');
  if (!DetectorId) {
    throw new Error('the administrator has no detector in this Region; deploy its security baseline first');
  }
  const actual = await aws('guardduty', 'DescribeOrganizationConfiguration', { DetectorId });
  const missing = Features.filter((wanted) => !isOn(actual.Features ?? [], wanted));
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

function isOn(features, { Name, AdditionalConfiguration = [] }) {
  const found = features.find((feature) => feature.Name === Name);
  return (
    found?.AutoEnable === 'ALL' &&
    AdditionalConfiguration.every((agent) =>
      (found.AdditionalConfiguration ?? []).some((a) => a.Name === agent.Name && a.AutoEnable === agent.AutoEnable),
    )
  );
}

async function inspector(aws, { Scans }) {
  const { autoEnable: actual = {} } = await aws('inspector2', 'DescribeOrganizationConfiguration');
  if (Scans.every((scan) => actual[scan])) {
    return false;
  }
  const autoEnable = { ec2: false, ecr: false, ...actual, ...Object.fromEntries(Scans.map((scan) => [scan, true])) };
  await aws('inspector2', 'UpdateOrganizationConfiguration', { autoEnable });
  return true;
}

async function macie(aws) {
  const { autoEnable } = await aws('macie2', 'DescribeOrganizationConfiguration');
  if (autoEnable) {
    return false;
  }
  await aws('macie2', 'UpdateOrganizationConfiguration', { autoEnable: true });
  return true;
}
