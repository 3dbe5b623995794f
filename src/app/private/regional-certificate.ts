import { Stack, Token } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import { knownToDiffer, livesElsewhere, regionOfArn } from './regional-arn';

/** Where a certificate may come from. */
export interface CertificateSource {
  readonly domainName: string;
  readonly hostedZone?: route53.IHostedZone;
  /** The certificate of this Region; one that proves itself through the hosted zone if left out. */
  readonly given?: acm.ICertificate;
}

/** The certificate of this Region. */
export function regionalCertificate(scope: Construct, source: CertificateSource): acm.ICertificate {
  const { domainName, hostedZone, given } = source;
  if (!given) {
    return new acm.Certificate(scope, 'Certificate', {
      domainName,
      validation: acm.CertificateValidation.fromDns(hostedZone),
    });
  }
  const { region } = Stack.of(scope);
  if (livesElsewhere(scope, given) || knownToDiffer(regionOfArn(given.certificateArn), region)) {
    fail(
      scope,
      'CertificateInOtherRegion',
      `the load balancer in ${region} needs a certificate of ${region}, got ${describe(given)}; give one of this Region, or leave it out and give the hosted zone`,
    );
  }
  return given;
}

function describe(certificate: acm.ICertificate): string {
  const { certificateArn } = certificate;
  return Token.isUnresolved(certificateArn) ? `one of ${certificate.env.region}` : certificateArn;
}
