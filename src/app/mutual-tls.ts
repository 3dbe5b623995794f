import { Stack, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import { knownToDiffer, livesElsewhere, regionOfArn } from './private/regional-arn';

/** A file in Amazon S3 that says whom to trust, or whom no longer. */
export interface TrustFile {
  /** The bucket, in the Region of the load balancer. */
  readonly bucket: s3.IBucket;
  /** The key of the object. */
  readonly key: string;
  /**
   * The version of the object. Name it, and another one to change what is trusted: without, a new object is only read when something
   * else changes.
   *
   * @default - the latest when the stack is deployed
   */
  readonly version?: string;
}

/** How certificates of clients are checked. */
export interface VerifiedClientsOptions {
  /** The certificates of the authorities that are trusted, in PEM. */
  readonly authorities: TrustFile;
  /**
   * Lists of certificates that are no longer trusted (CRL). The load balancer reads them when the stack is deployed, and not when they are
   * published: deploy each new one.
   *
   * @default - none: a certificate is trusted until it expires
   */
  readonly revocationLists?: TrustFile[];
  /**
   * Whether a client with a certificate that has expired is let in.
   *
   * @default false
   */
  readonly allowExpired?: boolean;
  /**
   * Whether clients are told whose certificates are trusted, so that a browser offers the right one.
   *
   * @default true
   */
  readonly advertiseAuthorities?: boolean;
}

/**
 * Certificates of clients (mutual TLS) at an Application Load Balancer.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
export class MutualTls {
  /**
   * Only clients whose certificate leads to a trusted authority are let in. The application finds the certificate's subject, issuer and
   * serial number in headers that begin with `X-Amzn-Mtls-Clientcert`. Health checkers of Route 53 have no certificate, so
   * `Failover.dns()` cannot be automatic.
   *
   * @throws InvalidMutualTls when a key is empty
   */
  public static verify(options: VerifiedClientsOptions): MutualTls {
    const problems = new Problems(undefined, 'InvalidMutualTls');
    for (const { key } of [options.authorities, ...(options.revocationLists ?? [])]) {
      problems.require(key.trim() !== '', 'the key of a file is empty; name the object in the bucket');
    }
    problems.throwIfAny();
    return new MutualTls(true, (scope) => verification(scope, options));
  }

  /**
   * Trust stores that exist, in one of which each Region of the system finds its own.
   *
   * @throws InvalidMutualTls when none is given
   */
  public static existing(...trustStoreArns: string[]): MutualTls {
    if (trustStoreArns.length === 0) {
      fail(undefined, 'InvalidMutualTls', 'MutualTls.existing needs the ARN of a trust store in each Region, got none');
    }
    return new MutualTls(true, (scope) => ({
      mutualAuthenticationMode: elbv2.MutualAuthenticationMode.VERIFY,
      trustStore: elbv2.TrustStore.fromTrustStoreArn(scope, 'TrustStore', storeOfRegion(scope, trustStoreArns)),
      advertiseTrustStoreCaNames: true,
    }));
  }

  /**
   * The load balancer asks for a certificate, hands whatever it gets to the application in the header `X-Amzn-Mtls-Clientcert`, and checks
   * nothing: the application has to, or everybody is let in.
   */
  public static passThrough(): MutualTls {
    return new MutualTls(false, () => ({ mutualAuthenticationMode: elbv2.MutualAuthenticationMode.PASS_THROUGH }));
  }

  private constructor(
    /** @internal Whether a client without a certificate is refused. */
    public readonly _refuses: boolean,
    private readonly make: (scope: Construct) => elbv2.MutualAuthentication,
  ) {}

  /** @internal */
  public _bind(scope: Construct): elbv2.MutualAuthentication {
    return this.make(scope);
  }
}

function verification(scope: Construct, options: VerifiedClientsOptions): elbv2.MutualAuthentication {
  const { authorities, revocationLists = [] } = options;
  const problems = new Problems(scope, 'TrustStoreInOtherRegion');
  for (const { bucket, key } of [authorities, ...revocationLists]) {
    problems.require(
      !livesElsewhere(scope, bucket),
      `"${key}" is in a bucket of ${bucket.env.region}, on which this Region must not depend; keep a copy in each Region, and give CrossRegionDr recovery: { ingress }`,
    );
  }
  problems.throwIfAny();
  const trustStore = new elbv2.TrustStore(scope, 'TrustStore', authorities);
  if (revocationLists.length > 0) {
    new elbv2.TrustStoreRevocation(scope, 'Revocation', { trustStore, revocationContents: revocationLists });
  }
  return {
    mutualAuthenticationMode: elbv2.MutualAuthenticationMode.VERIFY,
    trustStore,
    ignoreClientCertificateExpiry: options.allowExpired ?? false,
    advertiseTrustStoreCaNames: options.advertiseAuthorities ?? true,
  };
}

function storeOfRegion(scope: Construct, trustStoreArns: string[]): string {
  const { region } = Stack.of(scope);
  const usable = trustStoreArns.filter((arn) => !knownToDiffer(regionOfArn(arn), region));
  if (usable.length !== 1) {
    fail(
      scope,
      'TrustStoreInOtherRegion',
      `exactly one of the trust stores must be in ${Token.isUnresolved(region) ? 'the Region of the stack' : region}, got ${trustStoreArns.join(', ')}`,
    );
  }
  return usable[0];
}
