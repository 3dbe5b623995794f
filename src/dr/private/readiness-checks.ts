import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import type { MultiAzClinicalApp } from '../../app';
import { FailureScope } from '../../core';
import { databaseIdentifierOf } from '../../data/private/physical-names';
import type { CrossRegionDr } from '../cross-region-dr';
import { imagesOf, valuesOf } from './startup-needs';

/** What may be asked, of what. */
export interface ReadRight {
  readonly actions: string[];
  readonly resources: string[];
}

/** One thing to look at in both Regions. */
export interface ReadinessCheck {
  /** Dimension of its metric. */
  readonly name: string;
  /** What its alarm says. */
  readonly meaning: string;
  /** What the function is told of it. */
  readonly wanted: Record<string, unknown>;
  readonly rights: ReadRight[];
}

/** Everything there is to compare, given what the system has. */
export function readinessChecks(dr: CrossRegionDr, leastCertificateDays: number): ReadinessCheck[] {
  const side = dr.recovery;
  return [
    databaseCheck(dr, side),
    filesCheck(dr, side),
    tablesCheck(side),
    secretsCheck(dr, side),
    certificatesCheck(side, leastCertificateDays),
    imagesCheck(dr, side),
    capacityCheck(dr, side),
    quotasCheck(side),
  ].filter((check) => check !== undefined);
}

function databaseCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const { replicaCluster, readReplica } = side.database ?? {};
  if (!replicaCluster && !readReplica) {
    return undefined;
  }
  const { systemName } = side;
  const here = databaseIdentifierOf(systemName, dr.recoveryRegion);
  const there = databaseIdentifierOf(systemName, dr.primaryRegion);
  const kind = replicaCluster ? 'cluster' : 'instance';
  const [resource, group] = replicaCluster ? ['cluster', 'cluster-pg'] : ['db', 'pg'];
  return {
    name: 'Database',
    meaning: 'the databases of both Regions differ in version, parameters or size, or this one cannot take over',
    wanted: { kind, here, there },
    rights: [
      {
        actions: [replicaCluster ? 'rds:DescribeDBClusters' : 'rds:DescribeDBInstances'],
        resources: [arnIn(dr, dr.recoveryRegion, resource, here), arnIn(dr, dr.primaryRegion, resource, there)],
      },
      {
        actions: [replicaCluster ? 'rds:DescribeDBClusterParameters' : 'rds:DescribeDBParameters'],
        resources: regionsOf(dr).map((region) => arnIn(dr, region, group, '*')), // CloudFormation makes up the name
      },
    ],
  };
}

/** Of file shares that follow: restored ones are no copies. */
function filesCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const shares = Object.keys(dr._files?.landed ?? {}).flatMap((name) => {
    const fileSystem = side.files[name].efs?.fileSystem;
    return fileSystem ? [{ name, id: fileSystem.fileSystemId, arn: fileSystem.fileSystemArn }] : [];
  });
  return shares.length === 0
    ? undefined
    : {
        name: 'Files',
        meaning: 'a file share is not replicated here, or its copy is further behind than the RPO allows',
        wanted: {
          shares: shares.map(({ name, id }) => ({ name, id })),
          rpoSeconds: dr.primary.objectives.forScope(FailureScope.REGION).rpo.toSeconds(),
          serving: dr.activeRegion === dr.recoveryRegion,
        },
        rights: [
          {
            actions: ['elasticfilesystem:DescribeReplicationConfigurations'],
            resources: shares.map(({ arn }) => arn),
          },
        ],
      };
}

/** Of tables that follow. What stopped following is silent in their metrics; DynamoDB cuts it off for good within a day. */
function tablesCheck(side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const replicas = Object.keys(side.definition._recoverySide?.tableReplicas ?? {});
  const tables = replicas.map((name) => ({ name, ...side.tables[name] }));
  return tables.length === 0
    ? undefined
    : {
        name: 'Tables',
        meaning: 'a table is missing here, or follows the primary Region no more',
        wanted: { tables: tables.map(({ name, table }) => ({ name, tableName: table.tableName })) },
        rights: [{ actions: ['dynamodb:DescribeTable'], resources: tables.map(({ table }) => table.tableArn) }],
      };
}

function arnIn(dr: CrossRegionDr, region: string, resource: string, resourceName: string): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return Stack.of(dr).formatArn({ service: 'rds', region, resource, resourceName, arnFormat });
}

function regionsOf({ recoveryRegion, primaryRegion }: CrossRegionDr): string[] {
  return [recoveryRegion, primaryRegion];
}

/** The credentials of the database are replicated; of others only this Region knows, and whether they are the same nobody may look. */
function secretsCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const credentials = side.database?.promoteCommand ? side.database.rotatedSecretName : undefined; // of a replica
  const values = valuesOf(side);
  const others = values.filter(({ kind, id }) => kind === 'secret' && id !== credentials);
  const parameters = values.filter(({ kind }) => kind === 'parameter');
  if (!credentials && others.length + parameters.length === 0) {
    return undefined;
  }
  const describable = [
    ...(credentials ? regionsOf(dr).flatMap((region) => secretArns(dr, region, credentials)) : []),
    ...others.flatMap(({ id, arn }) => (id.startsWith('arn:') ? [arn] : [arn, `${arn}-??????`])),
  ];
  return {
    name: 'Secrets',
    meaning: 'a secret or parameter that tasks start with is missing here, or is not what it is in the other Region',
    wanted: {
      secrets: [
        ...(credentials ? [{ id: credentials, replicated: true }] : []),
        ...others.map(({ id }) => ({ id, replicated: false })),
      ],
      parameters: parameters.map(({ id }) => id),
    },
    rights: [
      ...(describable.length > 0 ? [{ actions: ['secretsmanager:DescribeSecret'], resources: describable }] : []),
      ...(parameters.length > 0
        ? [{ actions: ['ssm:GetParameter'], resources: parameters.map(({ arn }) => arn) }]
        : []),
    ],
  };
}

/** By its name, and by its name and the six characters that Secrets Manager adds. */
function secretArns(dr: CrossRegionDr, region: string, name: string): string[] {
  const arn = Stack.of(dr).formatArn({
    service: 'secretsmanager',
    region,
    resource: 'secret',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [arn, `${arn}-??????`];
}

function certificatesCheck(side: MultiAzClinicalApp, leastDays: number): ReadinessCheck | undefined {
  const arns = [...new Set(side.ingress.flatMap(({ _certificate }) => _certificate?.certificateArn ?? []))];
  return arns.length === 0
    ? undefined
    : {
        name: 'Certificates',
        meaning: `a certificate of this Region is not issued, or has less than ${leastDays} days left`,
        wanted: { arns, leastDays },
        rights: [{ actions: ['acm:DescribeCertificate'], resources: arns }],
      };
}

/** Images of Amazon ECR; what another registry has, or lets out in a disaster, cannot be asked. */
function imagesCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const images = imagesOf(side).flatMap(({ registry }) => (registry?.region === dr.recoveryRegion ? [registry] : []));
  if (images.length === 0) {
    return undefined;
  }
  const immutable = (tag?: string) => tag === undefined || /^[0-9a-f]{64}$/.test(tag); // a tag of CDK's is of the content
  const arns = images.flatMap(({ account, repository, tag }) =>
    (immutable(tag) ? [dr.recoveryRegion] : regionsOf(dr)).map((region) =>
      Stack.of(dr).formatArn({ service: 'ecr', region, account, resource: 'repository', resourceName: repository }),
    ),
  );
  return {
    name: 'Images',
    meaning: 'an image that tasks start from is missing in this Region, or is another one than in the other Region',
    wanted: {
      images: images.map(({ account: registry, repository, digest, tag }) => ({
        registry,
        repository,
        digest,
        tag,
        compared: !immutable(tag),
      })),
    },
    rights: [{ actions: ['ecr:DescribeImages'], resources: [...new Set(arns)] }],
  };
}

function capacityCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const { service, autoScalingGroup, capacity, activation, runsOnce = false } = side.compute;
  const { systemName } = side;
  if (!service && !autoScalingGroup) {
    return undefined;
  }
  const arns = regionsOf(dr).map((region) =>
    Stack.of(dr).formatArn({
      service: 'ecs',
      region,
      resource: 'service',
      resourceName: `${systemName}/${systemName}`,
    }),
  );
  const reservations = reservationsOf(side);
  return {
    name: 'Capacity',
    meaning: 'less runs here than is to run before a disaster, less is reserved, or it may not grow as far as the peak',
    wanted: {
      ...(service ? { cluster: systemName, service: systemName, scales: !runsOnce } : { group: systemName }),
      running: capacity.running,
      atPeak: activation?.units,
      unit: capacity.unit,
      reservations,
    },
    rights: [
      ...(service ? [{ actions: ['ecs:DescribeServices'], resources: arns }] : []),
      {
        actions: [
          ...(service
            ? ['application-autoscaling:DescribeScalableTargets']
            : ['autoscaling:DescribeAutoScalingGroups']),
          ...(reservations.length > 0 ? ['ec2:DescribeCapacityReservations'] : []),
        ],
        resources: ['*'], // they take no resource
      },
    ],
  };
}

function reservationsOf(side: MultiAzClinicalApp): { readonly id: string; readonly count: number }[] {
  return every(side, ec2.CfnCapacityReservation).map(({ attrId: id, instanceCount: count }) => ({ id, count }));
}

/** By their codes: https://docs.aws.amazon.com/servicequotas/latest/userguide/gs-request-quota.html */
const FARGATE_VCPU = { service: 'fargate', code: 'L-3032A538', name: 'vCPUs of AWS Fargate' };
const STANDARD_VCPU = { service: 'ec2', code: 'L-1216C47A', name: 'vCPUs of standard instances' };
const ELASTIC_IPS = { service: 'ec2', code: 'L-0263D0A3', name: 'Elastic IP addresses' };
const LOAD_BALANCERS = {
  application: { service: 'elasticloadbalancing', code: 'L-53DA6B97', name: 'Application Load Balancers' },
  network: { service: 'elasticloadbalancing', code: 'L-69A177A2', name: 'Network Load Balancers' },
};
/** Families of the quota for standard instances: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html */
const STANDARD_FAMILY = /^(?!dl|hpc|inf|mac|trn)[acdhimrtz]/;

/** A quota is the account's, so the need of one system is the least it has to be, and that of the other Region is what somebody asked for. */
function quotasCheck(side: MultiAzClinicalApp): ReadinessCheck {
  const { service, autoScalingGroup, activation } = side.compute;
  const balancers = every(side, elbv2.CfnLoadBalancer);
  const networks = balancers.filter(({ type }) => type === 'network').length;
  const addresses = every(side, ec2.CfnEIP).length;
  const counted = (quota: typeof ELASTIC_IPS, needed: number) => (needed > 0 ? [{ ...quota, needed }] : []);
  const quotas = [
    ...(service ? [{ ...FARGATE_VCPU, needed: (activation?.units ?? 1) * vcpusOfTask(side) }] : []),
    ...(autoScalingGroup && launchesStandardInstances(side) ? [STANDARD_VCPU] : []),
    ...counted(ELASTIC_IPS, addresses),
    ...counted(LOAD_BALANCERS.application, balancers.length - networks),
    ...counted(LOAD_BALANCERS.network, networks),
  ];
  return {
    name: 'Quotas',
    meaning: 'a service quota is below what the peak of this system needs, or below that of the other Region',
    wanted: { quotas },
    rights: [
      {
        actions: [
          'servicequotas:GetServiceQuota',
          'servicequotas:GetAWSDefaultServiceQuota',
          ...(balancers.length > 0 ? ['elasticloadbalancing:DescribeAccountLimits'] : []), // which the first asks in turn
        ],
        resources: ['*'], // one of them takes none, and the ARN of a quota names no system
      },
    ],
  };
}

function vcpusOfTask(side: MultiAzClinicalApp): number {
  return every(side, ecs.CfnTaskDefinition).reduce((sum, { cpu }) => sum + Number(cpu) / 1024, 0);
}

function launchesStandardInstances(side: MultiAzClinicalApp): boolean {
  return every(side, ec2.LaunchTemplate).some(({ instanceType }) => {
    const type = instanceType?.toString() ?? '';
    return !Token.isUnresolved(type) && STANDARD_FAMILY.test(type);
  });
}

function every<T extends IConstruct>(side: IConstruct, type: abstract new (...args: never[]) => T): T[] {
  return side.node.findAll().filter((each): each is T => each instanceof type);
}
