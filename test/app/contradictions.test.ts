import { Duration, Size } from 'aws-cdk-lib';
import { InstanceType, MachineImage, Peer } from 'aws-cdk-lib/aws-ec2';
import {
  Compute,
  Database,
  DatabaseCapacity,
  HealthProfile,
  Ingress,
  type MllpIngressProps,
  TransportEncryption,
} from '../../src';
import { clinicalApp, SmallNetwork } from '../support/app';

const sources = [Peer.ipv4('10.20.0.0/16')];
const encryption = TransportEncryption.tlsPassThrough();
const feedsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `feed-${index}`, port: 3000 + index }));

function mllp(props: Partial<MllpIngressProps>) {
  return Ingress.mllp({ feeds: feedsOf(1), sources, encryption, ...props });
}

function pair() {
  return Compute.statefulPair({
    machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-00000000000000001' }),
    instanceType: new InstanceType('r7i.large'),
    port: 52773,
    memberPorts: [1972],
    arbiter: { port: 2188 },
    dataVolumes: [{ deviceName: '/dev/sdf', size: Size.gibibytes(100), iops: 3000 }],
    failover: { time: Duration.seconds(20), source: 'an exercise' },
  });
}

/** Whoever reads the error alone must know what is wrong, what was given, and what to give instead. */
describe('what contradicts itself is refused before anything is made', () => {
  test.each<[string, () => unknown, string, RegExp]>([
    [
      'a pair and its arbiter in two zones',
      () =>
        clinicalApp({
          app: {
            compute: pair(),
            network: new SmallNetwork(2),
            health: HealthProfile.http('/mirror', { startup: Duration.minutes(5) }),
          },
        }),
      'TooFewZones',
      /take three Availability Zones, got 2; use a network with three/,
    ],
    [
      'care that depends on a database in one zone',
      () =>
        clinicalApp({
          app: {
            network: undefined,
            database: Database.auroraPostgres({
              databaseName: 'ehr',
              capacity: DatabaseCapacity.serverlessV2({ minAcu: 2, maxAcu: 8, readers: 0 }),
            }),
          },
        }),
      'CapacityTooSmall',
      /needs at least one reader to fail over to, got readers 0/,
    ],
    [
      'feeds that nobody may send to',
      () => mllp({ sources: [] }),
      'InvalidMllpIngress',
      /sources is empty, so nobody could connect; name/,
    ],
    [
      'more feeds than a load balancer has listeners',
      () => mllp({ feeds: feedsOf(51) }),
      'InvalidMllpIngress',
      /up to 50 listeners, got 51; spread them over several ingresses/,
    ],
    [
      'more feeds than Amazon ECS registers a service with',
      () =>
        clinicalApp({
          compute: { additionalPorts: feedsOf(6).map(({ port }) => port) },
          app: { ingress: [mllp({ feeds: feedsOf(6) })] },
        }),
      'TooManyTargetGroups',
      /5 target groups.*got .*; let several feeds share a port, or run a second system/,
    ],
    [
      'a time limit where the load balancer has its own',
      () => mllp({ encryption: TransportEncryption.tlsTermination(), idleTimeout: Duration.hours(1) }),
      'InvalidMllpIngress',
      /waits for 350 seconds; leave it out, or use TransportEncryption.tlsPassThrough\(\)/,
    ],
  ])('%s', (_, make, code, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: code }));
  });
});

describe('mistakes are said together', () => {
  test('of a way in', () => {
    const wrong = () =>
      mllp({
        feeds: [...feedsOf(51), { name: 'no name', port: 0 }],
        sources: [],
        encryption: TransportEncryption.tlsTermination(),
        idleTimeout: Duration.seconds(10),
      });
    for (const part of [
      /up to 50 listeners, got 52/,
      /got "no name"/,
      /must be 1 to 65535, got 0/,
      /sources is empty/,
      /without a certificate/,
      /idleTimeout cannot be chosen/,
      /idleTimeout must be 60 to 6000 seconds, got 10/,
    ]) {
      expect(wrong).toThrow(part);
    }
  });

  test('of a database that care depends on', () => {
    const capacity = DatabaseCapacity.serverlessV2({ minAcu: 0, maxAcu: 8, readers: 0 });
    const database = Database.auroraPostgres({ databaseName: 'ehr', capacity });
    expect(() => clinicalApp({ app: { network: undefined, database } })).toThrow(
      /got readers 0; .*must not pause, got minAcu 0; use at least 0.5 \[CapacityTooSmall at Ehr\/App\/Database\]/,
    );
  });

  test('of a system', () => {
    const wrong = () =>
      clinicalApp({ app: { systemName: 'EHR', ingress: [], files: { 'Big Files': undefined as never } } });
    for (const part of [/got "EHR"/, /ingress is empty/, /got "Big Files"/, /\[InvalidClinicalApp at Ehr\/App\]/]) {
      expect(wrong).toThrow(part);
    }
  });
});
