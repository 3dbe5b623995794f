import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  HealthProfile,
  type IIngress,
  Ingress,
  MutualTls,
  PrivateDnsName,
  type PrivateLinkIngressProps,
  TransportEncryption,
} from '../../src';
import { CERTIFICATE, clinicalAppIn, type TestAppOptions, VIRGINIA } from '../support/app';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const partner = 'arn:aws:iam::222233334444:root';

const mllp = Ingress.mllp({
  feeds: [{ name: 'adt', port: 2575 }],
  sources: [ec2.Peer.ipv4('10.99.0.0/16')],
  encryption: TransportEncryption.tlsPassThrough(),
});

function appWith(
  ingress: (stack: Stack) => IIngress,
  props: Partial<PrivateLinkIngressProps> = {},
  options: TestAppOptions['app'] = {},
) {
  const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
  return clinicalAppIn(stack, {
    compute: { additionalPorts: [2575] },
    app: {
      ingress: [Ingress.privateLink({ ingress: ingress(stack), allowedPrincipals: [partner], ...props })],
      ...options,
    },
  });
}

function https(mutualTls?: MutualTls) {
  return (stack: Stack) =>
    Ingress.https({
      domainName: 'ehr.example.org',
      certificate: acm.Certificate.fromCertificateArn(stack, 'Given', CERTIFICATE),
      internetFacing: false,
      mutualTls,
    });
}

describe('a name of its own', () => {
  const hostedZone = (stack: Stack) =>
    HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.org' });
  const named = (stack = new Stack()) => PrivateDnsName.of('laboratory.example.org', { hostedZone: hostedZone(stack) });
  const app = appWith(() => mllp, { privateDnsName: named() });
  const template = Template.fromStack(Stack.of(app));
  const service = Match.stringLikeRegexp('IngressEndpointService');

  test('is given to the service, and proven in its zone, by no custom resource', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpointService', { PrivateDnsName: 'laboratory.example.org' });
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Type: 'TXT',
      HostedZoneId: 'Z1',
      Name: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [service, 'PrivateDnsNameConfiguration.Name'] }, '.example.org.']] },
      ResourceRecords: [
        { 'Fn::Join': ['', ['"', { 'Fn::GetAtt': [service, 'PrivateDnsNameConfiguration.Value'] }, '"']] },
      ],
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('Custom::');
  });

  test('is verified by a command that says so', () => {
    expect(Stack.of(app).resolve(app.ingress[0].verifyPrivateDnsCommand)).toEqual({
      'Fn::Join': [
        '',
        [
          'aws ec2 start-vpc-endpoint-service-private-dns-verification --region us-east-1 --service-id ',
          { Ref: expect.stringContaining('IngressEndpointService') },
        ],
      ],
    });
  });

  test('is proven by others where there is no zone', () => {
    const elsewhere = appWith(() => mllp, { privateDnsName: PrivateDnsName.of('laboratory.example.org') });
    const proofs = Template.fromStack(Stack.of(elsewhere)).findResources('AWS::Route53::RecordSet');
    expect(Object.values(proofs).filter(({ Properties }) => Properties.Type === 'TXT')).toEqual([]);
  });

  test('is not there where nobody asks for one', () => {
    const without = appWith(() => mllp);
    Template.fromStack(Stack.of(without)).allResourcesProperties('AWS::EC2::VPCEndpointService', {
      PrivateDnsName: Match.absent(),
    });
    expect(without.ingress[0].verifyPrivateDnsCommand).toBeUndefined();
  });

  test('may be the name of the zone, or only be known at deployment', () => {
    const zone = hostedZone(new Stack());
    expect(() => PrivateDnsName.of('example.org', { hostedZone: zone })).not.toThrow();
    expect(() => PrivateDnsName.of(Lazy.string({ produce: () => 'x' }), { hostedZone: zone })).not.toThrow();
  });

  test.each([
    ['laboratory', /"laboratory" is no domain name/],
    ['*.example.org', /is no domain name/],
    ['Laboratory.example.org', /in lower case/],
    ['laboratory.notexample.org', /is not in the hosted zone example.org.*InvalidPrivateDnsName/],
  ])('fails for %s', (name, message) => {
    expect(() => PrivateDnsName.of(name, { hostedZone: hostedZone(new Stack()) })).toThrow(message);
  });
});

describe('over TCP', () => {
  test('the load balancer there is, is offered to whom is named, when somebody accepts', () => {
    const app = appWith(() => mllp);
    const template = Template.fromStack(Stack.of(app));
    template.resourceCountIs(LOAD_BALANCER, 1);
    template.hasResourceProperties('AWS::EC2::VPCEndpointService', {
      AcceptanceRequired: true,
      NetworkLoadBalancerArns: [{ Ref: Match.stringLikeRegexp('IngressLoadBalancer') }],
    });
    template.hasResourceProperties('AWS::EC2::VPCEndpointServicePermissions', { AllowedPrincipals: [partner] });
    expect(app.ingress[0].endpointService).toBeDefined();
  });

  test('sources are asked for, also of partners', () => {
    Template.fromStack(Stack.of(appWith(() => mllp))).hasResourceProperties(LOAD_BALANCER, {
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: Match.absent(), // AWS asks for them unless told not to
    });
  });

  test('nobody needs to accept where that is wanted', () => {
    const template = Template.fromStack(Stack.of(appWith(() => mllp, { acceptanceRequired: false })));
    template.hasResourceProperties('AWS::EC2::VPCEndpointService', { AcceptanceRequired: false });
  });
});

describe('over HTTPS', () => {
  test('another load balancer, which nothing else leads to, hands everything on', () => {
    const app = appWith(https());
    const template = Template.fromStack(Stack.of(app));
    template.hasResourceProperties(LOAD_BALANCER, {
      Type: 'network',
      Scheme: 'internal',
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
      LoadBalancerAttributes: Match.arrayWith([
        { Key: 'load_balancing.cross_zone.enabled', Value: 'false' },
        { Key: 'zonal_shift.config.enabled', Value: 'true' },
      ]),
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'alb',
      Port: 443,
      Protocol: 'TCP',
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/readyz',
      Targets: [{ Id: { Ref: Match.stringLikeRegexp('IngressLoadBalancer') }, Port: 443 }],
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Load balancer of ehr',
      SecurityGroupIngress: Match.absent(),
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      Description: 'AWS PrivateLink',
      FromPort: 443,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('IngressLoadBalancerSecurityGroup'), 'GroupId'] },
    });
    template.hasResourceProperties('AWS::EC2::VPCEndpointService', {
      NetworkLoadBalancerArns: [{ Ref: Match.stringLikeRegexp('PrivateLinkLoadBalancer') }],
    });
  });

  test('both are entry points, watched, and shown', () => {
    const app = appWith(https());
    const template = Template.fromStack(Stack.of(app));
    const { entryPoints } = template.toJSON().Metadata['cdk-resilient-ehr'].systems['Ehr/App'];
    expect(entryPoints.map(({ path }: { path: string }) => path)).toEqual([
      'Ehr/App/Ingress/LoadBalancer',
      'Ehr/App/Ingress/PrivateLink/LoadBalancer',
    ]);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('AWS-PrivateLink'),
      MetricName: 'HealthyHostCount',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'ehr-us-east-1-ingress-privatelink-target-resets',
    });
    expect(app.metricRequests()).toBeDefined();
    expect(app.metricConnections()).toBeDefined();
  });
});

describe('fails', () => {
  test.each<[string, string[], RegExp]>([
    ['for nobody', [], /allowedPrincipals is empty/],
    ['for everybody', ['*'], /must be ARNs of accounts, roles or users, got "\*"/],
    ['for an account number', ['222233334444'], /got "222233334444"/],
  ])('%s', (_, allowedPrincipals, message) => {
    const make = () => Ingress.privateLink({ ingress: mllp, allowedPrincipals });
    expect(make).toThrow(message);
    expect(make).toThrow('InvalidPrivateLinkIngress');
  });

  test('where probes are asked for a certificate', () => {
    const arn = 'arn:aws:elasticloadbalancing:us-east-1:111111111111:truststore/hospital/1';
    expect(() => appWith(https(MutualTls.existing(arn)))).toThrow(
      /refuses clients without a certificate, and health probes have none.*NotBehindPrivateLink at Ehr\/App\/Ingress/,
    );
    expect(() => appWith(https(MutualTls.passThrough()))).not.toThrow();
  });

  describe('where partners would ask for a name that the certificate does not have', () => {
    const owned =
      (certificateArn?: string, domainName = 'ehr.example.org') =>
      (stack: Stack) =>
        Ingress.https({
          domainName,
          hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
            hostedZoneId: 'Z1',
            zoneName: 'example.org',
          }),
          certificate: certificateArn ? acm.Certificate.fromCertificateArn(stack, 'Both', certificateArn) : undefined,
          internetFacing: false,
        });
    const asked = (name: string) => ({ privateDnsName: PrivateDnsName.of(name) });

    test('that the ingress makes', () => {
      expect(() => appWith(owned(), asked('laboratory.example.org'))).toThrow(
        /would ask for laboratory.example.org, .* is for ehr.example.org; use the same name.*NameNotInCertificate at Ehr\/App\/Ingress/,
      );
    });

    test('and not where it is the same or covered, where the certificate is given, or the name not known yet', () => {
      expect(() => appWith(owned(), asked('ehr.example.org'))).not.toThrow();
      expect(() => appWith(owned(undefined, '*.example.org'), asked('laboratory.example.org'))).not.toThrow();
      expect(() => appWith(owned(CERTIFICATE), asked('laboratory.example.org'))).not.toThrow();
      expect(() => appWith(owned(), asked(Lazy.string({ produce: () => 'x' })))).not.toThrow();
    });
  });

  test('where probes ask a port that is not behind the load balancer', () => {
    const health = HealthProfile.http('/readyz', { port: 9000, startup: Duration.seconds(60) });
    expect(() => appWith(https(), {}, { health })).toThrow(
      /health probes ask port 9000, .* answer them on port 8080 as well.*NotBehindPrivateLink/,
    );
  });

  test('where there is no load balancer', () => {
    const nowhere: IIngress = {
      bind: () => ({
        entryPoint: { address: 'x', protocol: 'HTTPS', port: 443, path: 'x' },
        alarms: [],
        deploymentAlarms: [],
        widgets: [],
      }),
    };
    expect(() => appWith(() => nowhere)).toThrow(/no load balancer that AWS PrivateLink could offer.*NotBehind/);
  });
});
