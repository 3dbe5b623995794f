const { all } = require('../retry');

/** Make the analyzers whose kind the account lacks: it may have one of each. */
exports.converge = async ({ aws, desired }) => {
  const ids = [];
  let created = 0;
  for (const { Name, Type, UnusedAccessAge } of desired.Analyzers) {
    const token = ['nextToken', 'nextToken'];
    const [existing] = await all(aws, 'access-analyzer', 'ListAnalyzers', 'analyzers', { type: Type }, token);
    if (existing) {
      ids.push(existing.arn);
      continue;
    }
    const configuration = UnusedAccessAge && { unusedAccess: { unusedAccessAge: UnusedAccessAge } };
    const { arn } = await aws('access-analyzer', 'CreateAnalyzer', { analyzerName: Name, type: Type, configuration });
    ids.push(arn);
    created++;
  }
  return { Status: created > 0 ? 'CREATED' : 'ADOPTED', Id: ids[0] ?? '' };
};
