import { Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { MultiAzClinicalApp } from '../../app';
import { databaseIdentifierOf } from '../../data/private/physical-names';

/** A kind of application component, and what belongs to it: https://docs.aws.amazon.com/resilience-hub/latest/userguide/AppComponent.html */
type ComponentKind = 'Compute' | 'Database' | 'Storage';

/** A resource as AWS Resilience Hub is told of it. */
export interface HubResource {
  /** Of the component that works and fails as one, in every Region of it. */
  readonly component: string;
  readonly kind: ComponentKind;
  readonly type: string;
  readonly region: string;
  readonly identifier: string;
  /** https://docs.aws.amazon.com/resilience-hub/latest/APIReference/API_PhysicalResourceId.html */
  readonly identifierType: 'Arn' | 'Native';
}

/** Whose names are plain text in one Region of a system. Load balancers, NAT gateways and file systems are named by AWS. */
export function namedResources(app: MultiAzClinicalApp, region: string): HubResource[] {
  return [...computeOf(app, region), ...databaseOf(app, region), ...tablesOf(app, region), ...documentsOf(app, region)];
}

function computeOf({ compute, systemName }: MultiAzClinicalApp, region: string): HubResource[] {
  const common = { component: 'compute', kind: 'Compute', region } as const;
  if (compute.service) {
    const resourceName = `${systemName}/${systemName}`; // cluster and service
    const identifier = Stack.of(compute.service).formatArn({
      service: 'ecs',
      region,
      resource: 'service',
      resourceName,
    });
    return [{ ...common, type: 'AWS::ECS::Service', identifier, identifierType: 'Arn' }];
  }
  return compute.autoScalingGroup
    ? [{ ...common, type: 'AWS::AutoScaling::AutoScalingGroup', identifier: systemName, identifierType: 'Native' }]
    : [];
}

/** Aurora DSQL is not among what it knows. */
function databaseOf({ database, systemName }: MultiAzClinicalApp, region: string): HubResource[] {
  const clustered = database?.cluster ?? database?.multiAzCluster;
  if (!clustered && !database?.instance) {
    return [];
  }
  return [
    {
      component: 'database',
      kind: 'Database',
      type: clustered ? 'AWS::RDS::DBCluster' : 'AWS::RDS::DBInstance',
      region,
      identifier: databaseIdentifierOf(systemName, region),
      identifierType: 'Native',
    },
  ];
}

function tablesOf({ tables }: MultiAzClinicalApp, region: string): HubResource[] {
  return Object.entries(tables).flatMap(([name, { table }]): HubResource[] => {
    const made = table.node.defaultChild;
    const identifier = made instanceof dynamodb.CfnGlobalTable ? made.tableName : undefined;
    return identifier === undefined || Token.isUnresolved(identifier)
      ? []
      : [
          {
            component: `table-${name}`,
            kind: 'Database',
            type: 'AWS::DynamoDB::Table',
            region,
            identifier,
            identifierType: 'Native',
          },
        ];
  });
}

function documentsOf(app: MultiAzClinicalApp, region: string): HubResource[] {
  const identifier = app.documents?.replication?.bucketNameIn(region, Stack.of(app).account);
  return identifier === undefined
    ? []
    : [
        {
          component: 'documents',
          kind: 'Storage',
          type: 'AWS::S3::Bucket',
          region,
          identifier,
          identifierType: 'Native',
        },
      ];
}
