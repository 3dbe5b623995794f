import { Names, Token } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { fail } from '../core/private/fail';

/** Properties of a ReplicatedImage. */
export interface ReplicatedImageProps {
  /** Name of the private Amazon ECR repository, the same in every Region of the system. */
  readonly repositoryName: string;
  /** Digest of the image, `sha256:` and 64 hexadecimal digits. The same in every Region, because it is of the content. */
  readonly digest: string;
}

/**
 * An image that Amazon ECR replicates to every Region of the system. Each Region pulls from its own registry, so tasks can
 * start while the other Region is lost. Replication itself is a setting of the registry, which this does not change.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export class ReplicatedImage extends ecs.ContainerImage {
  /** @throws InvalidImageDigest when the digest is not one */
  public constructor(private readonly props: ReplicatedImageProps) {
    super();
    if (!Token.isUnresolved(props.digest) && !/^sha256:[0-9a-f]{64}$/.test(props.digest)) {
      fail(
        undefined,
        'InvalidImageDigest',
        `digest must be "sha256:" and 64 hexadecimal digits, got "${props.digest}"; a tag can come to mean other code`,
      );
    }
  }

  /** Called by the container; do not call this yourself. */
  public bind(scope: Construct, containerDefinition: ecs.ContainerDefinition): ecs.ContainerImageConfig {
    const { repositoryName, digest } = this.props;
    const id = `Repository${Names.nodeUniqueId(containerDefinition.node).slice(-8)}`;
    const repository = ecr.Repository.fromRepositoryName(scope, id, repositoryName);
    repository.grantPull(containerDefinition.taskDefinition.obtainExecutionRole());
    return { imageName: repository.repositoryUriForDigest(digest) };
  }
}
