import { Mixin, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/**
 * A bucket refuses every request that is not encrypted in transit. The statement goes into the bucket's policy, which is made where there
 * is none in the bucket's stack: a bucket has one policy, so a policy in another stack must carry the statement itself. Free.
 *
 * For `S3BucketSSLRequestsOnly` of the HIPAA Security and NIST 800-53 r5 packs of cdk-nag, and `AwsSolutions-S10`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class BucketTlsOnly extends Mixin {
  /** Buckets. */
  public supports(construct: IConstruct): boolean {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  /** Called by `Mixins.of(scope).apply()`. */
  public applyTo(construct: IConstruct): void {
    if (!s3.CfnBucket.isCfnBucket(construct)) {
      return;
    }
    const statement = refusal(construct);
    const owner = construct.node.scope;
    const policy = policyOf(construct);
    if (policy) {
      new s3.mixins.BucketPolicyStatements([statement]).applyTo(policy);
    } else if (owner instanceof s3.Bucket) {
      owner.addToResourcePolicy(statement);
    } else {
      const policyDocument = new iam.PolicyDocument({ statements: [statement] });
      new s3.CfnBucketPolicy(construct, 'TlsOnlyPolicy', { bucket: construct.ref, policyDocument });
    }
  }
}

/** As `enforceSSL` of an L2 writes it: where both are asked for, the document keeps one. */
function refusal(bucket: s3.CfnBucket): iam.PolicyStatement {
  return new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    actions: ['s3:*'],
    principals: [new iam.AnyPrincipal()],
    resources: [bucket.attrArn, `${bucket.attrArn}/*`],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

function policyOf(bucket: s3.CfnBucket): s3.CfnBucketPolicy | undefined {
  const stack = Stack.of(bucket);
  const written = (value: unknown) => JSON.stringify(stack.resolve(value));
  const names = [bucket.ref, bucket.bucketName].filter((name) => name !== undefined).map(written);
  return stack.node
    .findAll()
    .filter((each) => s3.CfnBucketPolicy.isCfnBucketPolicy(each))
    .find((policy) => Stack.of(policy) === stack && names.includes(written(policy.bucket)));
}
