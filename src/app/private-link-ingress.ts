import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import type { IIngress, IngressBindOptions, IngressConfig } from './ingress-ref';
import { PrivateLinkFront } from './private/private-link-front';
import type { PrivateDnsName } from './private-dns-name';

/** Properties of an AWS PrivateLink ingress. */
export interface PrivateLinkIngressProps {
  /** The way in that is offered: `Ingress.https` or `Ingress.mllp`, for example. It goes on working by itself. */
  readonly ingress: IIngress;
  /**
   * Who may make an endpoint: ARNs of accounts (`arn:aws:iam::111122223333:root`), roles or users. Everybody (`*`) is refused.
   */
  readonly allowedPrincipals: string[];
  /**
   * Whether somebody here has to accept each endpoint.
   *
   * @default true
   */
  readonly acceptanceRequired?: boolean;
  /**
   * A name of your own, by which partners reach it.
   *
   * @default - they use the names that AWS gives their endpoints
   */
  readonly privateDnsName?: PrivateDnsName;
}

/**
 * Another way in, offered to other VPCs and accounts through AWS PrivateLink: partners reach it at an address of their own network, and
 * nothing else of this one. Made by `Ingress.privateLink`.
 *
 * Each endpoint leads to the zone it stands in, so partners make theirs in every zone. What is offered over HTTPS costs another load
 * balancer, of the network kind, which hands everything to the Application Load Balancer; what is offered over TCP needs the ranges
 * of the partners' networks among its sources.
 *
 * A name of your own (`privateDnsName`) takes a second step after the deployment.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
 */
export class PrivateLinkIngress implements IIngress {
  /** @throws InvalidPrivateLinkIngress naming every mistake in the properties */
  public constructor(private readonly props: PrivateLinkIngressProps) {
    const { allowedPrincipals } = props;
    const problems = new Problems(undefined, 'InvalidPrivateLinkIngress');
    problems.require(allowedPrincipals.length > 0, 'allowedPrincipals is empty, so nobody could make an endpoint');
    for (const principal of allowedPrincipals) {
      problems.require(
        Token.isUnresolved(principal) || /^arn:[a-z-]+:iam::\d{12}:(root|role\/.+|user\/.+)$/.test(principal),
        `allowedPrincipals must be ARNs of accounts, roles or users, got "${principal}"`,
      );
    }
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws NotBehindPrivateLink when the ingress has no load balancer that can be offered, or one that asks health probes for a certificate
   * @throws NameNotInCertificate when the ingress makes a certificate of its own, for another name than `privateDnsName`
   */
  public bind(scope: Construct, options: IngressBindOptions): IngressConfig {
    const offered = this.props.ingress.bind(scope, options);
    const front = offered.networkLoadBalancer ? undefined : this.front(scope, options, offered);
    const loadBalancer = offered.networkLoadBalancer ?? front?.loadBalancer;
    const endpointService = new ec2.VpcEndpointService(scope, 'EndpointService', {
      vpcEndpointServiceLoadBalancers: loadBalancer ? [loadBalancer] : [],
      acceptanceRequired: this.props.acceptanceRequired ?? true,
      allowedPrincipals: this.props.allowedPrincipals.map((arn) => new iam.ArnPrincipal(arn)),
    });
    return {
      ...offered,
      otherEntryPoints: [...(offered.otherEntryPoints ?? []), ...(front ? [front.entryPoint] : [])],
      alarms: [...offered.alarms, ...(front?.alarms ?? [])],
      widgets: [...offered.widgets, ...(front?.widgets ?? [])],
      networkLoadBalancer: loadBalancer,
      endpointService,
      verifyPrivateDnsCommand: this.props.privateDnsName?._bind(
        scope,
        endpointService,
        offered._ownCertificate?.domainName,
      ),
    };
  }

  private front(
    scope: Construct,
    options: IngressBindOptions,
    { applicationLoadBalancer: behind, _refusesStrangers }: IngressConfig,
  ): PrivateLinkFront {
    if (!behind) {
      fail(scope, 'NotBehindPrivateLink', 'the ingress has no load balancer that AWS PrivateLink could offer');
    }
    if (_refusesStrangers) {
      fail(
        scope,
        'NotBehindPrivateLink',
        'the ingress refuses clients without a certificate, and health probes have none; use MutualTls.passThrough(), or offer it without mutual TLS',
      );
    }
    return new PrivateLinkFront(scope, 'PrivateLink', { ...options, behind });
  }
}
