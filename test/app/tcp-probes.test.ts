import { type Environment, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  DicomProbe,
  FixedAddresses,
  type IIngress,
  Ingress,
  type MllpMessageProbeOptions,
  MllpProbe,
  type MultiAzClinicalApp,
  Probes,
  type SyntheticProbesOptions,
  type TcpIngressProps,
  TransportEncryption,
} from '../../src';
import { ACCOUNT, clinicalApp, type TestAppOptions, zone } from '../support/app';

const CANARY = 'AWS::Synthetics::Canary';
const HEADER = 'MSH|^~\\&|PROBE|TEST|ENGINE|TEST|||QBP^Q11^QBP_Q11||T|2.5.1';
const plaintext = TransportEncryption.plaintext({ reason: 'inside the tunnels' });

type Props = Partial<TcpIngressProps>;

function mllp(probe: MllpProbe | undefined, props: Props = {}): IIngress {
  return Ingress.mllp({
    feeds: [
      { name: 'adt', port: 2575, targetPort: 6661, probe },
      { name: 'oru', port: 2576, targetPort: 6662 },
    ],
    sources: [ec2.Peer.ipv4('10.20.0.0/16')],
    encryption: plaintext,
    ...props,
  });
}

function dicom(probe: DicomProbe, props: Props = {}): IIngress {
  return Ingress.dicom({
    applicationEntities: [{ title: 'ARCHIVE', port: 2762, targetPort: 6661, probe }],
    sources: [ec2.Peer.ipv4('10.20.0.0/16')],
    encryption: plaintext,
    ...props,
  });
}

function appWith(
  ingress: IIngress,
  options: SyntheticProbesOptions = {},
  { env, app }: TestAppOptions = {},
): MultiAzClinicalApp {
  return clinicalApp({
    env,
    context: { [`availability-zones:account=${ACCOUNT}:region=us-east-1`]: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
    compute: { additionalPorts: [6661, 6662] },
    app: { ingress: [ingress], probes: Probes.synthetics(options), ...app },
  });
}

function templateOf(...args: Parameters<typeof appWith>): Template {
  return Template.fromStack(Stack.of(appWith(...args)));
}

interface Asked {
  readonly name: string;
  readonly environment: Record<string, string>;
}

/** What the canaries of a template are told. */
function asked(template: Template): Asked[] {
  return Object.values(template.findResources(CANARY)).map(({ Properties }) => ({
    name: Properties.Name,
    environment: Properties.RunConfig.EnvironmentVariables,
  }));
}

const questions = (template: Template) =>
  asked(template).map(({ environment }) => JSON.parse(environment.PROBE_QUESTIONS));

describe('a feed with a probe', () => {
  const template = templateOf(mllp(MllpProbe.message(`${HEADER}\nQPD|Q11^Test|1\n`)));

  test('is asked at the address of each zone, by a canary of its own', () => {
    expect(asked(template).map(({ name }) => name)).toEqual([
      'ehr-way-in-1-zone-1',
      'ehr-way-in-1-zone-2',
      'ehr-way-in-1-zone-3',
    ]);
    expect(asked(template)[1].environment.PROBE_HOST).toEqual({
      'Fn::Join': ['', ['us-east-1b.', { 'Fn::GetAtt': [expect.stringContaining('LoadBalancer'), 'DNSName'] }]],
    });
  });

  test('alone gets the message, in segments as HL7 has them', () => {
    const message = `${HEADER}\rQPD|Q11^Test|1`;
    expect(questions(template)[0]).toEqual([
      { protocol: 'mllp', message, accepted: ['AA', 'CA'], name: 'adt', port: 2575 },
    ]);
  });

  test('is asked from inside the VPC, and lets the probe in on its port only', () => {
    template.allResourcesProperties(CANARY, { VPCConfig: { SubnetIds: Match.anyValue() } });
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).filter(({ Properties }) =>
      JSON.stringify(Properties.SourceSecurityGroupId).includes('ProbesWayIn1Zone'),
    );
    expect(rules.map(({ Properties }) => Properties.FromPort)).toEqual([2575, 2575, 2575]);
  });

  test('may write logs, whose group has 21 characters of a name at most', () => {
    const template = templateOf(mllp(MllpProbe.connection()), {}, { app: { systemName: 'ehr-of-st-mary' } });
    const groupsOf = (found: Template) =>
      JSON.stringify(found.findResources('AWS::IAM::ManagedPolicy')).match(/log-group:[^"]*cwsyn[^"]*/g);
    expect(asked(template)[0].name).toBe('ehr-of-st-mary-way-in-1-zone-1');
    expect(groupsOf(template)?.[0]).toBe('log-group:/aws/lambda/cwsyn-ehr-of-st-mary-way-in*');
    expect(groupsOf(templateOf(mllp(MllpProbe.connection())))?.[0]).toBe(
      'log-group:/aws/lambda/cwsyn-ehr-way-in-1-zone-1-*',
    );
  });

  test('in words for engineers: which feed, and where', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'A probe asked adt at the address of zone us-east-1b and failed several times in a row',
      MetricName: 'SuccessPercent',
      AlarmActions: Match.anyValue(),
    });
  });

  test('is shut, and wards go to paper, only when no zone answers', () => {
    for (const [name, alarm] of [
      ['way-in-1-is-shut', 'Failing'],
      ['start-downtime-procedures', 'Downtime'],
    ]) {
      const [found] = Object.values(
        template.findResources('AWS::CloudWatch::CompositeAlarm', {
          Properties: { AlarmName: `ehr-us-east-1-${name}` },
        }),
      );
      const rule = found.Properties.AlarmRule['Fn::Join'][1]
        .map((part: string | object) => (typeof part === 'string' ? part : JSON.stringify(part)))
        .join('');
      const zones = rule
        .slice(rule.indexOf('('), rule.length)
        .split(' OR ')
        .filter((part: string) => part.includes('Zone'));
      expect(zones).toHaveLength(1); // all of them in one part, joined by AND
      expect(zones[0].match(new RegExp(`ProbesWayIn1Zone\\d${alarm}`, 'g'))).toHaveLength(3);
      expect(zones[0].split(' AND ')).toHaveLength(3);
    }
  });
});

test('nobody asks feeds without a probe', () => {
  expect(() => appWith(mllp(undefined))).toThrow(/or a feed or application entity with a probe.*NothingToProbe/);
});

test('the chosen address is asked where it is known', () => {
  const addresses = FixedAddresses.privateIpv4('10.0.48.10', '10.0.64.10', '10.0.80.10');
  const template = templateOf(mllp(MllpProbe.connection(), { addresses }));
  expect(asked(template).map(({ environment }) => environment.PROBE_HOST)).toEqual([
    '10.0.48.10',
    '10.0.64.10',
    '10.0.80.10',
  ]);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: 'A probe asked adt at 10.0.64.10 of zone us-east-1b and failed for 5 minutes',
  });
});

test('zones are those of the deployment where they are not known before', () => {
  const template = templateOf(mllp(MllpProbe.connection()), {}, { env: {} });
  expect(asked(template).map(({ name }) => name)).toEqual(['ehr-way-in-1-zone-1', 'ehr-way-in-1-zone-2']);
  expect(JSON.stringify(asked(template)[0].environment.PROBE_HOST)).toContain('"Fn::GetAZs"');
});

test('without deep probes a connection is all that is asked for', () => {
  const template = templateOf(mllp(MllpProbe.message(HEADER)), { deep: false });
  expect(questions(template)[0]).toEqual([{ protocol: 'connect', name: 'adt', port: 2575 }]);
});

test('nobody asks where nothing runs', () => {
  const app = { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 0 } };
  templateOf(mllp(MllpProbe.connection()), {}, { app }).resourceCountIs(CANARY, 0);
});

describe('an application entity', () => {
  test('is verified by its title', () => {
    const template = templateOf(dicom(DicomProbe.echo({ callingTitle: 'WATCH' })));
    expect(questions(template)[0]).toEqual([
      { protocol: 'dicom', called: 'ARCHIVE', calling: 'WATCH', name: 'ARCHIVE', port: 2762 },
    ]);
  });

  test('or connected to', () => {
    expect(questions(templateOf(dicom(DicomProbe.connection())))[0]).toEqual([
      { protocol: 'connect', name: 'ARCHIVE', port: 2762 },
    ]);
  });
});

describe('TLS', () => {
  const certificateAuthority = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

  test('of the application is spoken where its certificate is named', () => {
    const encryption = TransportEncryption.tlsPassThrough({ serverName: 'pacs.example.org', certificateAuthority });
    expect(asked(templateOf(dicom(DicomProbe.echo(), { encryption })))[0].environment).toMatchObject({
      PROBE_SERVER_NAME: 'pacs.example.org',
      PROBE_AUTHORITY: certificateAuthority,
    });
  });

  test('of the load balancer is spoken by the name of the ingress', () => {
    const props = (stack: Stack) => ({
      encryption: TransportEncryption.tlsTermination(),
      domainName: 'hl7.example.org',
      hostedZone: zone(stack),
    });
    const stack = new Stack();
    expect(() => mllp(MllpProbe.message(HEADER), props(stack))).not.toThrow();
    const app = appWith({
      bind: (scope, options) => mllp(MllpProbe.message(HEADER), props(Stack.of(scope))).bind(scope, options),
    });
    expect(asked(Template.fromStack(Stack.of(app)))[0].environment).toMatchObject({
      PROBE_SERVER_NAME: 'hl7.example.org',
    });
  });

  test('is not spoken where something else encrypts', () => {
    expect(asked(templateOf(mllp(MllpProbe.connection())))[0].environment).not.toHaveProperty('PROBE_SERVER_NAME');
  });

  test('that ends nobody knows where leaves a connection', () => {
    const encryption = TransportEncryption.tlsPassThrough();
    expect(() => mllp(MllpProbe.connection(), { encryption })).not.toThrow();
    expect(() => mllp(MllpProbe.message(HEADER), { encryption })).toThrow(
      /a probe of adt has to speak TLS with the application.*serverName.*MllpProbe.connection\(\).*InvalidMllpIngress/,
    );
    expect(() => dicom(DicomProbe.echo(), { encryption })).toThrow(/ARCHIVE.*DicomProbe.connection\(\)/);
  });

  test.each([
    [{ certificateAuthority }, /certificateAuthority is given without serverName/],
    [{ serverName: 'a', certificateAuthority: 'hospital-root.pem' }, /must be a certificate in PEM/],
    [
      { serverName: 'a', certificateAuthority: '-----BEGIN PRIVATE KEY-----\nAAAA' },
      /must be a certificate in PEM.*InvalidTransportEncryption/,
    ],
  ])('fails for %j', (options, message) => {
    expect(() => TransportEncryption.tlsPassThrough(options)).toThrow(message);
  });
});

describe('fails', () => {
  test('for public addresses, which are not reached from inside', () => {
    expect(() => mllp(MllpProbe.connection(), { addresses: FixedAddresses.elasticIps() })).toThrow(
      /public addresses are not reached; leave out the probe of adt/,
    );
  });

  test('for a certificate whose name nobody knows', () => {
    const encryption = TransportEncryption.tlsTermination({
      certificate: { certificateArn: 'arn' } as never,
    });
    expect(() => mllp(MllpProbe.connection(), { encryption })).toThrow(
      /a probe of adt has to know the name.*domainName/,
    );
  });

  test('for more than a canary can be told', () => {
    expect(() => appWith(mllp(MllpProbe.message(`${HEADER}\rQPD|${'x'.repeat(3600)}`)))).toThrow(
      /have 37\d\d bytes together, of which a canary takes 3500.*ProbesTooLong at Ehr\/App\/Probes/,
    );
  });

  test('for letters that take more than one byte each', () => {
    const probe = MllpProbe.message(`${HEADER}\rQPD|${'é'.repeat(1800)}`);
    expect(() => appWith(mllp(probe))).toThrow(/have 37\d\d bytes together/);
  });

  test.each<[string, string, MllpMessageProbeOptions, RegExp]>([
    ['what is no message', 'QPD|Q11', {}, /must start with MSH and a field separator, got "QPD\|"/],
    ['nothing', '', {}, /must start with MSH.*got ""/],
    ['no type', 'MSH|^~\\&|A|B|C|D|||||T|2.5.1', {}, /must name the message type \(MSH-9\)/],
    ['no version', 'MSH|^~\\&|A|B|C|D|||QBP^Q11||T|', {}, /the version \(MSH-12\)/],
    ['its own frame', `\u000b${HEADER}\u001c\r`, {}, /without its MLLP frame/],
    ['a patient', `${HEADER}\nPID|1||12345\nNK1|1`, {}, /is about a patient \(PID, NK1\).*acknowledgeTestPatient/],
    ['no reason', `${HEADER}\rPID|1`, { acknowledgeTestPatient: ' ' }, /is about a patient/],
    ['no code', HEADER, { acknowledgementCodes: [] }, /must be some of AA, AE, AR, CA, CE, CR, got \[\]/],
    ['another code', HEADER, { acknowledgementCodes: ['OK'] }, /got \["OK"\].*InvalidMllpProbe/],
    ['a token', Lazy.string({ produce: () => HEADER }), {}, /only known at deployment/],
  ])('for %s', (_, message, options, error) => {
    expect(() => MllpProbe.message(message, options)).toThrow(error);
  });

  test('for a calling title that is none', () => {
    expect(() => DicomProbe.echo({ callingTitle: 'A title with spaces' })).toThrow(
      /callingTitle must be.*InvalidDicomProbe/,
    );
  });
});

test('a test patient is one whom somebody vouches for', () => {
  const options = { acknowledgeTestPatient: 'ZZTEST of the interface team, IT-2026-118' };
  expect(() => MllpProbe.message(`${HEADER}\rPID|1||ZZTEST`, options)).not.toThrow();
});

test.each<Environment>([
  { account: ACCOUNT, region: 'us-gov-west-1' },
  { account: ACCOUNT, region: 'cn-north-1' },
])('works in %j', (env) => {
  expect(asked(templateOf(mllp(MllpProbe.connection()), {}, { env })).length).toBeGreaterThan(1);
});
