import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type DicomIngressProps, Ingress, TransportEncryption } from '../../src';
import { clinicalApp } from '../support/app';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

function dicom(props: Partial<DicomIngressProps> = {}) {
  return Ingress.dicom({
    applicationEntities: [{ title: 'ARCHIVE', port: 2762, targetPort: 4242 }],
    sources: [ec2.Peer.ipv4('10.20.0.0/16')],
    encryption: TransportEncryption.tlsPassThrough(),
    ...props,
  });
}

function appWith(props: Partial<DicomIngressProps> = {}) {
  return clinicalApp({ compute: { additionalPorts: [4242] }, app: { ingress: [dicom(props)] } });
}

test('modalities reach the application through a listener of their own, and may be silent for an hour', () => {
  const app = appWith();
  const template = Template.fromStack(Stack.of(app));
  template.hasResourceProperties(LISTENER, {
    Port: 2762,
    Protocol: 'TCP',
    ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '3600' }],
  });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 4242, Protocol: 'TCP' });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'HealthyHostCount',
    AlarmDescription: 'Nothing takes ARCHIVE: its senders queue, or lose what they send, in this Region',
  });
  expect(app.ingress[0].entryPoint).toMatchObject({ protocol: 'DICOM', port: 2762 });
});

test('several application entities may lead to one port', () => {
  const template = Template.fromStack(
    Stack.of(
      appWith({
        applicationEntities: [
          { title: 'ARCHIVE', port: 2762, targetPort: 4242 },
          { title: 'WORK_LIST', port: 2763, targetPort: 4242 },
        ],
      }),
    ),
  );
  template.resourceCountIs(LISTENER, 2);
});

test('all that HL7 can have, DICOM can', () => {
  const template = Template.fromStack(Stack.of(appWith({ idleTimeout: Duration.minutes(30), crossZone: false })));
  template.hasResourceProperties(LISTENER, {
    ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '1800' }],
  });
});

test.each<[string, Partial<DicomIngressProps>, RegExp]>([
  ['without application entities', { applicationEntities: [] }, /there is no application entity; give at least one/],
  [
    'for a title that is too long',
    { applicationEntities: [{ title: 'AN_ARCHIVE_OF_ALL', port: 2762 }] },
    /must be 1 to 16 letters, .* got "AN_ARCHIVE_OF_ALL"/,
  ],
  ['for everybody', { sources: [ec2.Peer.anyIpv4()] }, /must not let 0.0.0.0\/0 in/],
])('fails %s', (_, props, message) => {
  expect(() => dicom(props)).toThrow(message);
  expect(() => dicom(props)).toThrow('InvalidDicomIngress');
});
