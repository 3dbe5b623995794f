import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Duration, Size, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage, Peer } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { LicenseModel } from 'aws-cdk-lib/aws-rds';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  ActiveDirectory,
  AvailabilityTarget,
  Cache,
  ClinicalTier,
  Compute,
  Database,
  DatabaseProxy,
  Deployments,
  DocumentStore,
  FileShare,
  FixedAddresses,
  HealthProfile,
  type ICache,
  type ICompute,
  type IDatabase,
  type IDocumentStore,
  type IFileShare,
  type IIngress,
  Ingress,
  type ITableStore,
  MultiAzClinicalApp,
  type MultiAzClinicalAppProps,
  Network,
  OracleEdition,
  PrivateDnsName,
  ResilienceObjectives,
  TableStore,
  TransportEncryption,
  Waf,
  ZonalAutoshift,
} from '../../src';
import { assess } from '../../src/assessment/assess';
import { readAssembly } from '../../src/assessment/model';
import { type Combination, pairwise } from '../support/pairwise';
import { SIZE } from '../support/rds';

const PORT = 8080;

/** Every choice that a system is made of, by the name of the factor and of the level. */
const COMPUTE: Record<string, (files: string[]) => ICompute> = {
  fargate: (files) => Compute.fargate({ image: image(), port: PORT, peakTasks: 4, mounts: mounts(files) }),
  fargateCanary: () => Compute.fargate({ image: image(), port: PORT, peakTasks: 4, deployments: Deployments.canary() }),
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
  activePassive: (files) => Compute.activePassive({ image: image(), port: PORT, mounts: mounts(files) }),
};
const DATABASE: Record<string, () => IDatabase | undefined> = {
  none: () => undefined,
  auroraPostgres: () => Database.auroraPostgres({ databaseName: 'ehr' }),
  auroraPostgresProxy: () => Database.auroraPostgres({ databaseName: 'ehr', proxy: DatabaseProxy.passwords() }),
  auroraMysql: () => Database.auroraMysql({ databaseName: 'ehr' }),
  auroraDsql: () => Database.auroraDsql(),
  rdsPostgres: () => Database.rdsPostgres({ ...SIZE, databaseName: 'ehr' }),
  rdsPostgresCluster: () => Database.rdsPostgres({ ...SIZE, databaseName: 'ehr', multiAzCluster: true }),
  rdsPostgresProxy: () =>
    Database.rdsPostgres({ ...SIZE, databaseName: 'ehr', proxy: DatabaseProxy.iam({ databaseUsers: ['app'] }) }),
  rdsMysql: () => Database.rdsMysql({ ...SIZE, databaseName: 'ehr' }),
  rdsSqlServer: () => Database.rdsSqlServer(SIZE),
  rdsOracle: () =>
    Database.rdsOracle({
      ...SIZE,
      edition: OracleEdition.ENTERPRISE,
      licenseModel: LicenseModel.BRING_YOUR_OWN_LICENSE,
    }),
};
const DOCUMENTS: Record<string, () => IDocumentStore | undefined> = {
  none: () => undefined,
  s3: () => DocumentStore.s3(),
};
const FILES: Record<string, () => Record<string, IFileShare>> = {
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
const TABLES: Record<string, () => Record<string, ITableStore>> = {
  none: () => ({}),
  dynamoDb: () => ({
    visits: TableStore.dynamoDb({
      partitionKey: { name: 'visit', type: AttributeType.STRING },
      globalSecondaryIndexes: [{ indexName: 'byWard', partitionKey: { name: 'ward', type: AttributeType.STRING } }],
    }),
  }),
};
const CACHE: Record<string, () => ICache | undefined> = {
  none: () => undefined,
  valkey: () => Cache.valkey({ nodeType: 'cache.t4g.medium' }),
};
const INGRESS: Record<string, (stack: Stack) => IIngress[]> = {
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
      feeds: [
        { name: 'adt', port: 2575, targetPort: PORT },
        { name: 'oru', port: 2576, targetPort: PORT },
      ],
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
/** Beyond what every system has: all that watches it, or moves traffic by itself. */
const OPERATIONS: Record<string, (compute: string) => Partial<MultiAzClinicalAppProps>> = {
  plain: () => ({}),
  watched: (compute) => ({
    availabilityTarget: AvailabilityTarget.percent(99.9),
    watchUnusualLoad: true,
    // what runs once cannot lose its zone every week
    zonalAutoshift: compute === 'activePassive' ? undefined : ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' }),
  }),
};
const FACTORS = {
  compute: Object.keys(COMPUTE),
  database: Object.keys(DATABASE),
  documents: Object.keys(DOCUMENTS),
  files: Object.keys(FILES),
  tables: Object.keys(TABLES),
  cache: Object.keys(CACHE),
  ingress: Object.keys(INGRESS),
  operations: Object.keys(OPERATIONS),
  tier: Object.keys(ClinicalTier),
  zones: ['2', '3', '4'],
};
type Factor = keyof typeof FACTORS;

/** What is given, not made. */
const NOT_MADE_HERE: Partial<Record<Factor, string[]>> = { documents: ['existing'] };

const matrix = pairwise<Factor>(FACTORS, buildable);

/** What contradicts itself, and is refused where the construct is made: see the tests of each choice. */
function buildable({ compute, database, ingress, tier, zones }: Combination<Factor>): boolean {
  if (compute === 'fargateCanary' && ['mllp', 'dicom', 'tcp'].includes(ingress)) {
    return false; // connections of feeds stay with the former version
  }
  if (database === 'rdsPostgresCluster' && zones === '2') {
    return false; // its three instances have a zone each
  }
  if (database.startsWith('rds') && database !== 'rdsPostgresCluster' && tier === 'FOUNDATION') {
    return false; // a standby that nobody reads from takes over in up to two minutes
  }
  if (compute === 'statefulPair' && zones === '2') {
    return false; // its arbiter has a zone of its own
  }
  // starting the only task takes longer than life-critical objectives allow a zone to be gone
  return compute !== 'activePassive' || !['FOUNDATION', 'LIFE_CRITICAL'].includes(tier);
}

test.each([
  ['compute', Compute],
  ['database', Database],
  ['documents', DocumentStore],
  ['files', FileShare],
  ['tables', TableStore],
  ['cache', Cache],
  ['ingress', Ingress],
] as [Factor, object][])('every kind of %s is in the matrix', (factor, choices) => {
  const kinds = Object.getOwnPropertyNames(choices).filter((name) => !['length', 'name', 'prototype'].includes(name));
  const levels = new Set(matrix.map((combination) => combination[factor]));
  expect(kinds.filter((kind) => ![...levels].some((level) => level.startsWith(kind)))).toEqual(
    NOT_MADE_HERE[factor] ?? [],
  );
});

const { stacks, assembly } = synthesized();

test('every template is valid, and three packs of cdk-nag find nothing open', () => {
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(assembly, 'validation-report.json'), 'utf-8'));
  const open = pluginReports
    .filter(({ pluginName }: { pluginName: string }) => pluginName !== 'Construct Annotations')
    .flatMap(({ pluginName, violations }: PluginReport) =>
      violations.flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${pluginName} ${ruleName} ${described(constructPath)}`),
      ),
    );
  expect(open).toEqual([]);
});

const judgement = assess(readAssembly([assembly]));

test.each(stacks)('%s survives a component and a zone, as the judge sees it', (stack) => {
  const system = judgement.systems.find(({ paths }) => paths.some((at) => at.startsWith(`${stack}/`)));
  const verdicts = (system?.entryPoints ?? []).flatMap(({ scopes }) =>
    scopes
      .filter(({ scope }) => scope === 'COMPONENT' || scope === 'AVAILABILITY_ZONE')
      .map(({ scope, verdict, chain }) =>
        verdict === 'MEETS' ? verdict : `${scope} ${verdict}: ${chain.join(' → ')}`,
      ),
  );
  expect(verdicts.length).toBeGreaterThan(0);
  expect([...new Set(verdicts)]).toEqual(['MEETS']);
});

/** True of a system in one Region, whatever it is made of: `CrossRegionDr` is what keeps these. */
const OF_ANOTHER_REGION = ['RES-BKP-004', 'RES-BKP-014', 'RES-DB-023', 'RES-DR-001', 'RES-DR-002'];

test('breaks no rule that is an error, but those that ask for another Region, and for a reader where care depends on nothing', () => {
  const broken = judgement.rules.failed
    .filter(({ severity, id }) => severity === 'error' && !OF_ANOTHER_REGION.includes(id))
    .map(({ id, resource, observed }) => `${id} ${described(resource)}: ${observed}`)
    .filter((line) => !/^RES-DB-002 .*NON_PRODUCTION/.test(line));
  expect(broken).toEqual([]);
});

interface PluginReport {
  readonly pluginName: string;
  readonly violations: {
    readonly ruleName: string;
    readonly violatingConstructs: { readonly constructPath: string }[];
  }[];
}

/** One stack for each combination, all in one app: the engine that validates takes seconds to start. */
function synthesized(): { stacks: string[]; assembly: string } {
  process.env.CDK_VALIDATION = 'true';
  const app = new App({
    context: {
      'aws:cdk:enable-path-metadata': true,
      'availability-zones:account=111111111111:region=us-east-1': ['a', 'b', 'c', 'd'].map(
        (zone) => `us-east-1${zone}`,
      ),
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:strictCfnValidateErrors': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app), new NIST80053R5Checks(app));
  for (const index of matrix.keys()) {
    build(new Stack(app, `System${index}`, { env: { account: '111111111111', region: 'us-east-1' } }), index);
  }
  const assembly = app.synth().directory;
  process.env.CDK_VALIDATION = 'false';
  return { stacks: matrix.map((_, index) => `System${index}`), assembly };
}

function build(stack: Stack, index: number): void {
  const { compute, database, documents, files, tables, cache, ingress, operations, tier, zones } = matrix[index];
  const shares = FILES[files]();
  new MultiAzClinicalApp(stack, 'Ehr', {
    systemName: `system-${index}`,
    objectives: objectives(
      tier as ClinicalTier,
      files !== 'none' || compute === 'statefulPair' || database === 'auroraDsql',
    ),
    network: Network.dedicated({ zoneCount: Number(zones) }),
    compute: COMPUTE[compute](Object.keys(shares)),
    database: DATABASE[database](),
    documents: DOCUMENTS[documents](),
    files: shares,
    tables: TABLES[tables](),
    cache: CACHE[cache](),
    ingress: INGRESS[ingress](stack),
    health: HealthProfile.http('/readyz', { startup: Duration.seconds(60) }),
    ...OPERATIONS[operations](compute),
  });
}

/** `System3 (fargate, none, …)/Ehr/…`: which combination a path belongs to. */
function described(constructPath: string): string {
  return constructPath.replace(/^System(\d+)/, (name, index) => `${name} (${Object.values(matrix[Number(index)])})`);
}

/** Files and disks are backed up hourly at most: the presets of tiers that care depends on ask for more, and are refused. */
function objectives(tier: ClinicalTier, bySnapshots: boolean): ResilienceObjectives {
  const hourly = { rto: Duration.hours(8), rpo: Duration.hours(2) };
  return ResilienceObjectives.forTier(tier, {
    biaReference: 'BIA-1',
    ...(bySnapshots && tier !== ClinicalTier.NON_PRODUCTION ? { deletion: hourly, corruption: hourly } : {}),
  });
}

function ami() {
  return MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' });
}

function image(): ContainerImage {
  return ContainerImage.fromRegistry(`ehr@sha256:${'0'.repeat(64)}`);
}

/** AWS Fargate mounts Amazon EFS only. */
function mounts(files: string[]) {
  return files.filter((share) => share === 'sites').map((share) => ({ share, containerPath: `/mnt/${share}` }));
}

function zone(stack: Stack) {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z0123456789EXAMPLE',
    zoneName: 'example.org',
  });
}
