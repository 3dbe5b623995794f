const { orAbsent } = require('../absent');

const MINUTE = 60 * 1000;

exports.compares = false; // the copy knows how far it is behind, whether the other Region answers or not

/** https://docs.aws.amazon.com/efs/latest/ug/monitoring-replication-status.html */
exports.read = async (aws, { shares }) =>
  Promise.all(
    shares.map(async ({ name, id }) => {
      const answer = await orAbsent(aws('efs', 'DescribeReplicationConfigurations', { FileSystemId: id }));
      const [{ Status: status, LastReplicatedTimestamp: last } = {}] = answer?.Replications?.[0]?.Destinations ?? [];
      return { name, status, complete: last && new Date(last).getTime() };
    }),
  );

exports.judge = ({ rpoSeconds, serving }, here, _there, { now }) =>
  here.flatMap(({ name, status, complete }) => {
    if (serving) {
      return status ? [`the file share ${name} is still a copy, which users here cannot write to`] : [];
    }
    if (status !== 'ENABLED') {
      return [`the replication of the file share ${name} is ${status ?? 'missing'}`];
    }
    if (!complete) {
      return [`the file share ${name} has no complete copy yet`];
    }
    const minutes = Math.floor((now - complete) / MINUTE);
    return minutes * 60 <= rpoSeconds ? [] : [`the copy of the file share ${name} is ${minutes} minutes behind`];
  });
