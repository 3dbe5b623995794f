import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check } from '../check';

interface Wanted {
  readonly shares: readonly WantedShare[];
  /** Whether users are in this Region. */
  readonly serving: boolean;
}

interface WantedShare {
  readonly name: string;
  /** What the file systems of both Regions are tagged with as their name. */
  readonly tag: string;
  /** Name of the volume, where it is one of ONTAP. */
  readonly volume?: string;
  /** Whether that volume is the end of a mirror, which only SnapMirror writes to until it is broken. */
  readonly mirror: boolean;
}

/** A file share as Amazon FSx describes it; null where there is none. */
type Share = {
  readonly lifecycle: string;
  readonly gibibytes?: number;
  readonly volume?: { readonly type?: string; readonly lifecycle: string; readonly bytes?: number } | null;
} | null;

interface FileSystem {
  readonly FileSystemId: string;
  readonly Lifecycle: string;
  readonly StorageCapacity?: number;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

interface FileSystemsAnswer {
  readonly FileSystems?: readonly FileSystem[];
  readonly NextToken?: string;
}

interface VolumesAnswer {
  readonly Volumes?: readonly {
    readonly Name?: string;
    readonly Lifecycle: string;
    readonly OntapConfiguration?: {
      readonly OntapVolumeType?: string;
      readonly SizeInBytes?: number;
      readonly SizeInMegabytes?: number;
    };
  }[];
  readonly NextToken?: string;
}

/** What is being changed serves meanwhile; a volume of ONTAP stays as created. */
const WELL = ['AVAILABLE', 'UPDATING', 'CREATED'];

/**
 * What the hospital replicates files into can take them: it is there, as large as its source, and still, or no more, the end of a mirror. How far
 * it is behind no API of AWS tells: SnapMirror is ONTAP's own, and a task of somebody else's is not known here.
 */
export const declaredFiles: Check<Wanted, Share[]> = {
  compares: true,

  async read(aws, { shares }) {
    const systems = await fileSystems(aws);
    return Promise.all(shares.map((share) => readShare(aws, share, systems)));
  },

  judge: ({ shares, serving }, here, there) =>
    shares.flatMap((share, i) => [
      ...faultsOf(share, here[i], serving),
      ...(here[i] && there?.[i] ? smaller(share, here[i], there[i]) : []),
    ]),
};

async function fileSystems(aws: Aws): Promise<FileSystem[]> {
  const found: FileSystem[] = [];
  let NextToken: string | undefined;
  do {
    const page: FileSystemsAnswer = await aws<FileSystemsAnswer>('fsx', 'DescribeFileSystems', { NextToken });
    found.push(...(page.FileSystems ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

async function readShare(aws: Aws, { tag, volume }: WantedShare, systems: FileSystem[]): Promise<Share> {
  const system = systems.find(({ Tags }) => Tags?.some(({ Key, Value }) => Key === 'Name' && Value === tag));
  return system
    ? {
        lifecycle: system.Lifecycle,
        gibibytes: system.StorageCapacity,
        volume: volume === undefined ? undefined : await readVolume(aws, system.FileSystemId, volume),
      }
    : null;
}

async function readVolume(aws: Aws, id: string, name: string): Promise<NonNullable<Share>['volume']> {
  const Filters = [{ Name: 'file-system-id', Values: [id] }];
  let NextToken: string | undefined;
  do {
    const page: VolumesAnswer | null = await orAbsent(
      aws<VolumesAnswer>('fsx', 'DescribeVolumes', { Filters, NextToken }),
    );
    const found = page?.Volumes?.find(({ Name }) => Name === name);
    if (found) {
      const { OntapVolumeType: type, SizeInBytes, SizeInMegabytes } = found.OntapConfiguration ?? {};
      const bytes = SizeInBytes ?? (SizeInMegabytes === undefined ? undefined : SizeInMegabytes * 1024 ** 2);
      return { type, lifecycle: found.Lifecycle, bytes };
    }
    NextToken = page?.NextToken;
  } while (NextToken);
  return null;
}

function faultsOf({ name, volume, mirror }: WantedShare, share: Share, serving: boolean): string[] {
  if (share === null || share.volume === null) {
    return [`there is no ${share === null ? 'file system' : `volume ${volume}`} of the file share ${name}`];
  }
  const { lifecycle, volume: found } = share;
  return [
    ...(WELL.includes(lifecycle) ? [] : [`the file system of the file share ${name} is ${lifecycle}`]),
    ...(found && !WELL.includes(found.lifecycle) ? [`the volume of the file share ${name} is ${found.lifecycle}`] : []),
    ...(mirror && found ? endOfMirror(name, found.type, serving) : []),
  ];
}

/** DP until the mirror is broken, RW from then on: https://docs.aws.amazon.com/fsx/latest/ONTAPGuide/managing-volumes.html */
function endOfMirror(name: string, type: string | undefined, serving: boolean): string[] {
  if (serving) {
    return type === 'RW' ? [] : [`the file share ${name} is still a mirror, which users here cannot write to`];
  }
  return type === 'DP' ? [] : [`the file share ${name} is no mirror any more: nothing is replicated into it`];
}

function smaller({ name }: WantedShare, here: NonNullable<Share>, there: NonNullable<Share>): string[] {
  const [ours, theirs] = [here.gibibytes ?? 0, there.gibibytes ?? 0];
  const [our, their] = [here.volume?.bytes ?? 0, there.volume?.bytes ?? 0];
  return [
    ...(ours < theirs ? [`the file share ${name} has ${ours} GiB, and ${theirs} in the other Region`] : []),
    ...(here.volume !== null && our < their
      ? [`the volume of the file share ${name} has ${our} bytes, and ${their} in the other Region`]
      : []),
  ];
}
