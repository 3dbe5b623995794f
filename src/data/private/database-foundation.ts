import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import type { DatabaseBindOptions } from '../database-ref';
import { allowLogGroup, dataKey } from './data-key';
import { placeInstances } from './instance-placement';
import { databaseIdentifierOf } from './physical-names';

/** What the foundation must know of what stands on it. */
export interface FoundationSettings {
  /** Port. */
  readonly port: number;
  /** Whose parameters are set. */
  readonly engine: rds.IEngine;
  readonly parameters: { readonly [name: string]: string };
  /** Logs that go to CloudWatch, each with the id of its log group. */
  readonly logs: { readonly [log: string]: string };
  /** What Amazon RDS calls it in the names of log groups. */
  readonly kind: 'cluster' | 'instance';
}

/** What a database stands on, the same in every Region: key, network, parameters, log groups, monitoring. */
export class DatabaseFoundation {
  /** Name of the cluster or instance. */
  public readonly identifier: string;
  public readonly key: kms.Key;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly connections: ec2.Connections;
  public readonly subnetGroup: rds.SubnetGroup;
  public readonly parameterGroup: rds.ParameterGroup;
  /** Made before RDS makes them unencrypted and without an end. */
  public readonly logGroups: logs.LogGroup[];
  public readonly monitoringRole: iam.Role;
  /** Zones of the instances; empty where they are unknown. */
  public readonly zones: string[];

  public constructor(
    private readonly scope: Construct,
    private readonly settings: FoundationSettings,
    options: DatabaseBindOptions,
  ) {
    const { vpc, dataProtection, systemName } = options;
    const removalPolicy = dataProtection.removalPolicy; // a kept cluster needs all of this
    const placement = placeInstances(scope, vpc, options.subnets);
    this.zones = placement.zones;
    this.identifier = databaseIdentifierOf(systemName, Stack.of(scope).region);
    this.key = dataKey(scope, 'Key', `Encrypts the database of ${systemName} and its credentials`, dataProtection);
    this.securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
      vpc,
      description: `Database of ${systemName}`,
      allowAllOutbound: false,
    });
    this.securityGroup.applyRemovalPolicy(removalPolicy);
    this.connections = new ec2.Connections({
      securityGroups: [this.securityGroup],
      defaultPort: ec2.Port.tcp(settings.port), // the number, not the cluster's attribute, which cdk-nag cannot judge
    });
    this.subnetGroup = new rds.SubnetGroup(scope, 'Subnets', {
      vpc,
      vpcSubnets: placement.subnets,
      description: `Database of ${systemName}`,
      removalPolicy,
    });
    this.parameterGroup = new rds.ParameterGroup(scope, 'Parameters', {
      engine: settings.engine,
      description: `Database of ${systemName}`,
      parameters: { ...settings.parameters },
      removalPolicy,
    });
    this.logGroups = Object.entries(settings.logs).map(([log, id]) => this.makeLogGroup(log, id, options));
    this.monitoringRole = this.makeMonitoringRole();
  }

  /** Zone of an instance; `undefined` lets Aurora choose. */
  public zoneOf(instance: number): string | undefined {
    return this.zones.length === 0 ? undefined : this.zones[instance % this.zones.length];
  }

  /** Name of an instance, from its letter. */
  public instanceIdentifier(letter: string): string {
    return `${this.identifier}-${letter.toLowerCase()}`;
  }

  private makeLogGroup(log: string, id: string, options: DatabaseBindOptions): logs.LogGroup {
    const logGroupName = `/aws/rds/${this.settings.kind}/${this.identifier}/${log}`;
    allowLogGroup(this.key, this.scope, logGroupName);
    return new logs.LogGroup(this.scope, id, {
      logGroupName,
      encryptionKey: this.key,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: options.dataProtection.removalPolicy,
    });
  }

  /** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html */
  private makeMonitoringRole(): iam.Role {
    const policy = 'service-role/AmazonRDSEnhancedMonitoringRole';
    const role = new ManagedPolicyRole(this.scope, 'MonitoringRole', {
      description: 'Lets Amazon RDS write operating-system metrics to CloudWatch Logs',
      assumedBy: new iam.ServicePrincipal('monitoring.rds.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this.scope).account } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(policy)],
    });
    acknowledge(role, 'awsManagedServicePolicy', [`Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}`]);
    return role;
  }
}
