import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What can be told about an image from its reference. */
export interface ImageReference {
  /** Whether the reference always means the same image: a digest, or the content hash CDK tags its own assets with. */
  readonly immutable: boolean;
  /** The Region of the Amazon ECR repository, where the reference says it. */
  readonly ecrRegion?: string;
}

/** Read a container image reference, which may contain tokens. */
export function readImageReference(scope: IConstruct, imageName: string): ImageReference {
  const rendered = JSON.stringify(Stack.of(scope).resolve(imageName));
  return {
    immutable: /@sha256:[0-9a-f]{64}/.test(rendered) || /:[0-9a-f]{64}"/.test(rendered),
    ecrRegion: /\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(rendered)?.[1],
  };
}
