import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { FixedAddresses, Ingress, type PlainTcpIngressProps, Probes, TransportEncryption } from '../../src';
import { CERTIFICATE, clinicalApp } from '../support/app';

function tcp(props: Partial<PlainTcpIngressProps> = {}) {
  return Ingress.tcp({
    ports: [{ name: 'analyzers', port: 4000, targetPort: 7000 }],
    sources: [ec2.Peer.ipv4('10.20.0.0/16')],
    encryption: TransportEncryption.tlsPassThrough(),
    ...props,
  });
}

function appWith(props: Partial<PlainTcpIngressProps> = {}, probes?: Probes) {
  return clinicalApp({ compute: { additionalPorts: [7000] }, app: { ingress: [tcp(props)], probes } });
}

test("clients of a vendor's protocol reach the application through a listener of their own, at one address in each zone", () => {
  const app = appWith({ protocol: 'ASTM' });
  const template = Template.fromStack(Stack.of(app));
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 4000, Protocol: 'TCP' });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 7000, Protocol: 'TCP' });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: 'Nothing takes analyzers: its senders queue, or lose what they send, in this Region',
  });
  expect(app.ingress[0].entryPoint).toMatchObject({ protocol: 'ASTM', port: 4000 });
  expect(app.ingress[0].zonalEntries?.length).toBeGreaterThan(1);
});

test('the protocol is called TCP where nobody names it', () => {
  expect(appWith().ingress[0].entryPoint.protocol).toBe('TCP');
});

test('a port listens for the application where no other is named', () => {
  const ports = [{ name: 'pumps', port: 7000 }];
  Template.fromStack(Stack.of(appWith({ ports }))).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Port: 7000,
  });
});

test('addresses are taken from the subnets where nobody chooses them', () => {
  const addressesOf = (props: Partial<PlainTcpIngressProps>) =>
    Object.values(
      Template.fromStack(Stack.of(appWith(props))).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    ).map(({ Properties }) => Properties.SubnetMappings);
  const [mappings] = addressesOf({ addresses: FixedAddresses.assigned() });
  expect(mappings).toHaveLength(3); // one in each zone
  for (const mapping of mappings) {
    expect(Object.keys(mapping)).toEqual(['SubnetId']);
  }
  expect(addressesOf({})).toEqual([mappings]);
});

test('the access log of a load balancer that ends TLS is kept for a year, or as long as is asked for', () => {
  const days = (accessLogRetention?: Duration) => {
    const encryption = TransportEncryption.tlsTermination({
      certificate: acm.Certificate.fromCertificateArn(new Stack(), 'Certificate', CERTIFICATE),
    });
    const template = Template.fromStack(Stack.of(appWith({ encryption, accessLogRetention })));
    const [rules] = Object.entries(template.findResources('AWS::S3::Bucket'))
      .filter(([id]) => id.includes('AccessLogs'))
      .map(([, { Properties }]) => Properties.LifecycleConfiguration.Rules);
    return rules.map(({ ExpirationInDays }: { ExpirationInDays?: number }) => ExpirationInDays);
  };
  expect(days()).toContain(365);
  expect(days(Duration.days(730))).toContain(730);
});

test('probes open a connection where that is asked for, and say nothing', () => {
  const ports = [
    { name: 'analyzers', port: 4000, targetPort: 7000, probed: true },
    { name: 'pumps', port: 4001, targetPort: 7000 },
  ];
  const canaries = Template.fromStack(Stack.of(appWith({ ports }, Probes.synthetics()))).findResources(
    'AWS::Synthetics::Canary',
  );
  for (const { Properties } of Object.values(canaries)) {
    expect(JSON.parse(Properties.RunConfig.EnvironmentVariables.PROBE_QUESTIONS)).toEqual([
      { protocol: 'connect', name: 'analyzers', port: 4000 },
    ]);
  }
  expect(Object.keys(canaries).length).toBeGreaterThan(1);
});

describe('fails', () => {
  test.each<[string, Partial<PlainTcpIngressProps>, RegExp]>([
    ['a protocol that is no name', { protocol: 'HL7 v2 (MLLP)' }, /protocol must be 1 to 16.*got "HL7 v2 \(MLLP\)"/],
    ['no port', { ports: [] }, /there is no port; give at least one \[InvalidTcpIngress\]/],
    ['a name that is none', { ports: [{ name: 'the lab', port: 4000 }] }, /name of a port must be.*got "the lab"/],
    ['a number that is none', { ports: [{ name: 'lab', port: 70_000 }] }, /the port of port "lab" must be 1 to 65535/],
    ['everybody', { sources: [ec2.Peer.anyIpv4()] }, /InvalidTcpIngress/],
    [
      'a probe of a public address',
      { ports: [{ name: 'lab', port: 4000, probed: true }], addresses: FixedAddresses.elasticIps() },
      /leave out the probe of lab/,
    ],
  ])('for %s', (_, props, message) => {
    expect(() => tcp(props)).toThrow(message);
  });
});
