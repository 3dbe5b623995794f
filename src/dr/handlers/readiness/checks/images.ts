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

/** The digest of each image; null for one that is missing, undefined for one that was not asked for. */
type Digests = (string | null | undefined)[];

interface Answer {
  readonly imageDetails?: { readonly imageDigest?: string }[];
}

/** The images the system starts from are there, and a tag means the same in both Regions. */
export const images: Check<{ readonly images: Image[] }, Digests> = {
  compares: true,

  read: (aws, { images: wanted }, side) =>
    Promise.all(wanted.map(async (image) => (side === 'there' && !image.compared ? undefined : digestOf(aws, image)))),

  judge: ({ images: wanted }, here, there) =>
    wanted.flatMap(({ repository, digest, tag }, i) => {
      const image = `${repository}${digest ? `@${digest}` : `:${tag}`}`;
      if (here[i] === null) {
        return [`there is no image ${image}`];
      }
      const theirs = there?.[i];
      return theirs === undefined || theirs === here[i]
        ? []
        : [`the image ${image} is ${here[i]}, and ${theirs ?? 'missing'} in the other Region`];
    }),
};

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
