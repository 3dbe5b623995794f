/** Turn on Macie, or resume it, and its discovery of sensitive data if that is wanted. */
exports.converge = async ({ aws, desired }) => {
  const session = await describe(aws);
  const status = session ? 'ADOPTED' : await create(aws, desired);
  if (session?.status === 'PAUSED') {
    await aws('macie2', 'UpdateMacieSession', { status: 'ENABLED' });
  }
  if (desired.AutomatedDiscovery) {
    const discovery = await aws('macie2', 'GetAutomatedDiscoveryConfiguration');
    if (discovery.status !== 'ENABLED') {
      await aws('macie2', 'UpdateAutomatedDiscoveryConfiguration', { status: 'ENABLED' });
    }
  }
  return { Status: status, Id: 'macie' };
};

async function create(aws, desired) {
  try {
    await aws('macie2', 'EnableMacie', {
      status: 'ENABLED',
      findingPublishingFrequency: desired.FindingPublishingFrequency,
    });
    return 'CREATED';
  } catch (error) {
    if (error.name !== 'ConflictException') throw error;
    return 'ADOPTED'; // somebody was faster
  }
}

/** Undefined where Macie is off, which the service calls a denied access. */
async function describe(aws) {
  try {
    return await aws('macie2', 'GetMacieSession');
  } catch (error) {
    if (!/not enabled/i.test(error.message)) throw error;
    return undefined;
  }
}
