import { Duration, Stack, Token } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DataProtection } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';

/** Properties of AccessLogs. */
export interface AccessLogsProps {
  readonly loadBalancer: elbv2.BaseLoadBalancer;
  readonly retention: Duration;
  readonly dataProtection: DataProtection;
}

/** The bucket for a load balancer's access log; that of an Application Load Balancer names every URL that was asked for. */
export class AccessLogs extends Construct {
  public readonly bucket: s3.Bucket;

  public constructor(scope: Construct, id: string, props: AccessLogsProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      // the only encryption Elastic Load Balancing delivers to: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          id: 'Expire',
          expiration: props.retention,
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: props.dataProtection.removalPolicy,
    });
    acknowledge(this.bucket, 'loadBalancerLogBucket');
    this.deliver(props.loadBalancer);
  }

  private deliver(loadBalancer: elbv2.BaseLoadBalancer): void {
    if (!Token.isUnresolved(Stack.of(this).region)) {
      loadBalancer.logAccessLogs(this.bucket);
      return;
    }
    // CDK refuses a Region it does not know, because older Regions once had an account of their own that delivers; the
    // service principals work in all of them: that of Application Load Balancers, and that of Network Load Balancers
    loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
    loadBalancer.setAttribute('access_logs.s3.bucket', this.bucket.bucketName);
    const objects = this.bucket.arnForObjects(`AWSLogs/${Stack.of(this).account}/*`);
    this.allow('logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject', objects);
    this.allow('delivery.logs.amazonaws.com', 's3:PutObject', objects);
    this.allow('delivery.logs.amazonaws.com', 's3:GetBucketAcl', this.bucket.bucketArn);
    // delivery is tried as soon as it is switched on; the construct as a whole would make a cycle with its own buckets
    const policy = this.bucket.policy;
    if (policy) {
      (loadBalancer.node.defaultChild as elbv2.CfnLoadBalancer).node.addDependency(policy);
    }
  }

  private allow(service: string, action: string, resource: string): void {
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: [action],
        principals: [new iam.ServicePrincipal(service)],
        resources: [resource],
      }),
    );
  }
}
