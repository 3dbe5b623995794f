const { all } = require('../retry');

/** Make a behaviour graph, or take the one that is there. */
exports.converge = async ({ aws }) => {
  const find = async () => (await all(aws, 'detective', 'ListGraphs', 'GraphList'))[0]?.Arn;
  const existing = await find();
  if (existing) {
    return { Status: 'ADOPTED', Id: existing };
  }
  try {
    const { GraphArn } = await aws('detective', 'CreateGraph');
    return { Status: 'CREATED', Id: GraphArn };
  } catch (error) {
    const other = error.name === 'ConflictException' ? await find() : undefined; // somebody was faster
    if (!other) throw error;
    return { Status: 'ADOPTED', Id: other };
  }
};
