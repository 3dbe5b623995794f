/**
 * An operational database of an EHR on InterSystems IRIS: a mirror of two members, with an arbiter in the third zone.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own values:
 *
 *   cdk deploy -c account=… -c domainName=odb.example.org -c zoneName=example.org -c hostedZoneId=Z… -c image=ami-…
 *
 * The image has IRIS and its agent installed; configuring the mirror is a step of its own, with the addresses that each instance
 * finds in /etc/odb/settings.env. A licence is needed for each member. Facts about mirrors are from the documentation of
 * InterSystems; the ports are its usual ones, to be confirmed for each installation.
 */
import { App, Duration, Size, Stack, Validations } from 'aws-cdk-lib';
import { InstanceType, MachineImage, Peer } from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  ClinicalTier,
  Compute,
  HealthProfile,
  Ingress,
  LocalWindow,
  MultiAzClinicalApp,
  PatchedSystem,
  PatchManagement,
  ResilienceObjectives,
  Weekday,
} from '../src';

export const app = new App();

const context = (key: string): string | undefined => app.node.tryGetContext(key);
const account = context('account') ?? process.env.CDK_DEFAULT_ACCOUNT;
const region = context('region') ?? 'us-east-1';
const domainName = context('domainName') ?? 'odb.example.org'; // placeholder
const zoneName = context('zoneName') ?? 'example.org'; // placeholder
const hostedZoneId = context('hostedZoneId') ?? 'Z0123456789EXAMPLE'; // placeholder
const image = context('image') ?? 'ami-0123456789abcdef0'; // placeholder
const hospital = context('hospitalRange') ?? '10.200.0.0/16'; // placeholder

const SUPERSERVER = 1972;
const AGENT = 2188;
const WEB = 52773;

const stack = new Stack(app, 'Odb', {
  description: 'An InterSystems IRIS mirror over three Availability Zones',
  env: { account, region },
});

new MultiAzClinicalApp(stack, 'Odb', {
  systemName: 'odb',
  objectives: ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
    biaReference: 'BIA-2026-003', // placeholder
    // what snapshots of disks can do; shipping journals to another system is the engine's way to lose less
    deletion: { rto: Duration.hours(4), rpo: Duration.hours(2) },
    corruption: { rto: Duration.hours(24), rpo: Duration.hours(2) },
  }),
  compute: Compute.statefulPair({
    machineImage: MachineImage.genericLinux({ [region]: image }),
    rootDeviceName: '/dev/sda1', // Red Hat Enterprise Linux
    instanceType: new InstanceType('r7i.4xlarge'), // placeholder: the vendor sizes it
    port: WEB,
    additionalPorts: [SUPERSERVER],
    memberPorts: [SUPERSERVER, AGENT],
    arbiter: { port: AGENT },
    patchGroups: { first: 'odb-first', second: 'odb-second', arbiter: 'odb-arbiter' },
    dataVolumes: [
      { deviceName: '/dev/sdf', size: Size.tebibytes(2), iops: 40_000 }, // databases: random reads
      { deviceName: '/dev/sdg', size: Size.gibibytes(500), iops: 10_000 }, // journals, on a volume of their own
    ],
    failover: {
      time: Duration.seconds(60),
      source:
        'placeholder until an exercise has measured it: the quality-of-service timeout of a mirror is 8 s by default',
    },
  }),
  ingress: [
    Ingress.https({
      domainName,
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId, zoneName }),
      internetFacing: false,
      allowedSources: [Peer.ipv4(hospital)],
    }),
  ],
  // answered with 200 by the primary, and by nobody else
  health: HealthProfile.http('/csp/bin/mirror_status.cxw', { startup: Duration.minutes(10) }),
});

// in place, never two in one night: the mirror has caught up before the next; somebody makes the other member the primary before its night
const nights: Record<string, Weekday> = {
  'odb-arbiter': Weekday.MONDAY,
  'odb-first': Weekday.TUESDAY,
  'odb-second': Weekday.THURSDAY,
};
for (const [patchGroup, day] of Object.entries(nights)) {
  new PatchManagement(stack, `Patches-${patchGroup}`, {
    patchGroup,
    systems: [PatchedSystem.RED_HAT],
    window: LocalWindow.on([day], '02:00', '05:00'),
    timeZone: 'America/Chicago', // placeholder: the hospital's
  });
}

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
