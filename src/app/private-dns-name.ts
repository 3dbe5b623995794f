import { Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { fail } from '../core/private/fail';

/** How a name of your own is proven to be yours. */
export interface PrivateDnsNameOptions {
  /**
   * The public hosted zone of the name, in which a TXT record proves it. A private zone proves nothing: AWS asks as the internet does. Give an
   * imported one if the system also lives in another Region.
   *
   * @default - no record: whoever runs the domain makes it, from what the endpoint service says (`PrivateDnsNameConfiguration`)
   */
  readonly hostedZone?: route53.IHostedZone;
}

/**
 * A DNS name of your own for an endpoint service: in the VPCs of partners it leads to their endpoints, as soon as AWS has seen a TXT
 * record in its domain.
 *
 * Takes two steps. The deployment gives the service the name and makes the record. Then somebody has AWS look for it, once
 * (`verifyPrivateDnsCommand` of the ingress): CloudFormation cannot, and a custom resource would stand in the way of every deployment.
 * Until then the name is `pendingVerification`, and partners who ask for it get no endpoint. Leave the record where it is. An endpoint that
 * nobody has accepted yet cannot use the name either: accept it, and then let the partner turn on its private DNS names.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
 */
export class PrivateDnsName {
  /**
   * The name that clients ask for, for example `laboratory.example.org`: the one the certificate of the ingress is for.
   *
   * @throws InvalidPrivateDnsName when the name is none, or not in the hosted zone
   */
  public static of(domainName: string, options: PrivateDnsNameOptions = {}): PrivateDnsName {
    const known = !Token.isUnresolved(domainName);
    if (
      known &&
      (domainName.length > 255 || !/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(domainName))
    ) {
      fail(
        undefined,
        'InvalidPrivateDnsName',
        `"${domainName}" is no domain name in lower case, such as laboratory.example.org`,
      );
    }
    const zoneName = options.hostedZone?.zoneName;
    const inZone =
      zoneName === undefined ||
      Token.isUnresolved(zoneName) ||
      !known ||
      domainName === zoneName ||
      domainName.endsWith(`.${zoneName}`);
    if (!inZone) {
      fail(
        undefined,
        'InvalidPrivateDnsName',
        `${domainName} is not in the hosted zone ${zoneName}, which could not prove it`,
      );
    }
    return new PrivateDnsName(domainName, options.hostedZone);
  }

  private constructor(
    private readonly domainName: string,
    private readonly hostedZone: route53.IHostedZone | undefined,
  ) {}

  /**
   * Returns the command that has AWS look for the record. `certified` is the name on the certificate that the ingress makes, if it does.
   *
   * @internal
   */
  public _bind(scope: Construct, service: ec2.VpcEndpointService, certified?: string): string {
    this.requireCertified(scope, certified);
    const resource = service.node.findChild(service.node.id) as ec2.CfnVPCEndpointService; // no default child
    resource.privateDnsName = this.domainName;
    if (this.hostedZone) {
      new route53.TxtRecord(scope, 'PrivateDnsProof', {
        zone: this.hostedZone,
        recordName: resource.attrPrivateDnsNameConfigurationName,
        values: [resource.attrPrivateDnsNameConfigurationValue],
      });
    }
    return `aws ec2 start-vpc-endpoint-service-private-dns-verification --region ${Stack.of(scope).region} --service-id ${service.vpcEndpointServiceId}`;
  }

  /** Partners' clients ask for this name, and break off where the certificate has another. */
  private requireCertified(scope: Construct, certified: string | undefined): void {
    const known = certified !== undefined && ![certified, this.domainName].some((name) => Token.isUnresolved(name));
    if (known && certified !== this.domainName && certified !== this.domainName.replace(/^[^.]+/, '*')) {
      fail(
        scope,
        'NameNotInCertificate',
        `partners would ask for ${this.domainName}, but the certificate of the ingress is for ${certified}; use the same name, or give the ingress a certificate that has both`,
      );
    }
  }
}
