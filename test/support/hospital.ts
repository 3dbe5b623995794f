import { App, type AppProps, Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  type CrossRegionDrProps,
  Database,
  DatabaseCapacity,
  DocumentStore,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  type MultiAzClinicalAppProps,
  Network,
  ResilienceObjectives,
} from '../../src';
import { partitionOf } from '../../src/core/private/tokens';

/** What of a small hospital a test changes. */
export interface HospitalOptions {
  readonly app?: (stack: Stack) => Partial<MultiAzClinicalAppProps>;
  readonly dr?: (stack: Stack) => Partial<CrossRegionDrProps>;
  readonly primaryRegion?: string;
  readonly recoveryRegion?: string;
  readonly primaryAccount?: string;
  readonly recoveryAccount?: string;
  readonly appProps?: AppProps;
  /** Whether stacks have names of their own, `named-` and their id. */
  readonly stackNames?: boolean;
}

/** An application and its stack, without disaster recovery. */
export function clinicalApp(options: HospitalOptions = {}) {
  const app = new App(options.appProps);
  const region = 'primaryRegion' in options ? options.primaryRegion : 'us-east-1';
  const stack = new Stack(app, 'Ehr', {
    stackName: options.stackNames ? 'named-Ehr' : undefined,
    env: { account: options.primaryAccount, region },
  });
  const ehr = new MultiAzClinicalApp(stack, 'Ehr', {
    systemName: 'hapi-fhir',
    objectives: ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
      biaReference: 'BIA-1',
      region: { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(15) },
    }),
    network: Network.dedicated(),
    compute: Compute.fargate({
      image: ContainerImage.fromRegistry(`hapi@sha256:${'0'.repeat(64)}`),
      port: 8080,
      peakTasks: 6,
      environment: { URL: AppSetting.format('jdbc:postgresql://{database.writer}:{database.port}/{database.name}') },
      secrets: { PASSWORD: AppSecret.databasePassword() },
    }),
    database: Database.auroraPostgres({
      databaseName: 'hapi',
      capacity: DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 16 }),
    }),
    documents: DocumentStore.s3(),
    ingress: [publicHttps(stack)],
    health: HealthProfile.http('/readyz', { startup: Duration.seconds(330) }),
    ...options.app?.(stack),
  });
  return { app, stack, ehr };
}

/** A public ingress with a hosted zone given by id, and a certificate that proves itself there. */
export function publicHttps(stack: Stack) {
  const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.org' });
  return Ingress.https({ domainName: 'ehr.example.org', hostedZone: zone });
}

/** An ingress without a hosted zone, with a certificate of the stack's Region. */
export function httpsWithoutZone(stack: Stack) {
  return Ingress.https({ domainName: 'ehr.example.org', certificate: certificate(stack, 'given') });
}

/** A certificate of the stack's Region. */
export function certificate(stack: Stack, name: string) {
  return Certificate.fromCertificateArn(stack, `Certificate-${name}`, certificateArn(stack, name));
}

/** Its ARN. */
export function certificateArn(stack: Stack, name: string) {
  return `arn:${partitionOf(stack.region)}:acm:${stack.region}:111111111111:certificate/${name}`;
}

/** A small hospital in two Regions. */
export function hospital(options: HospitalOptions = {}) {
  const { app, stack, ehr } = clinicalApp(options);
  const region = 'recoveryRegion' in options ? options.recoveryRegion : 'us-west-2';
  const recoveryStack = new Stack(app, 'EhrDr', {
    stackName: options.stackNames ? 'named-EhrDr' : undefined,
    env: { account: options.recoveryAccount, region },
  });
  const dr = new CrossRegionDr(recoveryStack, 'Dr', { primary: ehr, ...options.dr?.(recoveryStack) });
  return { app, stack, ehr, recoveryStack, dr };
}
