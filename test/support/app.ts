import { App, type Environment, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import {
  ClinicalTier,
  Compute,
  type DatabaseBindOptions,
  type DatabaseConfig,
  type DocumentStoreConfig,
  type FargateComputeProps,
  HealthProfile,
  type HttpsIngressProps,
  type IDatabase,
  type IDocumentStore,
  type INetwork,
  Ingress,
  MultiAzClinicalApp,
  type MultiAzClinicalAppProps,
  type NetworkConfig,
  ResilienceObjectives,
} from '../../src';

export const ACCOUNT = '111111111111';
export const DIGEST = `sha256:${'a'.repeat(64)}`;
export const VIRGINIA: Environment = { account: ACCOUNT, region: 'us-east-1' };
export const CERTIFICATE = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/abc`;

/** A network that is not ours: whoever implements the contract can take part. */
export class SmallNetwork implements INetwork {
  public constructor(
    private readonly zones = 3,
    private readonly declaresZones = true,
  ) {}

  public bind(scope: Construct): NetworkConfig {
    const vpc = new ec2.Vpc(scope, 'Vpc', {
      maxAzs: this.zones,
      natGateways: 1,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'application', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'database', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    return {
      vpc,
      publicSubnets: { subnetGroupName: 'public' },
      applicationSubnets: { subnetGroupName: 'application' },
      databaseSubnets: { subnetGroupName: 'database' },
      zoneCount: this.declaresZones ? this.zones : undefined,
      cidr: '10.0.0.0/16',
    };
  }

  public inRecoveryRegion(): INetwork {
    return this;
  }
}

/** A database that is not ours. */
export class SmallDatabase implements IDatabase {
  public bound?: DatabaseBindOptions;

  public constructor(private readonly port = '5432') {}

  public bind(scope: Construct, options: DatabaseBindOptions): DatabaseConfig {
    this.bound = options;
    const encryptionKey = new kms.Key(scope, 'Key');
    return {
      endpoints: { writer: 'writer.db', reader: 'reader.db', port: this.port, databaseName: 'ehr' },
      credentials: new secretsmanager.Secret(scope, 'Credentials', { encryptionKey }),
      encryptionKey,
      connections: new ec2.Connections({
        securityGroups: [new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc: options.vpc, description: 'Database' })],
      }),
      backupResources: [],
      alarms: [],
      widgets: [],
    };
  }
}

/** A document store that is not ours. */
export class SmallDocumentStore implements IDocumentStore {
  public bind(scope: Construct): DocumentStoreConfig {
    const encryptionKey = new kms.Key(scope, 'Key');
    return {
      bucket: new s3.Bucket(scope, 'Bucket', { encryptionKey }),
      encryptionKey,
      backupResources: [],
      alarms: [],
      widgets: [],
    };
  }
}

/** Everything an application needs, but for what a test is about. */
export interface TestAppOptions {
  readonly env?: Environment;
  readonly context?: Record<string, unknown>;
  readonly compute?: Partial<FargateComputeProps>;
  readonly https?: Partial<HttpsIngressProps>;
  readonly app?: Partial<MultiAzClinicalAppProps>;
}

export function health(): HealthProfile {
  return HealthProfile.http('/readyz', { startup: HealthProfile.http('/').interval });
}

export function zone(stack: Stack): route53.IHostedZone {
  return route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.org' });
}

/** An application in a stack of its own. */
export function clinicalApp(options: TestAppOptions = {}): MultiAzClinicalApp {
  const stack = new Stack(new App({ context: options.context }), 'Ehr', { env: options.env ?? VIRGINIA });
  return clinicalAppIn(stack, options);
}

export function clinicalAppIn(
  stack: Stack,
  options: TestAppOptions = {},
  certificateArn = CERTIFICATE,
): MultiAzClinicalApp {
  return new MultiAzClinicalApp(stack, 'App', {
    systemName: 'ehr',
    objectives: ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-1' }),
    compute: Compute.fargate({
      image: ecs.ContainerImage.fromRegistry(`example.org/ehr@${DIGEST}`),
      port: 8080,
      peakTasks: 6,
      ...options.compute,
    }),
    health: health(),
    network: new SmallNetwork(),
    ingress: [
      Ingress.https({
        domainName: 'ehr.example.org',
        certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
        ...options.https,
      }),
    ],
    ...options.app,
  });
}
