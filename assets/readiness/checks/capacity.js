const { orAbsent } = require('../absent');

exports.compares = true;

/** What runs, and how far it may grow. */
exports.read = async (aws, wanted, side) => ({
  ...(wanted.group ? await readGroup(aws, wanted.group) : await readService(aws, wanted)),
  reservations: side === 'here' ? await readReservations(aws, wanted.reservations ?? []) : [],
});

async function readService(aws, { cluster, service, scales }) {
  const answer = await orAbsent(aws('ecs', 'DescribeServices', { cluster, services: [service] }));
  const found = answer?.services?.find(({ status }) => status === 'ACTIVE');
  if (!found || !scales) {
    return { running: found?.runningCount ?? null };
  }
  const { ScalableTargets = [] } = await aws('application-auto-scaling', 'DescribeScalableTargets', {
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceIds: [`service/${cluster}/${service}`],
  });
  return { running: found.runningCount, most: ScalableTargets[0]?.MaxCapacity ?? 0 };
}

async function readGroup(aws, name) {
  const { AutoScalingGroups = [] } = await aws('auto-scaling', 'DescribeAutoScalingGroups', {
    AutoScalingGroupNames: [name],
  });
  const [group] = AutoScalingGroups;
  const inService = group?.Instances.filter(({ LifecycleState }) => LifecycleState === 'InService');
  return { running: inService ? inService.length : null, most: group?.MaxSize ?? 0 };
}

async function readReservations(aws, wanted) {
  if (wanted.length === 0) {
    return [];
  }
  const answer = await orAbsent(
    aws('ec2', 'DescribeCapacityReservations', {
      CapacityReservationIds: wanted.map(({ id }) => id),
      Filters: [{ Name: 'state', Values: ['active'] }],
    }),
  );
  return (answer?.CapacityReservations ?? []).map((each) => ({
    id: each.CapacityReservationId,
    held: each.TotalInstanceCount,
  }));
}

exports.judge = (wanted, here, there) => {
  if (here.running === null) {
    return [`there is no ${wanted.group ?? wanted.service}`];
  }
  const { running, atPeak, unit, reservations = [] } = wanted;
  const held = (id) => here.reservations.find((each) => each.id === id)?.held ?? 0;
  return [
    ...(here.running < running ? [`${here.running} ${unit}s run, and ${running} are to run before a disaster`] : []),
    ...(here.most < atPeak ? [`it may grow to ${here.most} ${unit}s, and the peak needs ${atPeak}`] : []),
    ...(there?.most > here.most
      ? [`it may grow to ${here.most} ${unit}s, and to ${there.most} in the other Region`]
      : []),
    ...reservations
      .filter(({ id, count }) => held(id) < count)
      .map(({ id, count }) => `${id} holds ${held(id)} instances, and ${count} were reserved`),
  ];
};
