import { App, CfnResource, Duration, aws_route53 as route53, Stack } from 'aws-cdk-lib';
import * as amazonmq from 'aws-cdk-lib/aws-amazonmq';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { type Assessment, assess, readAssembly } from '../../src/assessment/judge';
import { DEFAULT_OBJECTIVES } from '../../src/assessment/systems';
import { ClinicalTier, FailureScope, ResilienceObjectives } from '../../src/core';

/**
 * A hospital's clinical tier in plain CDK, twelve single points of failure to plant in it, and what the judge must say to each.
 * Five published checkers together find three of the twelve.
 */
interface Faults {
  readonly oneNatGateway?: boolean;
  readonly endpointInOneZone?: boolean;
  readonly oneTask?: boolean;
  readonly spotOnly?: boolean;
  readonly nlbInOneSubnet?: boolean;
  readonly writerOnly?: boolean;
  readonly oneZoneFiles?: boolean;
  readonly cacheWithoutReplica?: boolean;
  readonly lambdaInOneSubnet?: boolean;
  readonly groupInOneSubnet?: boolean;
  readonly singleBroker?: boolean;
  readonly headlessSecondary?: boolean;
}

const { COMPONENT, AVAILABILITY_ZONE: ZONE, CONTROL_PLANE, REGION } = FailureScope;

/**
 * The hospital's own objectives. EFS replicates within 15 minutes and is backed up hourly at best, so the preset's 5 and 15
 * minutes cannot be met with a file system in the system.
 */
const OBJECTIVES = {
  source: 'BUSINESS_IMPACT_ANALYSIS',
  scopes: {
    DELETION: { rtoSeconds: 14_400, rpoSeconds: 3600 },
    CORRUPTION: { rtoSeconds: 86_400, rpoSeconds: 3600 },
    REGION: { rtoSeconds: 14_400, rpoSeconds: 900, rtoReadOnlySeconds: 900 },
    TWO_AVAILABILITY_ZONES: { rtoSeconds: 14_400, rpoSeconds: 900, rtoReadOnlySeconds: 900 },
  },
};
const SYSTEMS = {
  systems: {
    Main: { systemName: 'ehr', bornAs: 'PRIMARY', tier: 'LIFE_CRITICAL', objectives: OBJECTIVES },
    Recovery: { systemName: 'ehr', bornAs: 'RECOVERY' },
  },
};

/** The fault, the resource that must be named, and the scopes it must be named in. */
const PLANTED: [fault: keyof Faults, resource: RegExp, scopes: FailureScope[]][] = [
  ['oneNatGateway', /^Main\/Vpc\/PublicSubnet1\/NATGateway$/, [ZONE]],
  ['endpointInOneZone', /^Main\/Vpc\/Secrets$/, [ZONE]],
  ['oneTask', /^Main\/Web\/Service$/, [CONTROL_PLANE]],
  ['spotOnly', /^Main\/Web\/Service$/, [COMPONENT, CONTROL_PLANE]],
  ['nlbInOneSubnet', /^Main\/Mllp$/, [ZONE]],
  ['writerOnly', /^Main\/Database$/, [COMPONENT, ZONE, CONTROL_PLANE]],
  ['oneZoneFiles', /^Main\/Files$/, [ZONE]],
  ['cacheWithoutReplica', /^Main\/Cache$/, [ZONE, CONTROL_PLANE]],
  ['lambdaInOneSubnet', /^Main\/Worker$/, [ZONE]],
  ['groupInOneSubnet', /^Main\/Engine\/ASG$/, [ZONE]],
  ['singleBroker', /^Main\/Broker$/, [ZONE, CONTROL_PLANE]],
  ['headlessSecondary', /^Recovery\/Database$/, [REGION]],
];

const ACCOUNT = '111122223333';
const ZONE_OF_NAMES = { hostedZoneId: 'Z1', zoneName: 'example.org' };
const VAULT_ELSEWHERE = `arn:aws:backup:us-west-2:444455556666:backup-vault:records`;

/** What both Regions have: a web tier, a message listener, an engine, a worker, and what they keep data in. */
class Hospital extends Stack {
  public readonly vpc: ec2.Vpc;
  private readonly database: ec2.SecurityGroup;

  public constructor(
    scope: Construct,
    id: string,
    region: string,
    private readonly faults: Faults,
    private readonly secondary: boolean,
  ) {
    super(scope, id, { env: { account: ACCOUNT, region } });
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: ['a', 'b', 'c'].map((letter) => `${region}${letter}`),
      natGateways: faults.oneNatGateway ? 1 : 3,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'App', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'Data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    this.database = new ec2.SecurityGroup(this, 'DataGroup', { vpc: this.vpc });
    this.vpc.addInterfaceEndpoint('Secrets', {
      service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
      subnets: this.subnets('App', faults.endpointInOneZone),
    });
    this.addDatabase();
    this.addFiles();
    this.addCacheAndBroker();
    this.addWeb();
    this.addEngine();
    this.addWorker();
    this.addBackup();
  }

  private subnets(name: string, one?: boolean): ec2.SubnetSelection {
    const { subnets } = this.vpc.selectSubnets({ subnetGroupName: name });
    return { subnets: one ? subnets.slice(0, 1) : subnets };
  }

  private addDatabase(): void {
    const group = new rds.CfnDBSubnetGroup(this, 'DatabaseSubnets', {
      dbSubnetGroupDescription: 'data subnets',
      subnetIds: this.vpc.selectSubnets({ subnetGroupName: 'Data' }).subnetIds,
    });
    const cluster = new rds.CfnDBCluster(this, 'Database', {
      engine: 'aurora-postgresql',
      engineVersion: '16.6',
      globalClusterIdentifier: 'ehr',
      dbSubnetGroupName: group.ref,
      vpcSecurityGroupIds: [this.database.securityGroupId],
      backupRetentionPeriod: 35,
      deletionProtection: true,
      storageEncrypted: true,
      tags: [{ key: 'backup', value: 'yes' }],
      ...(this.secondary ? {} : { masterUsername: 'ehr', manageMasterUserPassword: true }),
    });
    const count = this.secondary ? (this.faults.headlessSecondary ? 0 : 2) : this.faults.writerOnly ? 1 : 2;
    for (let index = 0; index < count; index++) {
      new rds.CfnDBInstance(this, `Database${index}`, {
        engine: 'aurora-postgresql',
        dbClusterIdentifier: cluster.ref,
        dbInstanceClass: 'db.r7g.large',
      });
    }
  }

  private addFiles(): void {
    const oneZone = this.faults.oneZoneFiles && !this.secondary;
    const files = new efs.CfnFileSystem(this, 'Files', {
      encrypted: true,
      availabilityZoneName: oneZone ? this.vpc.availabilityZones[0] : undefined,
      fileSystemTags: [{ key: 'backup', value: 'yes' }],
      replicationConfiguration: this.secondary ? undefined : { destinations: [{ region: 'us-west-2' }] },
    });
    for (const [index, subnet] of (this.subnets('Data', oneZone).subnets ?? []).entries()) {
      new efs.CfnMountTarget(this, `Files${index}`, {
        fileSystemId: files.ref,
        subnetId: subnet.subnetId,
        securityGroups: [this.database.securityGroupId],
      });
    }
  }

  private addCacheAndBroker(): void {
    const single = this.faults.cacheWithoutReplica;
    const group = new elasticache.CfnSubnetGroup(this, 'CacheSubnets', {
      description: 'data subnets',
      subnetIds: this.vpc.selectSubnets({ subnetGroupName: 'Data' }).subnetIds,
    });
    new elasticache.CfnReplicationGroup(this, 'Cache', {
      replicationGroupDescription: 'sessions',
      cacheNodeType: 'cache.r7g.large',
      numCacheClusters: single ? 1 : 2,
      automaticFailoverEnabled: !single,
      multiAzEnabled: !single,
      cacheSubnetGroupName: group.ref,
      securityGroupIds: [this.database.securityGroupId],
    });
    const one = this.faults.singleBroker;
    new amazonmq.CfnBroker(this, 'Broker', {
      brokerName: 'hl7',
      deploymentMode: one ? 'SINGLE_INSTANCE' : 'ACTIVE_STANDBY_MULTI_AZ',
      engineType: 'ACTIVEMQ',
      hostInstanceType: 'mq.m5.large',
      publiclyAccessible: false,
      users: [{ username: 'engine', password: '{{resolve:secretsmanager:mq}}' }],
      subnetIds: this.vpc.selectSubnets({ subnetGroupName: 'Data' }).subnetIds.slice(0, one ? 1 : 2),
      securityGroups: [this.database.securityGroupId],
    });
  }

  private addWeb(): void {
    const cluster = new ecs.Cluster(this, 'Cluster', { vpc: this.vpc, enableFargateCapacityProviders: true });
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'Task');
    taskDefinition.addContainer('Web', {
      image: ecs.ContainerImage.fromRegistry('example/ehr'),
      portMappings: [{ containerPort: 8080 }],
    });
    const service = new ecs.FargateService(this, 'Web', {
      cluster,
      taskDefinition,
      desiredCount: this.faults.oneTask ? 1 : 3,
      vpcSubnets: this.subnets('App'),
      capacityProviderStrategies: this.faults.spotOnly ? [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] : undefined,
    });
    this.database.connections.allowFrom(service, ec2.Port.allTcp());
    const balancer = new elb.ApplicationLoadBalancer(this, 'Alb', { vpc: this.vpc, vpcSubnets: this.subnets('App') });
    balancer.addListener('Http', { port: 80 }).addTargets('Web', {
      port: 8080,
      targets: [service],
      healthCheck: { interval: Duration.seconds(10), unhealthyThresholdCount: 2, timeout: Duration.seconds(5) },
    });
    this.addNames('ehr', balancer);
  }

  private addEngine(): void {
    const group = new autoscaling.AutoScalingGroup(this, 'Engine', {
      vpc: this.vpc,
      vpcSubnets: this.subnets('App', this.faults.groupInOneSubnet),
      minCapacity: 2,
      maxCapacity: 4,
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      instanceType: new ec2.InstanceType('m7i.large'),
    });
    this.database.connections.allowFrom(group, ec2.Port.allTcp());
    const balancer = new elb.NetworkLoadBalancer(this, 'Mllp', {
      vpc: this.vpc,
      vpcSubnets: this.subnets('App', this.faults.nlbInOneSubnet),
    });
    balancer.addListener('Mllp', { port: 2575 }).addTargets('Engine', {
      port: 2575,
      targets: [group],
      healthCheck: { interval: Duration.seconds(10), unhealthyThresholdCount: 2 },
    });
    this.addNames('mllp', balancer);
  }

  /** Failover records with a health check: users move to the other Region without anybody acting. */
  private addNames(name: string, balancer: elb.ILoadBalancerV2): void {
    const healthCheck = new route53.CfnHealthCheck(this, `${name}Health`, {
      healthCheckConfig: { type: 'TCP', port: 443, ipAddress: '192.0.2.1', requestInterval: 10, failureThreshold: 3 },
    });
    new route53.CfnRecordSet(this, `${name}Name`, {
      hostedZoneId: ZONE_OF_NAMES.hostedZoneId,
      name: `${name}.${ZONE_OF_NAMES.zoneName}`,
      type: 'A',
      failover: this.secondary ? 'SECONDARY' : 'PRIMARY',
      setIdentifier: this.region,
      healthCheckId: healthCheck.ref,
      aliasTarget: {
        dnsName: balancer.loadBalancerDnsName,
        hostedZoneId: 'Z2',
        evaluateTargetHealth: true,
      },
    });
  }

  private addWorker(): void {
    const worker = new lambda.Function(this, 'Worker', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      vpc: this.vpc,
      vpcSubnets: this.subnets('App', this.faults.lambdaInOneSubnet),
    });
    this.database.connections.allowFrom(worker, ec2.Port.allTcp());
  }

  private addBackup(): void {
    const plan = new backup.BackupPlan(this, 'Plan', {
      backupVault: new backup.BackupVault(this, 'Vault'),
      backupPlanRules: [
        new backup.BackupPlanRule({
          scheduleExpression: events.Schedule.cron({ minute: '0' }),
          deleteAfter: Duration.days(90),
          copyActions: [
            {
              destinationBackupVault: backup.BackupVault.fromBackupVaultArn(this, 'Elsewhere', VAULT_ELSEWHERE),
              deleteAfter: Duration.days(90),
            },
          ],
        }),
        new backup.BackupPlanRule({
          enableContinuousBackup: true,
          scheduleExpression: events.Schedule.cron({ minute: '0', hour: '1' }),
          deleteAfter: Duration.days(35),
        }),
      ],
    });
    plan.addSelection('Records', { resources: [backup.BackupResource.fromTag('backup', 'yes')] });
  }
}

function judge(faults: Faults): Assessment {
  const app = new App();
  const main = new Hospital(app, 'Main', 'us-east-1', faults, false);
  const recovery = new Hospital(app, 'Recovery', 'us-west-2', { headlessSecondary: faults.headlessSecondary }, true);
  for (const stack of [main, recovery]) {
    for (const [router, ipAddress] of [
      ['One', '192.0.2.9'],
      ['Two', '198.51.100.9'],
    ]) {
      const customer = new ec2.CfnCustomerGateway(stack, `Router${router}`, {
        ipAddress,
        type: 'ipsec.1',
        bgpAsn: 65000,
      });
      new CfnResource(stack, `Link${router}`, {
        type: 'AWS::EC2::VPNConnection',
        properties: { Type: 'ipsec.1', CustomerGatewayId: customer.ref, TransitGatewayId: 'tgw-1' },
      });
    }
  }
  return assess(readAssembly([app.synth().directory]), { systems: SYSTEMS });
}

function findingsOf(assessment: Assessment) {
  return assessment.systems.flatMap(({ findings }) => findings);
}

test('the good design gives no finding and has no single point of failure', () => {
  const assessment = judge({});
  expect(findingsOf(assessment).map(({ scope, resource, chain, fix }) => ({ scope, resource, chain, fix }))).toEqual(
    [],
  );
  expect(assessment.systems.flatMap(({ singlePoints }) => singlePoints)).toEqual([]);
});

test.each(PLANTED)('finds %s alone, and nothing else', (fault, resource, scopes) => {
  const findings = findingsOf(judge({ [fault]: true }));
  for (const scope of scopes) {
    expect(findings.filter((finding) => finding.scope === scope).map((finding) => finding.resource)).toContainEqual(
      expect.stringMatching(resource),
    );
  }
  expect(findings.filter((finding) => !resource.test(finding.resource))).toEqual([]);
});

test('finds all twelve together', () => {
  const all = Object.fromEntries(PLANTED.map(([fault]) => [fault, true]));
  const findings = findingsOf(judge(all));
  const missed = PLANTED.filter(
    ([, resource, scopes]) =>
      !findings.some((finding) => scopes.includes(finding.scope) && resource.test(finding.resource)),
  );
  expect(missed.map(([fault]) => fault)).toEqual([]);
});

test('a system that nobody classified is judged by the preset of the life-critical tier', () => {
  const preset = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL);
  for (const scope of Object.values(FailureScope)) {
    const { rto, rpo, rtoReadOnly } = preset.forScope(scope);
    expect(DEFAULT_OBJECTIVES.scopes[scope]).toEqual({
      rtoSeconds: rto.toSeconds(),
      rpoSeconds: rpo.toSeconds(),
      rtoReadOnlySeconds: rtoReadOnly?.toSeconds(),
    });
  }
});
