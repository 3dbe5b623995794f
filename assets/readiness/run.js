/** What each check asks and how it judges the answers. `compares` says whether it asks the other Region as well. */
const CHECKS = {
  Capacity: require('./checks/capacity'),
  Certificates: require('./checks/certificates'),
  Database: require('./checks/database'),
  Definition: require('./checks/definition'),
  Files: require('./checks/files'),
  Images: require('./checks/images'),
  Quotas: require('./checks/quotas'),
  Secrets: require('./checks/secrets'),
  Tables: require('./checks/tables'),
};

const NAMESPACE = 'CdkResilientEhr';
/** Together well below the timeout of the function: whatever does not answer, what was found is told. */
const MILLIS_HERE = 40000;
const MILLIS_THERE = 20000;

/**
 * Ask both Regions, judge, and tell this Region's CloudWatch. Every check stands alone: one that cannot ask this Region is silent, so
 * that its alarm hears it; one that cannot ask the other Region judges what is here, and is counted as unable to compare. Run twice, it
 * tells the same. Nothing is changed anywhere, and no value of a secret or parameter is told to anybody.
 */
exports.run = async (event, context) => {
  const results = await Promise.all(
    Object.entries(event.checks).map(([name, wanted]) => examine(name, wanted, event, context)),
  );
  for (const result of results) {
    context.log(result);
  }
  const metric = (MetricName, Value, dimensions = []) => ({
    MetricName,
    Value,
    Unit: 'Count',
    Dimensions: [{ Name: 'System', Value: event.system }, ...dimensions],
  });
  const judged = results.filter(({ failed }) => !failed);
  await context.aws(event.region, 'cloudwatch', 'PutMetricData', {
    Namespace: NAMESPACE,
    MetricData: [
      metric('CannotCompare', results.filter(({ cannotCompare }) => cannotCompare).length),
      ...judged.map(({ check, findings }) => metric('NotReady', findings.length, [{ Name: 'Check', Value: check }])),
    ],
  });
  return { notReady: judged.filter(({ findings }) => findings.length > 0).map(({ check }) => check) };
};

async function examine(name, wanted, { region, primaryRegion }, { aws, now, within }) {
  const check = CHECKS[name];
  const ask = (of, side, millis) =>
    settled(
      within(millis, (signal) =>
        check.read((service, operation, input) => aws(of, service, operation, input, signal), wanted, side),
      ),
    );
  const [here, there] = await Promise.all([
    ask(region, 'here', MILLIS_HERE),
    check.compares ? ask(primaryRegion, 'there', MILLIS_THERE) : {},
  ]);
  if (here.error) {
    return { check: name, failed: here.error };
  }
  const findings = check.judge(wanted, here.facts, there.facts, { region, primaryRegion, now: now() });
  return { check: name, findings, ...(there.error ? { cannotCompare: there.error } : {}) };
}

async function settled(reading) {
  try {
    return { facts: await reading };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}
