const { orAbsent } = require('../absent');

exports.compares = true;

/** The digest of each image; null for one that is missing. The other Region is asked only what a tag means there. */
exports.read = async (aws, { images }, side) =>
  Promise.all(images.map((image) => (side === 'there' && !image.compared ? undefined : digestOf(aws, image))));

async function digestOf(aws, { registry, repository, digest, tag }) {
  const answer = await orAbsent(
    aws('ecr', 'DescribeImages', {
      registryId: registry,
      repositoryName: repository,
      imageIds: [digest ? { imageDigest: digest } : { imageTag: tag }],
    }),
  );
  return answer?.imageDetails?.[0]?.imageDigest ?? null;
}

exports.judge = ({ images }, here, there) =>
  images.flatMap(({ repository, digest, tag }, i) => {
    const image = `${repository}${digest ? `@${digest}` : `:${tag}`}`;
    if (here[i] === null) {
      return [`there is no image ${image}`];
    }
    const theirs = there?.[i];
    return theirs === undefined || theirs === here[i]
      ? []
      : [`the image ${image} is ${here[i]}, and ${theirs ?? 'missing'} in the other Region`];
  });
