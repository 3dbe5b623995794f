const { orAbsent } = require('../absent');

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html */
const CANNOT_TAKE_OVER = /^(stopp|start|failed|inaccessible|incompatible|delet|storage-full|restore-error)/;

exports.compares = true;

/** The database of a Region and the parameters somebody set for it; null where there is none. */
exports.read = async (aws, { kind, ...identifiers }, side) =>
  kind === 'cluster' ? readCluster(aws, identifiers[side]) : readInstance(aws, identifiers[side]);

async function readCluster(aws, DBClusterIdentifier) {
  const answer = await orAbsent(aws('rds', 'DescribeDBClusters', { DBClusterIdentifier }));
  if (!answer) {
    return null;
  }
  const [cluster] = answer.DBClusters;
  const { MinCapacity, MaxCapacity } = cluster.ServerlessV2ScalingConfiguration ?? {};
  return {
    status: cluster.Status,
    version: cluster.EngineVersion,
    size: { instances: cluster.DBClusterMembers.length, minimumACU: MinCapacity, maximumACU: MaxCapacity },
    restartPending: cluster.DBClusterMembers.some((each) => each.DBClusterParameterGroupStatus === 'pending-reboot'),
    parameters: await parameters(aws, 'DescribeDBClusterParameters', {
      DBClusterParameterGroupName: cluster.DBClusterParameterGroup,
    }),
  };
}

async function readInstance(aws, DBInstanceIdentifier) {
  const answer = await orAbsent(aws('rds', 'DescribeDBInstances', { DBInstanceIdentifier }));
  if (!answer) {
    return null;
  }
  const [instance] = answer.DBInstances;
  const [group] = instance.DBParameterGroups;
  return {
    status: instance.DBInstanceStatus,
    version: instance.EngineVersion,
    size: { class: instance.DBInstanceClass, gibibytes: instance.AllocatedStorage, MultiAZ: instance.MultiAZ },
    restartPending: group.ParameterApplyStatus === 'pending-reboot',
    parameters: await parameters(aws, 'DescribeDBParameters', { DBParameterGroupName: group.DBParameterGroupName }),
  };
}

/** Those somebody set, page by page. */
async function parameters(aws, operation, group) {
  const found = {};
  let Marker;
  do {
    const page = await aws('rds', operation, { ...group, Source: 'user', Marker });
    for (const { ParameterName, ParameterValue } of page.Parameters ?? []) {
      found[ParameterName] = ParameterValue;
    }
    Marker = page.Marker;
  } while (Marker);
  return found;
}

/** A managed failover takes equal versions: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html */
exports.judge = (wanted, here, there) => {
  if (here === null) {
    return [`there is no database ${wanted.here}`];
  }
  return [
    ...(CANNOT_TAKE_OVER.test(here.status) ? [`the database ${wanted.here} is ${here.status}`] : []),
    ...(here.restartPending ? [`parameters of ${wanted.here} wait for a restart`] : []),
    ...(there === undefined ? [] : differences(wanted, here, there)),
  ];
};

function differences(wanted, here, there) {
  if (there === null) {
    return [`there is no database ${wanted.there} in the other Region`];
  }
  const names = [...new Set([...Object.keys(here.parameters), ...Object.keys(there.parameters)])].sort();
  const differing = names.filter((name) => here.parameters[name] !== there.parameters[name]);
  const smaller = Object.keys(here.size).filter((each) => isLess(here.size[each], there.size[each]));
  return [
    ...(here.version === there.version ? [] : [`version ${here.version} is not ${there.version} of the other Region`]),
    ...(differing.length > 0 ? [`parameters differ from the other Region: ${differing.join(', ')}`] : []),
    ...smaller.map((each) => `${each} is ${here.size[each]}, and ${there.size[each]} in the other Region`),
  ];
}

/** Fewer, smaller or absent; a class that differs is no better than a smaller one. */
function isLess(here, there) {
  return typeof there === 'number' ? !(here >= there) : there !== undefined && there !== false && here !== there;
}
