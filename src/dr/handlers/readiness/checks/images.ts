import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check } from '../check';

interface Image {
  readonly registry?: string;
  readonly repository: string;
  readonly digest?: string;
  readonly tag?: string;
  /** Whether the other Region is asked what the tag means there. */
  readonly compared: boolean;
}

interface Wanted {
  readonly images: Image[];
  /** Ids of what instances of this Region boot from. */
  readonly machineImages?: string[];
}

interface Facts {
  /** The digest of each image; null for one that is missing, undefined for one that was not asked for. */
  readonly digests: (string | null | undefined)[];
  /** The state of each machine image; undefined for one that is missing. Asked of this Region only, whose they are. */
  readonly machineImages: (string | undefined)[];
}

interface MachineImagesAnswer {
  readonly Images?: { readonly ImageId?: string; readonly State?: string }[];
}

interface Answer {
  readonly imageDetails?: { readonly imageDigest?: string }[];
}

/** The images the system starts from are there, and a tag means the same in both Regions. */
export const images: Check<Wanted, Facts> = {
  compares: true,

  async read(aws, { images: wanted, machineImages = [] }, side) {
    const digests = wanted.map(async (image) =>
      side === 'there' && !image.compared ? undefined : digestOf(aws, image),
    );
    return {
      digests: await Promise.all(digests),
      machineImages: side === 'here' ? await statesOf(aws, machineImages) : [],
    };
  },

  judge: ({ images: wanted, machineImages = [] }, here, there) => [
    ...wanted.flatMap(({ repository, digest, tag }, i) => {
      const image = `${repository}${digest ? `@${digest}` : `:${tag}`}`;
      const ours = here.digests[i];
      if (ours === null) {
        return [`there is no image ${image}`];
      }
      const theirs = there?.digests[i];
      return theirs === undefined || theirs === ours
        ? []
        : [`the image ${image} is ${ours}, and ${theirs ?? 'missing'} in the other Region`];
    }),
    ...machineImages.flatMap((id, i) => {
      const state = here.machineImages[i];
      return state === 'available' ? [] : [`the image ${id} that instances boot from is ${state ?? 'missing'}`];
    }),
  ],
};

/** By a filter, which leaves out what is missing instead of failing for all. */
async function statesOf(aws: Aws, ids: string[]): Promise<(string | undefined)[]> {
  if (ids.length === 0) {
    return [];
  }
  const { Images = [] } = await aws<MachineImagesAnswer>('ec2', 'DescribeImages', {
    Filters: [{ Name: 'image-id', Values: ids }],
  });
  return ids.map((id) => Images.find(({ ImageId }) => ImageId === id)?.State);
}

async function digestOf(aws: Aws, { registry, repository, digest, tag }: Image): Promise<string | null> {
  const answer = await orAbsent(
    aws<Answer>('ecr', 'DescribeImages', {
      registryId: registry,
      repositoryName: repository,
      imageIds: [digest ? { imageDigest: digest } : { imageTag: tag }],
    }),
  );
  return answer?.imageDetails?.[0]?.imageDigest ?? null;
}
