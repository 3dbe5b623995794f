import { type IResolvable, Mixin, Stack, Tokenization } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';

/** Options of a LoadBalancerHardened. */
export interface LoadBalancerHardenedProps {
  /**
   * Where access is logged: a bucket of the same Region, encrypted by Amazon S3 and not with a key of yours. An Application Load Balancer
   * logs every URL, which may name a patient. The policy of an imported bucket must let Elastic Load Balancing write already.
   *
   * @default - logs stay as they are
   */
  readonly accessLogs?: s3.IBucket;
}

/**
 * A load balancer cannot be deleted by mistake. One for HTTP also drops headers that no server should see, and treats requests that
 * servers may read in two ways as defensively as is the default of Elastic Load Balancing, or more. Whoever deletes the stack must turn
 * the protection off first. Free, but for logs.
 *
 * For `ELBDeletionProtectionEnabled` and, with a bucket, `ELBLoggingEnabled` of the HIPAA Security and NIST 800-53 r5 packs of cdk-nag,
 * `ALBHttpDropInvalidHeaderEnabled` of the HIPAA Security pack, and, with a bucket, `AwsSolutions-ELB2`.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes
 */
export class LoadBalancerHardened extends Mixin {
  /** @throws InvalidAccessLogs when the bucket is encrypted with a key of yours */
  public constructor(private readonly props: LoadBalancerHardenedProps = {}) {
    super();
    const { accessLogs } = props;
    if (accessLogs?.encryptionKey) {
      const found = `bucket ${accessLogs.node.path} is encrypted with a key that Elastic Load Balancing cannot use`;
      fail(undefined, 'InvalidAccessLogs', `${found}; encrypt it with BucketEncryption.S3_MANAGED`);
    }
  }

  /** Application, Network and Gateway Load Balancers. */
  public supports(construct: IConstruct): boolean {
    return elbv2.CfnLoadBalancer.isCfnLoadBalancer(construct);
  }

  /**
   * Called by `Mixins.of(scope).apply()`.
   *
   * @throws UnreadableLoadBalancer when its attributes, or one of them, are a token
   */
  public applyTo(construct: IConstruct): void {
    if (!elbv2.CfnLoadBalancer.isCfnLoadBalancer(construct)) {
      return;
    }
    const attributes = attributesOf(construct);
    attributes.set('deletion_protection.enabled', 'true');
    if ((construct.type ?? 'application') === 'application') {
      attributes.set('routing.http.drop_invalid_header_fields.enabled', 'true');
      if (attributes.get(DESYNC) !== 'strictest') {
        attributes.set(DESYNC, 'defensive');
      }
    }
    const { accessLogs } = this.props;
    if (accessLogs && construct.type !== 'gateway' && attributes.get('access_logs.s3.enabled') !== 'true') {
      attributes.set('access_logs.s3.enabled', 'true');
      attributes.set('access_logs.s3.bucket', accessLogs.bucketName);
      attributes.delete('access_logs.s3.prefix');
      letWrite(construct, accessLogs);
    }
    construct.loadBalancerAttributes = [...attributes].map(([key, value]) => ({ key, value }));
  }
}

const DESYNC = 'routing.http.desync_mitigation_mode';

function attributesOf(loadBalancer: elbv2.CfnLoadBalancer): Map<string | undefined, string | undefined> {
  const attributes = loadBalancer.loadBalancerAttributes ?? [];
  const readable = isToken(attributes) || attributes.some(isToken) ? undefined : (attributes as Attribute[]);
  if (!readable) {
    const what = 'loadBalancerAttributes are a token, which cannot be added to';
    fail(
      loadBalancer,
      'UnreadableLoadBalancer',
      `${what}; set deletion_protection.enabled and the others there yourself`,
    );
  }
  return new Map(readable.map(({ key, value }) => [key, value]));
}

type Attribute = elbv2.CfnLoadBalancer.LoadBalancerAttributeProperty;

function isToken(value: object): value is IResolvable {
  return Tokenization.isResolvable(value);
}

/** Application Load Balancers deliver as one service, Network Load Balancers as another, and both try as soon as they are told to. */
function letWrite(loadBalancer: elbv2.CfnLoadBalancer, bucket: s3.IBucket): void {
  const objects = bucket.arnForObjects(`AWSLogs/${Stack.of(loadBalancer).account}/*`);
  allow(bucket, 'logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject', objects);
  allow(bucket, 'delivery.logs.amazonaws.com', 's3:PutObject', objects);
  allow(bucket, 'delivery.logs.amazonaws.com', 's3:GetBucketAcl', bucket.bucketArn);
  if (bucket.policy) {
    loadBalancer.node.addDependency(bucket.policy);
  }
}

function allow(bucket: s3.IBucket, service: string, action: string, resource: string): void {
  const principals = [new iam.ServicePrincipal(service)];
  bucket.addToResourcePolicy(new iam.PolicyStatement({ actions: [action], principals, resources: [resource] }));
}
