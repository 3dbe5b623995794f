import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check } from '../check';

interface Wanted {
  /** The Auto Scaling group; of a service, its cluster and name instead. */
  readonly group?: string;
  readonly cluster?: string;
  readonly service?: string;
  /** Whether the service scales by itself. */
  readonly scales?: boolean;
  /** What is to run before a disaster. */
  readonly running: number;
  readonly atPeak: number;
  /** For example `task`. */
  readonly unit: string;
  readonly reservations?: { readonly id: string; readonly count: number }[];
}

/** What runs, and how far it may grow. */
interface Growth {
  readonly running: number | null;
  readonly most?: number;
}

interface Facts extends Growth {
  readonly reservations: { readonly id: string; readonly held: number }[];
}

interface ServicesAnswer {
  readonly services?: { readonly status?: string; readonly runningCount: number }[];
}

interface TargetsAnswer {
  readonly ScalableTargets?: { readonly MaxCapacity?: number }[];
}

interface GroupsAnswer {
  readonly AutoScalingGroups?: {
    readonly MaxSize?: number;
    readonly Instances: { readonly LifecycleState: string }[];
  }[];
}

interface ReservationsAnswer {
  readonly CapacityReservations?: { readonly CapacityReservationId: string; readonly TotalInstanceCount: number }[];
}

/** What is to run runs, may grow to the peak, and has what was reserved for it. */
export const capacity: Check<Wanted, Facts> = {
  compares: true,

  read: async (aws, wanted, side) => ({
    ...(wanted.group ? await readGroup(aws, wanted.group) : await readService(aws, wanted)),
    reservations:
      side === 'here'
        ? await readReservations(
            aws,
            (wanted.reservations ?? []).map(({ id }) => id),
          )
        : [],
  }),

  judge(wanted, here, there) {
    if (here.running === null) {
      return [`there is no ${wanted.group ?? wanted.service}`];
    }
    const { running, atPeak, unit, reservations = [] } = wanted;
    const most = here.most ?? Number.POSITIVE_INFINITY; // what does not scale is not asked how far it may
    const held = (id: string) => here.reservations.find((each) => each.id === id)?.held ?? 0;
    return [
      ...(here.running < running ? [`${here.running} ${unit}s run, and ${running} are to run before a disaster`] : []),
      ...(most < atPeak ? [`it may grow to ${most} ${unit}s, and the peak needs ${atPeak}`] : []),
      ...(there?.most !== undefined && there.most > most
        ? [`it may grow to ${most} ${unit}s, and to ${there.most} in the other Region`]
        : []),
      ...reservations
        .filter(({ id, count }) => held(id) < count)
        .map(({ id, count }) => `${id} holds ${held(id)} instances, and ${count} were reserved`),
    ];
  },
};

async function readService(aws: Aws, { cluster, service, scales }: Wanted): Promise<Growth> {
  const asked = { cluster, services: [service] };
  const answer = await orAbsent(aws<ServicesAnswer>('ecs', 'DescribeServices', asked));
  const found = answer?.services?.find(({ status }) => status === 'ACTIVE');
  if (!found || !scales) {
    return { running: found?.runningCount ?? null };
  }
  const { ScalableTargets = [] } = await aws<TargetsAnswer>('application-auto-scaling', 'DescribeScalableTargets', {
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceIds: [`service/${cluster}/${service}`],
  });
  return { running: found.runningCount, most: ScalableTargets[0]?.MaxCapacity ?? 0 };
}

async function readGroup(aws: Aws, name: string): Promise<Growth> {
  const { AutoScalingGroups: [group] = [] } = await aws<GroupsAnswer>('auto-scaling', 'DescribeAutoScalingGroups', {
    AutoScalingGroupNames: [name],
  });
  const inService = group?.Instances.filter(({ LifecycleState }) => LifecycleState === 'InService');
  return { running: inService ? inService.length : null, most: group?.MaxSize ?? 0 };
}

async function readReservations(aws: Aws, ids: string[]): Promise<Facts['reservations']> {
  if (ids.length === 0) {
    return [];
  }
  const answer = await orAbsent(
    aws<ReservationsAnswer>('ec2', 'DescribeCapacityReservations', {
      CapacityReservationIds: ids,
      Filters: [{ Name: 'state', Values: ['active'] }],
    }),
  );
  return (answer?.CapacityReservations ?? []).map((each) => ({
    id: each.CapacityReservationId,
    held: each.TotalInstanceCount,
  }));
}
