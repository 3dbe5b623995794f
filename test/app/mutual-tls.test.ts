import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Ingress, MutualTls } from '../../src';
import { ACCOUNT, CERTIFICATE, clinicalAppIn, VIRGINIA, zone } from '../support/app';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TRUST_STORE = 'AWS::ElasticLoadBalancingV2::TrustStore';

function stackIn(region = 'us-east-1'): Stack {
  return new Stack(new App(), 'Ehr', { env: { account: ACCOUNT, region } });
}

function bucketIn(stack: Stack): s3.IBucket {
  return s3.Bucket.fromBucketName(stack, 'Trust', 'trust-of-hospital');
}

function storeArn(region: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:truststore/hospital/1`;
}

function appWith(stack: Stack, mutualTls: MutualTls) {
  return clinicalAppIn(stack, { https: { mutualTls } });
}

test('clients are let in by the authorities that are trusted, and told which they are', () => {
  const stack = stackIn();
  const authorities = { bucket: bucketIn(stack), key: 'ca.pem', version: 'v1' };
  appWith(stack, MutualTls.verify({ authorities }));
  const template = Template.fromStack(stack);
  template.hasResourceProperties(TRUST_STORE, {
    CaCertificatesBundleS3Bucket: 'trust-of-hospital',
    CaCertificatesBundleS3Key: 'ca.pem',
    CaCertificatesBundleS3ObjectVersion: 'v1',
  });
  template.hasResourceProperties(LISTENER, {
    MutualAuthentication: {
      Mode: 'verify',
      TrustStoreArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('IngressTrustStore'), 'TrustStoreArn'] },
      IgnoreClientCertificateExpiry: false,
      AdvertiseTrustStoreCaNames: 'on',
    },
  });
  template.resourceCountIs('AWS::ElasticLoadBalancingV2::TrustStoreRevocation', 0);
});

test('certificates can be revoked, expired ones let in, and authorities kept to oneself', () => {
  const stack = stackIn();
  const bucket = bucketIn(stack);
  appWith(
    stack,
    MutualTls.verify({
      authorities: { bucket, key: 'ca.pem' },
      revocationLists: [{ bucket, key: 'revoked.crl', version: 'v7' }],
      allowExpired: true,
      advertiseAuthorities: false,
    }),
  );
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TrustStoreRevocation', {
    RevocationContents: [{ S3Bucket: 'trust-of-hospital', S3Key: 'revoked.crl', S3ObjectVersion: 'v7' }],
  });
  template.hasResourceProperties(LISTENER, {
    MutualAuthentication: { IgnoreClientCertificateExpiry: true, AdvertiseTrustStoreCaNames: 'off' },
  });
});

test('each Region finds its own among trust stores that exist', () => {
  const stack = stackIn();
  appWith(stack, MutualTls.existing(storeArn('us-west-2'), storeArn('us-east-1')));
  const template = Template.fromStack(stack);
  template.resourceCountIs(TRUST_STORE, 0);
  template.hasResourceProperties(LISTENER, {
    MutualAuthentication: { Mode: 'verify', TrustStoreArn: storeArn('us-east-1') },
  });
});

test('the application can check certificates itself', () => {
  const stack = stackIn();
  appWith(stack, MutualTls.passThrough());
  Template.fromStack(stack).hasResourceProperties(LISTENER, {
    MutualAuthentication: { Mode: 'passthrough', TrustStoreArn: Match.absent() },
  });
});

test('nothing is asked of clients unless wanted', () => {
  const stack = stackIn();
  clinicalAppIn(stack);
  Template.fromStack(stack).hasResourceProperties(LISTENER, { MutualAuthentication: Match.absent() });
});

test.each<[string, MutualTls, boolean]>([
  ['cannot ask where clients need a certificate', MutualTls.existing(storeArn('us-east-1')), false],
  ['can ask where they do not', MutualTls.passThrough(), true],
])('health checkers on the internet %s', (_, mutualTls, reachable) => {
  const stack = stackIn();
  const { ingress } = clinicalAppIn(stack, { https: { mutualTls, hostedZone: zone(stack) } });
  expect(ingress[0].routing?.reachableFromInternet).toBe(reachable);
});

describe('fails', () => {
  test('without a file', () => {
    const bucket = bucketIn(stackIn());
    expect(() => MutualTls.verify({ authorities: { bucket, key: ' ' } })).toThrow(
      /key of a file is empty.*InvalidMutualTls/,
    );
  });

  test('without a trust store', () => {
    expect(() => MutualTls.existing()).toThrow(/needs the ARN of a trust store in each Region.*InvalidMutualTls/);
  });

  test('with a trust store of another Region', () => {
    expect(() => appWith(stackIn(), MutualTls.existing(storeArn('us-west-2')))).toThrow(
      /exactly one of the trust stores must be in us-east-1.*TrustStoreInOtherRegion at Ehr\/App\/Ingress/,
    );
  });

  test('with a file of another Region', () => {
    const app = new App();
    const primary = new Stack(app, 'Primary', { env: VIRGINIA });
    const recovery = new Stack(app, 'Recovery', { env: { account: ACCOUNT, region: 'us-west-2' } });
    const ingress = Ingress.https({
      domainName: 'ehr.example.org',
      hostedZone: zone(primary),
      mutualTls: MutualTls.verify({ authorities: { bucket: bucketIn(primary), key: 'ca.pem' } }),
    });
    expect(() => clinicalAppIn(primary, { app: { ingress: [ingress] } })).not.toThrow();
    expect(() => clinicalAppIn(recovery, { app: { ingress: [ingress] } })).toThrow(
      /"ca.pem" is in a bucket of us-east-1, .*give CrossRegionDr recovery: { ingress }.*TrustStoreInOtherRegion/,
    );
  });
});

test('a certificate of this library and one of the user work alike', () => {
  const stack = stackIn();
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Given', CERTIFICATE);
  clinicalAppIn(stack, { https: { certificate, mutualTls: MutualTls.passThrough() } });
  Template.fromStack(stack).hasResourceProperties(LISTENER, { Certificates: [{ CertificateArn: CERTIFICATE }] });
});
