const { orAbsent } = require('../absent');

/** Being changed, which ends by itself, is no fault. */
const WELL = ['ACTIVE', 'UPDATING'];

exports.compares = false; // a replica knows of the others, whether their Regions answer or not

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicaDescription.html */
exports.read = async (aws, { tables }) =>
  Promise.all(
    tables.map(async ({ name, tableName }) => {
      const answer = await orAbsent(aws('dynamodb', 'DescribeTable', { TableName: tableName }));
      const replicas = (answer?.Table.Replicas ?? []).map(({ RegionName, ReplicaStatus }) => [
        RegionName,
        ReplicaStatus,
      ]);
      return { name, status: answer?.Table.TableStatus, replicas: Object.fromEntries(replicas) };
    }),
  );

exports.judge = (_wanted, here, _there, { primaryRegion }) =>
  here.flatMap(({ name, status, replicas }) => {
    if (!WELL.includes(status)) {
      return [`the table ${name} is ${status ?? 'missing'}`];
    }
    const other = replicas[primaryRegion];
    return WELL.includes(other)
      ? []
      : [
          `the table ${name} has ${other ? `a replica in ${primaryRegion} that is ${other}` : `no replica in ${primaryRegion} any more`}`,
        ];
  });
