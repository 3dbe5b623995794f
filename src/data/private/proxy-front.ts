import { ArnFormat, Fn, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { warn } from '../../core/private/warnings';
import type { DatabaseBindOptions, DatabaseConfig } from '../database-ref';
import { requireSystemName } from './physical-names';
import type { ProxiedDatabase } from './proxied-database';
import { ProxyMonitoring } from './proxy-monitoring';

/** 63 of the name of an endpoint, less `-`, the longest Region name (14) and `-writer`. */
const LONGEST_SYSTEM_NAME = 41;
/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.html */
const ZONES_WITHOUT: Record<string, string> = { 'us-east-1': 'use1-az3', 'us-west-1': 'usw1-az2' };
/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.html: whatever the port of the database */
const POSTGRES = { family: 'POSTGRESQL', port: 5432, passwords: 'POSTGRES_SCRAM_SHA_256' };
const MYSQL = { family: 'MYSQL', port: 3306, passwords: 'MYSQL_CACHING_SHA2_PASSWORD' };

/**
 * A proxy with endpoints of its own for writing and reading, in every zone: the endpoint that each proxy comes with is in two zones only.
 * Made of L1s, because the L2 takes no cluster that is one, and so no member of a global database.
 */
export class ProxyFront extends Construct {
  private readonly proxy: rds.CfnDBProxy;
  private readonly writer: rds.CfnDBProxyEndpoint;
  private readonly reader?: rds.CfnDBProxyEndpoint;
  private readonly securityGroup: ec2.SecurityGroup;
  private readonly subnetIds: string[];
  private readonly monitoring: ProxyMonitoring;

  public constructor(
    scope: Construct,
    private readonly options: DatabaseBindOptions,
    private readonly database: ProxiedDatabase,
  ) {
    super(scope, 'Proxy');
    requireSystemName(this, options.systemName, LONGEST_SYSTEM_NAME);
    this.subnetIds = this.selectSubnets();
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: options.vpc,
      description: `Database proxy of ${options.systemName}`,
      allowAllOutbound: false,
    });
    database.foundation.connections.allowDefaultPortFrom(this.securityGroup, 'Database proxy');
    this.proxy = this.makeProxy();
    const targets = this.makeTargets();
    this.writer = this.endpoint('Writer', 'READ_WRITE', targets);
    this.reader = database.readable ? this.endpoint('Reader', 'READ_ONLY', targets) : undefined;
    this.monitoring = new ProxyMonitoring(this, database.foundation.identifier);
  }

  /** What the application sees of the database instead. */
  public describe(): Pick<DatabaseConfig, 'endpoints' | 'connections' | 'iamConnectArns' | 'proxy'> {
    return {
      endpoints: {
        writer: this.writer.attrEndpoint,
        reader: (this.reader ?? this.writer).attrEndpoint,
        port: String(this.protocol.port),
        databaseName: this.database.settings.databaseName,
      },
      connections: new ec2.Connections({
        securityGroups: [this.securityGroup],
        defaultPort: ec2.Port.tcp(this.protocol.port),
      }),
      iamConnectArns: this.users?.map((user) => this.userArn(this.proxyId, user)),
      proxy: this.proxy,
    };
  }

  public alarms(): cloudwatch.Alarm[] {
    return this.monitoring.alarms(this.database.follows);
  }

  public widgets(): cloudwatch.IWidget[] {
    return this.monitoring.widgets();
  }

  private get protocol(): typeof POSTGRES {
    return this.database.settings.engine.name.includes('postgres') ? POSTGRES : MYSQL;
  }

  private get users(): string[] | undefined {
    return this.database.proxy._databaseUsers;
  }

  private get proxyId(): string {
    return Fn.select(6, Fn.split(':', this.proxy.attrDbProxyArn));
  }

  private selectSubnets(): string[] {
    const { vpc, subnets } = this.options;
    const given = this.database.proxy._options.subnets;
    const without = ZONES_WITHOUT[Stack.of(this).region];
    if (!given && without) {
      warn(
        this,
        'zoneWithoutProxies',
        `Amazon RDS makes no proxy in ${without}, and which of this account's zones that is is not known here; if a subnet of the database is in it, name the others with subnets`,
      );
    }
    if (given?.subnets && this.database.follows) {
      fail(
        this,
        'ProxyIsRegional',
        `the proxy names subnets of ${this.options.replicaOf?.region}, which are not in this Region; choose them by name or type`,
      );
    }
    const selected = vpc.selectSubnets(given ?? subnets);
    const zones = new Set(selected.availabilityZones);
    if (selected.subnets.length < 2 || zones.size < 2) {
      fail(
        this,
        'TooFewZones',
        `a database proxy needs subnets in at least two Availability Zones, got ${[...zones].join(', ') || 'none'}`,
      );
    }
    return selected.subnetIds;
  }

  private makeProxy(): rds.CfnDBProxy {
    const { foundation, proxy, secret } = this.database;
    const { idleClientTimeout } = proxy._options;
    return new rds.CfnDBProxy(this, 'Proxy', {
      dbProxyName: foundation.identifier,
      engineFamily: this.protocol.family,
      defaultAuthScheme: this.users ? 'IAM_AUTH' : undefined,
      auth: this.users
        ? undefined
        : [
            {
              authScheme: 'SECRETS',
              iamAuth: 'DISABLED',
              secretArn: secret?.secretArn,
              clientPasswordAuthType: this.protocol.passwords,
            },
          ],
      requireTls: true,
      debugLogging: false, // its log would have the text of statements, and so patients' data
      idleClientTimeout: idleClientTimeout?.toSeconds(),
      roleArn: this.role().roleArn,
      vpcSubnetIds: this.subnetIds,
      vpcSecurityGroupIds: [this.securityGroup.securityGroupId],
    });
  }

  private makeTargets(): rds.CfnDBProxyTargetGroup {
    const { target, made, proxy } = this.database;
    const { maxConnectionsPercent = 90, borrowTimeout } = proxy._options;
    const targets = new rds.CfnDBProxyTargetGroup(this, 'Targets', {
      dbProxyName: this.proxy.ref,
      targetGroupName: 'default', // no other is allowed
      dbClusterIdentifiers: 'clusterIdentifier' in target ? [target.clusterIdentifier] : undefined,
      dbInstanceIdentifiers: 'instanceIdentifier' in target ? [target.instanceIdentifier] : undefined,
      connectionPoolConfigurationInfo: {
        maxConnectionsPercent,
        connectionBorrowTimeout: borrowTimeout?.toSeconds(),
      },
    });
    targets.node.addDependency(...made);
    return targets;
  }

  private endpoint(id: string, targetRole: string, targets: rds.CfnDBProxyTargetGroup): rds.CfnDBProxyEndpoint {
    const endpoint = new rds.CfnDBProxyEndpoint(this, id, {
      dbProxyName: this.proxy.ref,
      dbProxyEndpointName: `${this.database.foundation.identifier}-${id.toLowerCase()}`,
      targetRole,
      vpcSubnetIds: this.subnetIds,
      vpcSecurityGroupIds: [this.securityGroup.securityGroupId],
    });
    endpoint.addResourceDependency(targets);
    return endpoint;
  }

  /** Trusted without conditions: a proxy sends no global context keys. */
  private role(): iam.Role {
    const { secret, resourceId } = this.database;
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `Lets the database proxy of ${this.options.systemName} into the database`,
      assumedBy: new iam.ServicePrincipal('rds.amazonaws.com'),
    });
    if (this.users) {
      role.addToPrincipalPolicy(
        new iam.PolicyStatement({
          actions: ['rds-db:connect'],
          resources: this.users.map((user) => this.userArn(resourceId, user)),
        }),
      );
    } else if (secret) {
      secret.grantRead(role);
    }
    return role;
  }

  /** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html */
  private userArn(resourceId: string, user: string): string {
    return Stack.of(this).formatArn({
      service: 'rds-db',
      resource: 'dbuser',
      resourceName: `${resourceId}/${user}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
