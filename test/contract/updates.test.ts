import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage, Peer } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  ActiveDirectory,
  AppSetting,
  type AuroraPostgresProps,
  AvailabilityTarget,
  Cache,
  ClinicalTier,
  Compute,
  Database,
  DatabaseCapacity,
  DatabaseProxy,
  type DataVolume,
  DocumentStore,
  type Ec2FleetComputeProps,
  type FargateComputeProps,
  FileShare,
  FixedAddresses,
  type FsxWindowsFileShareProps,
  HealthProfile,
  type HttpsIngressProps,
  Ingress,
  type MllpFeed,
  MultiAzClinicalApp,
  type MultiAzClinicalAppProps,
  Network,
  PrivateDnsName,
  ProbeProtocol,
  type RdsSqlServerProps,
  RdsStorage,
  ResilienceObjectives,
  type StatefulPairComputeProps,
  TableStore,
  TransportEncryption,
  Waf,
  ZonalAutoshift,
} from '../../src';
import type { Template } from '../support/example';
import { isStateful, keepsName, type TemplateChange, templateChanges } from '../support/template-changes';

/**
 * A system is changed more often than it is lost. What its people change every month (images, sizes, certificates, feeds, a zone more)
 * replaces nothing that holds data, an address or a connection; what cannot be changed like that is listed here with what becomes of
 * it, and in "Changing a system" of src/app/README.md. What replaces a resource is read from the CloudFormation schemas
 * (@aws-cdk/aws-service-spec).
 */
type Definition = (stack: Stack) => MultiAzClinicalAppProps;

const ENV = { account: '111111111111', region: 'us-east-1' };
const hourly = { rto: Duration.hours(8), rpo: Duration.hours(2) };
const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  deletion: hourly,
  corruption: hourly,
});
const health = HealthProfile.http('/readyz', { startup: Duration.seconds(60) });
const sources = [Peer.ipv4('10.99.0.0/16')];
const feeds: MllpFeed[] = [
  { name: 'adt', port: 2575, targetPort: 6661 },
  { name: 'oru', port: 2576, targetPort: 6662 },
];
const third: MllpFeed = { name: 'siu', port: 2577, targetPort: 6663 };

interface PortalChange {
  readonly systemName?: string;
  readonly compute?: Partial<FargateComputeProps>;
  readonly database?: Partial<AuroraPostgresProps>;
  readonly ingress?: Partial<HttpsIngressProps>;
  readonly certificate?: string;
  readonly cacheNodes?: string;
  readonly byWard?: boolean;
  readonly tableKey?: string;
  readonly zones?: number;
  readonly app?: Partial<MultiAzClinicalAppProps>;
}

/** Containers behind HTTPS, with every store that is not a file share. */
function portal(change: PortalChange = {}): Definition {
  const byWard = { indexName: 'byWard', partitionKey: { name: 'ward', type: AttributeType.STRING } };
  return (stack) => ({
    systemName: change.systemName ?? 'portal',
    objectives,
    network: Network.dedicated({ zoneCount: change.zones ?? 3 }),
    compute: Compute.fargate({ image: image('a'), port: 8080, peakTasks: 4, ...change.compute }),
    database: Database.auroraPostgres({ databaseName: 'portal', ...change.database }),
    documents: DocumentStore.s3(),
    cache: Cache.valkey({ nodeType: change.cacheNodes ?? 'cache.t4g.medium' }),
    tables: {
      visits: TableStore.dynamoDb({
        partitionKey: { name: change.tableKey ?? 'visit', type: AttributeType.STRING },
        globalSecondaryIndexes: change.byWard ? [byWard] : [],
      }),
    },
    ingress: [
      Ingress.https({
        domainName: 'portal.example.org',
        hostedZone: zone(stack),
        certificate: change.certificate ? certificate(stack, change.certificate) : undefined,
        ...change.ingress,
      }),
    ],
    health,
    ...change.app,
  });
}

interface LaboratoryChange {
  readonly share?: string;
  readonly compute?: Partial<Ec2FleetComputeProps>;
  readonly database?: Partial<RdsSqlServerProps>;
  readonly scans?: Partial<FsxWindowsFileShareProps>;
  readonly scansUnder?: string;
  readonly feeds?: MllpFeed[];
  readonly addresses?: FixedAddresses;
  readonly zones?: number;
  readonly ways?: 'without feeds' | 'the other way round';
}

/** What a vendor delivers for Windows: machines behind HTTPS and feeds, SQL Server, a share. */
function laboratory(change: LaboratoryChange = {}): Definition {
  return (stack) => {
    const https = Ingress.https({ domainName: 'lab.example.org', hostedZone: zone(stack), internetFacing: false });
    const mllp = Ingress.mllp({
      feeds: change.feeds ?? feeds,
      sources,
      encryption: TransportEncryption.tlsPassThrough(),
      addresses: change.addresses,
    });
    return {
      systemName: 'lab',
      objectives,
      network: Network.dedicated({ zoneCount: change.zones ?? 3 }),
      compute: Compute.ec2Fleet({
        machineImage: MachineImage.genericWindows({ 'us-east-1': 'ami-0123456789abcdef0' }),
        instanceType: new InstanceType('m7i.xlarge'),
        port: 8080,
        additionalPorts: [6661, 6662, 6663],
        peakInstances: 4,
        ...change.compute,
      }),
      database: Database.rdsSqlServer({
        instanceType: new InstanceType('r6i.xlarge'),
        storage: RdsStorage.gp3({ size: Size.gibibytes(400) }),
        ...change.database,
      }),
      files: {
        [change.share ?? 'scans']: FileShare.fsxWindows({
          activeDirectory: ActiveDirectory.managed('d-1234567890'),
          storageCapacity: Size.tebibytes(2),
          encryptionKey: change.scansUnder ? key(stack, change.scansUnder) : undefined,
          ...change.scans,
        }),
      },
      ingress: { 'without feeds': [https], 'the other way round': [mllp, https], as: [https, mllp] }[
        change.ways ?? 'as'
      ],
      health,
    };
  };
}

const volume: DataVolume = { deviceName: '/dev/sdf', size: Size.gibibytes(100), iops: 3000 };

/** Two members that mirror each other, and an arbiter. */
function mirror(change: Partial<StatefulPairComputeProps> = {}, zones = 3): Definition {
  return (stack) => ({
    systemName: 'iris',
    objectives,
    network: Network.dedicated({ zoneCount: zones }),
    compute: Compute.statefulPair({
      machineImage: linux('ami-0123456789abcdef0'),
      instanceType: new InstanceType('r7i.large'),
      port: 52773,
      additionalPorts: [1972],
      memberPorts: [1972, 2188],
      arbiter: { port: 2188 },
      dataVolumes: [volume],
      failover: { time: Duration.seconds(20), source: 'an exercise' },
      ...change,
    }),
    ingress: [
      Ingress.https({ domainName: 'iris.example.org', hostedZone: zone(stack), internetFacing: false }),
      Ingress.tcp({
        ports: [{ name: 'sql', port: 1972 }],
        sources,
        encryption: TransportEncryption.tlsPassThrough(),
      }),
    ],
    health,
  });
}

interface EngineChange {
  readonly digest?: string;
  readonly feeds?: MllpFeed[];
  readonly certificate?: string;
  readonly sitesUnder?: string;
  readonly databaseInstances?: string;
  readonly addresses?: FixedAddresses;
  readonly zones?: number;
}

/** What runs once, behind feeds on public addresses, with files and MySQL. */
function engine(change: EngineChange = {}): Definition {
  return (stack) => ({
    systemName: 'engine',
    objectives: ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, {
      biaReference: 'BIA-1',
      deletion: hourly,
      corruption: hourly,
    }),
    network: Network.dedicated({ zoneCount: change.zones ?? 3 }),
    compute: Compute.activePassive({
      image: image(change.digest ?? 'a'),
      port: 8080,
      additionalPorts: [6661, 6662, 6663],
      mounts: [{ share: 'sites', containerPath: '/srv' }],
    }),
    database: Database.rdsMysql({
      instanceType: new InstanceType(change.databaseInstances ?? 'm7g.large'),
      storage: RdsStorage.gp3({ size: Size.gibibytes(100) }),
      databaseName: 'engine',
    }),
    files: { sites: FileShare.efs({ encryptionKey: change.sitesUnder ? key(stack, change.sitesUnder) : undefined }) },
    ingress: [
      Ingress.mllp({
        feeds: change.feeds ?? feeds,
        sources,
        encryption: TransportEncryption.tlsTermination({
          certificate: certificate(stack, change.certificate ?? 'one'),
        }),
        domainName: 'hl7.example.org',
        hostedZone: zone(stack),
        addresses: change.addresses ?? FixedAddresses.elasticIps(),
      }),
    ],
    health,
  });
}

interface PartnerChange {
  readonly named?: boolean;
  readonly principals?: string[];
  readonly acceptanceRequired?: boolean;
  readonly zones?: number;
}

/** What is offered to other accounts through AWS PrivateLink. */
function partners(change: PartnerChange = {}): Definition {
  return (stack) => ({
    systemName: 'partners',
    objectives,
    network: Network.dedicated({ zoneCount: change.zones ?? 3 }),
    compute: Compute.fargate({ image: image('a'), port: 8080, peakTasks: 4 }),
    database: Database.rdsPostgres({
      instanceType: new InstanceType('m6gd.large'),
      storage: RdsStorage.gp3({ size: Size.gibibytes(100) }),
      databaseName: 'partners',
      multiAzCluster: true,
    }),
    ingress: [
      Ingress.privateLink({
        ingress: Ingress.https({ domainName: 'lab.example.org', hostedZone: zone(stack), internetFacing: false }),
        allowedPrincipals: change.principals ?? ['arn:aws:iam::222233334444:root'],
        acceptanceRequired: change.acceptanceRequired,
        privateDnsName: change.named ? PrivateDnsName.of('lab.example.org', { hostedZone: zone(stack) }) : undefined,
      }),
    ],
    health,
  });
}

const proxied = { proxy: DatabaseProxy.passwords() };
const before = {
  portal: templateOf(portal()),
  laboratory: templateOf(laboratory()),
  mirror: templateOf(mirror()),
  engine: templateOf(engine()),
  partners: templateOf(partners()),
  proxied: templateOf(portal({ database: proxied, zones: 2 })),
};
type System = keyof typeof before;

describe('replaces nothing that holds data, an address or a connection', () => {
  test.each<[string, System, Definition]>([
    [
      'a release of a portal, with everything around it a size larger and watched',
      'portal',
      portal({
        compute: { image: image('b'), cpu: 2048, memoryLimitMiB: 8192, environment: { MODE: AppSetting.of('new') } },
        database: {
          capacity: DatabaseCapacity.serverlessV2({ minAcu: 16, maxAcu: 96 }),
          proxy: DatabaseProxy.passwords(),
        },
        certificate: 'of the hospital',
        ingress: { waf: Waf.managedRules({ rateLimit: 20_000 }) },
        cacheNodes: 'cache.r7g.large',
        byWard: true,
        app: {
          availabilityTarget: AvailabilityTarget.percent(99.9),
          zonalAutoshift: ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' }),
          watchUnusualLoad: true,
        },
      }),
    ],
    ['a fourth zone for a portal', 'portal', portal({ zones: 4 })],
    [
      'a release of a vendor application, larger, with a feed more and one renamed',
      'laboratory',
      laboratory({
        compute: {
          machineImage: MachineImage.genericWindows({ 'us-east-1': 'ami-0fedcba9876543210' }),
          instanceType: new InstanceType('m7i.2xlarge'),
          alternativeInstanceTypes: [new InstanceType('m6i.2xlarge')],
        },
        database: {
          instanceType: new InstanceType('r6i.2xlarge'),
          storage: RdsStorage.gp3({ size: Size.gibibytes(800) }),
        },
        scans: { storageCapacity: Size.tebibytes(4) },
        feeds: [third, { ...feeds[0], name: 'admissions' }, feeds[1]],
      }),
    ],
    ['a fourth zone for machines', 'laboratory', laboratory({ zones: 4 })],
    [
      'a pair with another disk, a larger one, and one more port',
      'mirror',
      mirror({
        dataVolumes: [
          { ...volume, size: Size.gibibytes(200) },
          { ...volume, deviceName: '/dev/sdg' },
        ],
        additionalPorts: [1972, 1973],
      }),
    ],
    ['a fourth zone beside a pair', 'mirror', mirror({}, 4)],
    [
      'a release of an engine, with another certificate, a feed more and a larger database',
      'engine',
      engine({ digest: 'b', certificate: 'two', feeds: [...feeds, third], databaseInstances: 'm7g.xlarge' }),
    ],
    ['a fourth zone with a public address', 'engine', engine({ zones: 4 })],
    [
      'another partner, a name of its own and a fourth zone',
      'partners',
      partners({ named: true, principals: ['arn:aws:iam::555566667777:root'], acceptanceRequired: false, zones: 4 }),
    ],
  ])('%s', (_, system, definition) => {
    const is = templateOf(definition);
    const changes = templateChanges(before[system], is);
    expect(changes.length).toBeGreaterThan(0);
    expect(upheavals(before[system], is)).toEqual([]);
  });
});

/**
 * What becomes of what is replaced or removed: `refused` and rolled back because its name is taken, `kept` out of the stack, `gone`,
 * `moved` to another port, or `stopped` and started where the schema says that it may be replaced and the page of the resource says when.
 */
describe('does so, and README.md says what becomes of it:', () => {
  test.each<[string, System, Definition, string[]]>([
    ['a feed less', 'laboratory', laboratory({ feeds: feeds.slice(1) }), ['gone Listener', 'gone TargetGroup']],
    [
      'a feed that another port of the application answers',
      'laboratory',
      laboratory({ feeds: [{ ...feeds[0], targetPort: 6663 }, feeds[1]] }),
      ['gone TargetGroup'],
    ],
    ['another port of the application', 'portal', portal({ compute: { port: 9090 } }), ['gone TargetGroup']],
    [
      'TLS to the application instead of HTTP',
      'portal',
      portal({ app: { health: HealthProfile.http('/readyz', { protocol: ProbeProtocol.HTTPS }) } }),
      ['gone TargetGroup'],
    ],
    [
      'another way round of ways in',
      'laboratory',
      laboratory({ ways: 'the other way round' }),
      [
        'gone Listener',
        'gone LoadBalancer',
        'gone RecordSet',
        'gone TargetGroup',
        'kept Bucket',
        'kept Key',
        'kept LogGroup',
      ],
    ],
    [
      'a way in less',
      'laboratory',
      laboratory({ ways: 'without feeds' }),
      ['gone Listener', 'gone LoadBalancer', 'gone TargetGroup'],
    ],
    [
      'an address inside instead of on the internet',
      'engine',
      engine({ addresses: FixedAddresses.assigned() }),
      ['gone Listener', 'gone LoadBalancer', 'kept EIP'],
    ],
    [
      'a way in that is on the internet no more',
      'portal',
      portal({ ingress: { internetFacing: false } }),
      ['gone Listener', 'gone LoadBalancer'],
    ],
    ['another domain name', 'portal', portal({ ingress: { domainName: 'patients.example.org' } }), ['gone RecordSet']],
    ['a zone less', 'laboratory', laboratory({ zones: 2 }), ['gone EIP', 'gone NatGateway', 'gone Subnet']],
    [
      'a third zone before a proxy',
      'proxied',
      portal({ database: proxied, zones: 3 }),
      ['refused DBProxy', 'refused DBProxyEndpoint'],
    ],
    [
      'another name of the database',
      'portal',
      portal({ database: { databaseName: 'other' } }),
      ['refused DBCluster', 'refused DBInstance'],
    ],
    [
      'another collation of SQL Server',
      'laboratory',
      laboratory({ database: { collation: 'SQL_Latin1_General_CP1_CS_AS' } }),
      ['refused DBInstance'],
    ],
    ['another port of a DB instance', 'laboratory', laboratory({ database: { port: 1533 } }), ['refused DBInstance']],
    ['another port of a cluster, which takes it', 'portal', portal({ database: { port: 6543 } }), []],
    ['another key of a table', 'portal', portal({ tableKey: 'encounter' }), ['refused GlobalTable']],
    [
      'another name of a share',
      'laboratory',
      laboratory({ share: 'pictures' }),
      ['kept FileSystem', 'kept Key', 'kept LogGroup'],
    ],
    [
      'another directory of a Windows share',
      'laboratory',
      laboratory({ scans: { activeDirectory: ActiveDirectory.managed('d-0987654321') } }),
      ['kept FileSystem'],
    ],
    [
      'another customer key of a Windows share',
      'laboratory',
      laboratory({ scansUnder: 'new' }),
      ['kept FileSystem', 'kept Key'],
    ],
    [
      'another customer key of a share on Amazon EFS',
      'engine',
      engine({ sitesUnder: 'new' }),
      ['gone AccessPoint', 'gone MountTarget', 'kept FileSystem', 'kept Key'],
    ],
    [
      'another image of a pair',
      'mirror',
      mirror({ machineImage: linux('ami-0fedcba9876543210') }),
      ['gone Instance', 'refused VolumeAttachment'],
    ],
    [
      'another disk of a pair before the one there is',
      'mirror',
      mirror({ dataVolumes: [{ ...volume, deviceName: '/dev/sdg' }, volume] }),
      ['refused VolumeAttachment'],
    ],
    [
      'another size of a member',
      'mirror',
      mirror({ secondInstanceType: new InstanceType('r7i.xlarge') }),
      ['stopped Instance'],
    ],
    [
      'other addresses of a pair',
      'mirror',
      mirror({ addresses: { first: '10.0.0.20', second: '10.0.32.20', arbiter: '10.0.64.20' } }),
      ['gone Instance', 'gone NetworkInterface', 'refused VolumeAttachment'],
    ],
  ])('%s', (_, system, definition, expected) => {
    expect(upheavals(before[system], templateOf(definition))).toEqual(expected);
  });

  test('another name of the system', () => {
    const stores = ['BackupVault', 'Bucket', 'DBCluster', 'DBInstance', 'GlobalTable', 'LogGroup', 'Secret'];
    expect(upheavals(before.portal, templateOf(portal({ systemName: 'gate' })))).toEqual([
      'gone ReplicationGroup', // a cache
      'gone Service',
      ...stores.map((store) => `kept ${store}`),
    ]);
  });
});

/** Types whose replacement or removal ends connections, or loses what senders were told, beside those that hold something. */
const CARRIES_TRAFFIC = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::EC2::EIP',
  'AWS::EC2::Instance',
  'AWS::EC2::NatGateway',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPCEndpointService',
  'AWS::EC2::VolumeAttachment',
  'AWS::ECS::Service',
  'AWS::EFS::AccessPoint',
  'AWS::EFS::MountTarget',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::RDS::DBProxy',
  'AWS::RDS::DBProxyEndpoint',
];

/**
 * Where the schemas say "may be replaced": https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
 * says stopped and started for an instance whose root device is a volume.
 */
function upheavals(was: Template, is: Template): string[] {
  const found = templateChanges(was, is)
    .filter(({ effect }) => effect !== 'added')
    .filter((change) => change.effect !== 'updated' || movesListener(change))
    .filter(({ type }) => isStateful(type) || CARRIES_TRAFFIC.includes(type))
    .map((change) => `${fateOf(change, was, is)} ${change.type.split('::')[2]}`);
  return [...new Set(found)].sort();
}

/** The schema knows no harm in it, and senders find another feed behind their port. */
function movesListener({ type, paths }: TemplateChange): boolean {
  return type === 'AWS::ElasticLoadBalancingV2::Listener' && paths.includes('Port');
}

function fateOf(change: TemplateChange, was: Template, is: Template): string {
  if (change.effect === 'updated') {
    return 'moved';
  }
  if (change.effect === 'may be replaced') {
    return 'stopped';
  }
  if (change.effect === 'replaced' && keepsName(change, was, is)) {
    return 'refused';
  }
  const { DeletionPolicy, UpdateReplacePolicy } = was.Resources[change.logicalId];
  const policy = change.effect === 'removed' ? DeletionPolicy : UpdateReplacePolicy;
  return policy?.startsWith('Retain') ? 'kept' : 'gone';
}

function templateOf(define: Definition): Template {
  const zones = ['a', 'b', 'c', 'd'].map((letter) => `us-east-1${letter}`);
  const app = new App({ context: { 'availability-zones:account=111111111111:region=us-east-1': zones } });
  const stack = new Stack(app, 'Ehr', { env: ENV });
  new MultiAzClinicalApp(stack, 'Ehr', define(stack));
  return app.synth().getStackByName('Ehr').template;
}

function image(digit: string): ContainerImage {
  return ContainerImage.fromRegistry(`ehr@sha256:${digit.repeat(64)}`);
}

function linux(ami: string) {
  return MachineImage.genericLinux({ 'us-east-1': ami });
}

/** One construct of a name, however often it is asked for. */
function zone(stack: Stack) {
  const found = stack.node.tryFindChild('Zone') as ReturnType<typeof HostedZone.fromHostedZoneAttributes> | undefined;
  return (
    found ??
    HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.org' })
  );
}

function certificate(stack: Stack, name: string) {
  return Certificate.fromCertificateArn(stack, name, `arn:aws:acm:us-east-1:111111111111:certificate/${name}`);
}

function key(stack: Stack, name: string) {
  return Key.fromKeyArn(stack, name, `arn:aws:kms:us-east-1:111111111111:key/${name}`);
}
