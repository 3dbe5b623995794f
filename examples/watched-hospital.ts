/**
 * A hospital that is watched from outside, and linked to its campus: canaries ask every way in, an availability target pages before it
 * is missed, AWS moves traffic away from an impaired zone, and two VPNs on two carriers back up one Direct Connect cable.
 *
 * Synthesizes as it stands, with placeholders. Before a deployment give your own account, addresses and certificate.
 */
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSetting,
  AvailabilityTarget,
  ClinicalNetwork,
  ClinicalTier,
  Compute,
  DocumentStore,
  HealthProfile,
  HospitalLink,
  HospitalSite,
  Ingress,
  LocalWindow,
  MultiAzClinicalApp,
  Network,
  NotificationTopic,
  Probes,
  ResilienceObjectives,
  SiteLink,
  Waf,
  ZonalAutoshift,
} from '../src';

export const app = new App();

const stack = new Stack(app, 'Watched', {
  description: 'Patient letters for one campus, over three Availability Zones',
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: 'us-east-1' },
});
const notifications = new NotificationTopic(stack, 'Operations').topic;
const network = new ClinicalNetwork(stack, 'Network', { cidr: '10.20.0.0/16' });

// ---- the campus, and how it gets here ----------------------------------------------------------------------
new HospitalLink(stack, 'Link', {
  network: network.networkConfig,
  tier: ClinicalTier.LIFE_CRITICAL,
  notifications,
  sites: [
    HospitalSite.of({
      name: 'main-campus',
      ranges: ['10.100.0.0/16'],
      peakMbps: 400,
      links: [
        SiteLink.directConnect({ name: 'cable', location: 'EqDC2', mbps: 1000 }), // ordered and cabled by people
        SiteLink.vpn({ name: 'router-a', address: '198.51.100.10', bgpAsn: 65010, mbps: 500, carrier: 'north' }),
        SiteLink.vpn({ name: 'router-b', address: '203.0.113.10', bgpAsn: 65010, mbps: 500, carrier: 'south' }),
      ],
    }),
  ],
});

// ---- what runs there -------------------------------------------------------------------------------------------
new MultiAzClinicalApp(stack, 'Letters', {
  systemName: 'letters',
  objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-2026-022', // placeholder
    downtimeTrigger: Duration.minutes(10), // then wards write by hand
  }),
  acceptedRisks: [
    {
      risk: 'REGION and ACCOUNT: one Region and one account (RES-BKP-004, RES-DR-002)',
      reason: 'letters can be written by hand for the days it takes to build another from code', // placeholder
      acceptedBy: 'Chief Medical Information Officer',
      expires: '2027-12-31',
    },
  ],
  network: Network.shared(network),
  notifications,
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry(
      'registry.example.org/letters@sha256:0000000000000000000000000000000000000000000000000000000000000000', // placeholder
    ),
    port: 8080,
    peakTasks: 4,
    environment: { BUCKET: AppSetting.format('{documents.bucket}') },
  }),
  documents: DocumentStore.s3(),
  ingress: [
    Ingress.https({
      domainName: 'letters.example.org',
      internetFacing: false, // reached through the link
      certificate: Certificate.fromCertificateArn(
        stack,
        'Certificate',
        'arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000', // placeholder
      ),
      waf: Waf.managedRules(),
    }),
  ],
  health: HealthProfile.http('/alive', { startup: Duration.seconds(40), deep: { path: '/ready' } }),
  probes: Probes.synthetics(),
  availabilityTarget: AvailabilityTarget.percent(99.9),
  watchUnusualLoad: true,
  zonalAutoshift: ZonalAutoshift.withPracticeRuns({
    timeZone: 'America/New_York',
    blockedWindows: [LocalWindow.daily('07:00', '19:00')],
  }),
});

Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
