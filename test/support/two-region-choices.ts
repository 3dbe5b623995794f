import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage, Peer } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LicenseModel } from 'aws-cdk-lib/aws-rds';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  ActiveDirectory,
  Cache,
  Compute,
  Database,
  DatabaseProxy,
  Deployments,
  DocumentStore,
  Failover,
  FileShare,
  FixedAddresses,
  type ICache,
  type ICompute,
  type IDatabase,
  type IDocumentStore,
  type IFailover,
  type IFileShare,
  type IIngress,
  Ingress,
  type ITableStore,
  OracleEdition,
  PrivateDnsName,
  SqlServerEdition,
  TableStore,
  TransportEncryption,
  Waf,
} from '../../src';
import { SIZE } from './rds';
import { endpoints, routingControlArn } from './routing-control';

/** Regions that Aurora DSQL and strongly consistent tables can have two of, with the third as their witness. */
export const [PRIMARY, RECOVERY, WITNESS] = ['us-east-2', 'us-west-2', 'us-east-1'];
export const ACCOUNT = '111111111111';
const PORT = 8080;

/** Every choice that a system in two Regions is made of, by the name of the factor and of the level. */
export const COMPUTE: Record<string, (shares: string[]) => ICompute> = {
  fargate: (shares) => Compute.fargate({ image: image(), port: PORT, peakTasks: 4, mounts: mounts(shares) }),
  fargateCanary: () => Compute.fargate({ image: image(), port: PORT, peakTasks: 4, deployments: Deployments.canary() }),
  activePassive: (shares) => Compute.activePassive({ image: image(), port: PORT, mounts: mounts(shares) }),
  ec2Fleet: () =>
    Compute.ec2Fleet({
      machineImage: ami(),
      instanceType: new InstanceType('m7i.large'),
      port: PORT,
      peakInstances: 4,
    }),
  statefulPair: () =>
    Compute.statefulPair({
      machineImage: ami(),
      instanceType: new InstanceType('r7i.large'),
      port: PORT,
      memberPorts: [1972, 2188],
      arbiter: { port: 2188 },
      dataVolumes: [{ deviceName: '/dev/sdf', size: Size.gibibytes(100), iops: 3000 }],
      failover: { time: Duration.seconds(20), source: 'an exercise' },
    }),
};

export const DATABASE: Record<string, () => IDatabase | undefined> = {
  none: () => undefined,
  auroraPostgres: () => Database.auroraPostgres({ databaseName: 'ehr' }),
  auroraPostgresProxy: () => Database.auroraPostgres({ databaseName: 'ehr', proxy: DatabaseProxy.passwords() }),
  auroraMysql: () => Database.auroraMysql({ databaseName: 'ehr' }),
  auroraDsqlOfOneRegion: () => Database.auroraDsql(),
  auroraDsqlOfTwo: () =>
    Database.auroraDsql({
      multiRegion: {
        witnessRegion: WITNESS,
        clusterArns: [PRIMARY, RECOVERY].map(
          (region, i) => `arn:aws:dsql:${region}:${ACCOUNT}:cluster/${'ab'[i].repeat(26)}`,
        ),
      },
    }),
  rdsPostgres: () => Database.rdsPostgres({ ...SIZE, databaseName: 'ehr' }),
  rdsPostgresCluster: () => Database.rdsPostgres({ ...SIZE, databaseName: 'ehr', multiAzCluster: true }),
  rdsPostgresProxy: () =>
    Database.rdsPostgres({ ...SIZE, databaseName: 'ehr', proxy: DatabaseProxy.iam({ databaseUsers: ['app'] }) }),
  rdsMysql: () => Database.rdsMysql({ ...SIZE, databaseName: 'ehr' }),
  rdsSqlServer: () => Database.rdsSqlServer(SIZE),
  rdsSqlServerFollowed: () =>
    Database.rdsSqlServer({
      ...SIZE,
      instanceType: new InstanceType('r6i.xlarge'),
      edition: SqlServerEdition.ENTERPRISE,
      acknowledgeLoginsNotReplicated: 'a test',
    }),
  rdsOracle: () =>
    Database.rdsOracle({
      ...SIZE,
      edition: OracleEdition.ENTERPRISE,
      licenseModel: LicenseModel.BRING_YOUR_OWN_LICENSE,
    }),
};

export const DOCUMENTS: Record<string, () => IDocumentStore | undefined> = {
  none: () => undefined,
  s3: () => DocumentStore.s3(),
};

export const FILES: Record<string, () => Record<string, IFileShare>> = {
  none: () => ({}),
  efs: () => ({ sites: FileShare.efs() }),
  fsxWindows: () => ({
    archive: FileShare.fsxWindows({
      activeDirectory: ActiveDirectory.managed('d-1234567890'),
      storageCapacity: Size.tebibytes(2),
    }),
  }),
  fsxOntap: () => ({ archive: FileShare.fsxOntap({ storageCapacity: Size.tebibytes(2) }) }),
};

export const TABLES: Record<string, () => Record<string, ITableStore>> = {
  none: () => ({}),
  dynamoDb: () => ({ visits: TableStore.dynamoDb(VISITS) }),
  dynamoDbWitness: () => ({ visits: TableStore.dynamoDb({ ...VISITS, witnessRegion: WITNESS }) }),
};
const VISITS = { partitionKey: { name: 'visit', type: AttributeType.STRING } };

export const CACHE: Record<string, () => ICache | undefined> = {
  none: () => undefined,
  valkey: () => Cache.valkey({ nodeType: 'cache.t4g.medium' }),
  valkeyThatFollows: () => Cache.valkey({ nodeType: 'cache.m7g.large', globalDatastore: true }),
};

export const INGRESS: Record<string, (stack: Stack) => IIngress[]> = {
  https: (stack) => [Ingress.https({ domainName: 'ehr.example.org', hostedZone: zone(stack) })],
  httpsInternal: (stack) => [
    Ingress.https({
      domainName: 'ehr.example.org',
      hostedZone: zone(stack),
      internetFacing: false,
      waf: Waf.none({ reason: 'reachable from the hospital network only' }),
    }),
  ],
  mllp: (stack) => [
    Ingress.mllp({
      feeds: [{ name: 'adt', port: 2575, targetPort: PORT }],
      sources: [Peer.ipv4('10.99.0.0/16')],
      encryption: TransportEncryption.tlsTermination(),
      addresses: FixedAddresses.elasticIps(),
      domainName: 'hl7.example.org',
      hostedZone: zone(stack),
    }),
  ],
  dicom: () => [
    Ingress.dicom({
      applicationEntities: [{ title: 'ARCHIVE', port: 2762, targetPort: PORT }],
      sources: [Peer.ipv4('10.99.0.0/16')],
      encryption: TransportEncryption.tlsPassThrough(),
    }),
  ],
  tcp: () => [
    Ingress.tcp({
      protocol: 'ASTM',
      ports: [{ name: 'analyzers', port: 4000, targetPort: PORT }],
      sources: [Peer.ipv4('10.99.0.0/16')],
      encryption: TransportEncryption.tlsPassThrough(),
    }),
  ],
  privateLink: (stack) => [
    Ingress.privateLink({
      ingress: Ingress.https({ domainName: 'ehr.example.org', hostedZone: zone(stack), internetFacing: false }),
      allowedPrincipals: ['arn:aws:iam::222233334444:root'],
      privateDnsName: PrivateDnsName.of('ehr.example.org'),
    }),
  ],
};

export const FAILOVER: Record<string, (recoveryStack: Stack) => IFailover> = {
  dns: () => Failover.dns(),
  manual: () =>
    Failover.manual({
      decisionTime: Duration.minutes(5),
      redirectionTime: Duration.minutes(5),
      procedure: 'RUN-17',
    }),
  routingControl: () => Failover.routingControl({ routingControlArn, endpoints }),
  regionSwitch: (stack) => Failover.regionSwitch({ approvers: Role.fromRoleName(stack, 'Leads', 'leads') }),
};

/** AWS Fargate mounts Amazon EFS only. */
function mounts(shares: string[]) {
  return shares.filter((share) => share === 'sites').map((share) => ({ share, containerPath: `/mnt/${share}` }));
}

function image(): ContainerImage {
  return ContainerImage.fromRegistry(`ehr@sha256:${'0'.repeat(64)}`);
}

function ami() {
  return MachineImage.genericLinux({ [PRIMARY]: 'ami-0123456789abcdef0', [RECOVERY]: 'ami-0fedcba9876543210' });
}

function zone(stack: Stack) {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z0123456789EXAMPLE',
    zoneName: 'example.org',
  });
}
