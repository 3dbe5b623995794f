import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DataProtection } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { fail } from '../core/private/fail';
import { warn } from '../core/private/warnings';
import { Egress, EgressRoute } from './egress';
import type { NetworkConfig } from './network-ref';
import { endpointSecurityGroup, gatewayEndpoint, interfaceEndpoint } from './private/endpoints';
import { recordFlows } from './private/flow-logs';
import { APPLICATION, DATABASE, PUBLIC, ZoneBlocks } from './private/zone-blocks';
import { zonesOf } from './private/zones';

/** Properties of a ClinicalNetwork. */
export interface ClinicalNetworkProps {
  /**
   * Availability Zones to span, 2 to 6. Two leave no room for a second failure, and half the capacity idle against the
   * first.
   *
   * Adding a zone later leaves every existing subnet as it is.
   *
   * @default 3
   */
  readonly zoneCount?: number;
  /**
   * The names of the zones, for example `us-east-1a`. Give them where an endpoint service or instance type is missing from
   * a zone. A name cannot be changed later: the new subnets would need the ranges that the former ones still have, so the
   * deployment fails and is rolled back; name more zones after them instead. Where the stack's account and Region are known,
   * CDK still looks up the Region's zones, to check the names.
   *
   * @default - the first `zoneCount` zones of the Region: looked up where the stack's account and Region are known,
   * otherwise what `Fn::GetAZs` gives at deployment
   */
  readonly availabilityZones?: string[];
  /**
   * The IPv4 range, /16 to /22. Each zone gets an eighth of it: half for applications, a quarter each for data and for what
   * the internet reaches. It cannot be changed under a system: that takes another VPC, to which neither load balancers nor
   * databases can move, so the deployment fails and is rolled back.
   *
   * @default ClinicalNetwork.DEFAULT_CIDR: '10.0.0.0/16'
   */
  readonly cidr?: string;
  /**
   * How applications reach out.
   *
   * @default Egress.natGatewayPerZone()
   */
  readonly egress?: Egress;
  /**
   * Whether there are an internet gateway and public subnets. Turn it off where only the hospital's own networks reach the
   * system; that takes `Egress.none()`, because NAT gateways live in public subnets.
   *
   * @default true
   */
  readonly internetGateway?: boolean;
  /**
   * AWS services that applications reach inside the VPC. Each costs one network interface a zone, by the hour.
   *
   * @default ClinicalNetwork.defaultInterfaceEndpoints()
   */
  readonly interfaceEndpoints?: ec2.InterfaceVpcEndpointAwsService[];
  /**
   * How long flow records are kept, one of the periods that CloudWatch Logs offers.
   *
   * @default Duration.days(365)
   */
  readonly flowLogRetention?: Duration;
  /**
   * The customer key that encrypts flow records. Its policy is extended for CloudWatch Logs; the policy of an imported key
   * must already let `logs.<region>.amazonaws.com` use it.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * What becomes of the flow records and their key when the network is removed.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * A VPC whose zones do not depend on each other: every zone has its own subnets, route tables, NAT gateway and endpoint
 * interfaces, so that the loss of one takes nothing from the others.
 *
 * Costs NAT gateways by the hour and gigabyte (one a zone), interface endpoints by the hour and zone (nine services), flow
 * records by the gigabyte, and a KMS key.
 *
 * The default security group is left as AWS makes it and used by nothing: CloudFormation cannot change it, and CDK's custom
 * resource for it is a function with rights on security groups in every VPC's stack. AWS Config's
 * `vpc-default-security-group-closed` watches it.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/advanced-multi-az-resilience-patterns/advanced-multi-az-resilience-patterns.html
 */
export class ClinicalNetwork extends Construct {
  /** The IPv4 range of a network that is given none. */
  public static readonly DEFAULT_CIDR = '10.0.0.0/16';

  /**
   * The AWS services a clinical application needs to start and run without a way to the internet: images (ECR), logs and
   * metrics (CloudWatch), secrets, keys (KMS), temporary credentials (STS) and Systems Manager.
   *
   * Not among them: `GUARDDUTY_DATA`. GuardDuty Runtime Monitoring with automatic agents makes that endpoint itself, out of
   * CloudFormation's sight, and the VPC then cannot be deleted before it. Where a VPC must come and go, add it here: it is
   * not charged for.
   *
   * @see https://docs.aws.amazon.com/guardduty/latest/ug/using-iac-with-gdu-automated-agents-runtime-monitoring.html
   */
  public static defaultInterfaceEndpoints(): ec2.InterfaceVpcEndpointAwsService[] {
    const service = ec2.InterfaceVpcEndpointAwsService;
    return [
      service.ECR,
      service.ECR_DOCKER,
      service.CLOUDWATCH_LOGS,
      service.CLOUDWATCH_MONITORING,
      service.SECRETS_MANAGER,
      service.KMS,
      service.STS,
      service.SSM,
      service.SSM_MESSAGES,
    ];
  }

  /** The VPC. */
  public readonly vpc: ec2.Vpc;
  /** The zones it spans, in the order of their subnets. */
  public readonly availabilityZones: string[];
  /** The VPC's IPv4 range. */
  public readonly cidr: string;
  /** The NAT gateways and their zones: one a zone, one, or none. */
  public readonly natGateways: ec2.GatewayConfig[];
  /** Endpoints with an interface in every zone. */
  public readonly interfaceEndpoints: ec2.InterfaceVpcEndpoint[];
  /** What the interface endpoints let in; none without interface endpoints. */
  public readonly endpointSecurityGroup?: ec2.SecurityGroup;
  /** The endpoint for Amazon S3, in the route tables of the application subnets. */
  public readonly s3Endpoint: ec2.GatewayVpcEndpoint;
  /** The endpoint for Amazon DynamoDB, in the route tables of the application subnets. */
  public readonly dynamoDbEndpoint: ec2.GatewayVpcEndpoint;
  /** Where every accepted and rejected flow is recorded. */
  public readonly flowLogGroup: logs.LogGroup;
  /** The key that encrypts flow records. */
  public readonly encryptionKey: kms.IKey;
  /** Subnets for what the internet reaches; an empty selection without an internet gateway. */
  public readonly publicSubnets: ec2.SubnetSelection;
  /** Subnets for applications. */
  public readonly applicationSubnets: ec2.SubnetSelection = { subnetGroupName: APPLICATION };
  /** Subnets for data: no route leaves the VPC. */
  public readonly databaseSubnets: ec2.SubnetSelection = { subnetGroupName: DATABASE };

  /**
   * @throws TooFewZones, TooManyZones, InvalidZoneCount, InvalidZones, InvalidCidr, EgressNeedsInternetGateway,
   * InvalidFlowLogRetention
   */
  public constructor(scope: Construct, id: string, props: ClinicalNetworkProps = {}) {
    super(scope, id);
    const egress = props.egress ?? Egress.natGatewayPerZone();
    const internet = props.internetGateway ?? true;
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.cidr = props.cidr ?? ClinicalNetwork.DEFAULT_CIDR;
    const blocks = ZoneBlocks.cutFrom(this, this.cidr);
    this.requireRouteFor(egress, internet);
    this.availabilityZones = zonesOf(this, props);

    const nat = ec2.NatProvider.gateway();
    this.vpc = this.createVpc(blocks, egress, internet, nat);
    this.natGateways = nat.configuredGateways;
    this.publicSubnets = internet ? { subnetGroupName: PUBLIC } : { subnets: [] };

    this.encryptionKey =
      props.encryptionKey ??
      new kms.Key(this, 'Key', {
        description: 'Encrypts VPC flow records',
        enableKeyRotation: true,
        removalPolicy: dataProtection.removalPolicy,
      });
    const retention = props.flowLogRetention ?? Duration.days(365);
    const { vpc, encryptionKey } = this;
    this.flowLogGroup = recordFlows(this, { vpc, encryptionKey, retention, dataProtection });

    this.s3Endpoint = gatewayEndpoint(this, 'S3Endpoint', vpc, ec2.GatewayVpcEndpointAwsService.S3);
    this.dynamoDbEndpoint = gatewayEndpoint(this, 'DynamoDbEndpoint', vpc, ec2.GatewayVpcEndpointAwsService.DYNAMODB);
    const services = [...new Set(props.interfaceEndpoints ?? ClinicalNetwork.defaultInterfaceEndpoints())];
    const group = services.length > 0 ? endpointSecurityGroup(this, vpc, this.cidr) : undefined;
    this.endpointSecurityGroup = group;
    this.interfaceEndpoints = group ? services.map((s) => interfaceEndpoint(this, vpc, s, group)) : [];

    this.warnOfSharedFate(egress);
    acknowledge(this.vpc.node.defaultChild ?? this.vpc, 'defaultSecurityGroup');
    for (const subnet of vpc.publicSubnets) {
      acknowledge(subnet, 'internetGatewayRoute');
    }
  }

  /** What a system is told of this network. */
  public get networkConfig(): NetworkConfig {
    return {
      vpc: this.vpc,
      publicSubnets: this.publicSubnets,
      applicationSubnets: this.applicationSubnets,
      databaseSubnets: this.databaseSubnets,
      zoneCount: this.availabilityZones.length,
      cidr: this.cidr,
    };
  }

  /**
   * Connections that NAT gateways could not make because every port to that destination was taken, added up over all of
   * them, in five minutes. Anything above zero means that applications are refused the internet.
   *
   * @throws NoNatGateway when the network has none
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
   */
  public metricNatPortAllocationErrors(options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    if (this.natGateways.length === 0) {
      fail(this, 'NoNatGateway', 'there are no metrics of NAT gateways, got a network with Egress.none()');
    }
    const errors = this.natGateways.map(({ gatewayId }, slot): [string, cloudwatch.Metric] => [
      `nat${slot}`,
      new cloudwatch.Metric({
        namespace: 'AWS/NATGateway',
        metricName: 'ErrorPortAllocation',
        dimensionsMap: { NatGatewayId: gatewayId },
        statistic: cloudwatch.Stats.SUM,
      }),
    ]);
    return new cloudwatch.MathExpression({
      label: 'NAT port allocation errors',
      ...options,
      // a lost zone's gateway reports nothing, which must not silence the others
      expression: errors.map(([name]) => `FILL(${name}, 0)`).join(' + '),
      usingMetrics: Object.fromEntries(errors),
    });
  }

  private createVpc(blocks: ZoneBlocks, egress: Egress, internet: boolean, nat: ec2.NatProvider): ec2.Vpc {
    const groups: ec2.SubnetConfiguration[] = [
      {
        name: APPLICATION,
        subnetType:
          egress.route === EgressRoute.NONE ? ec2.SubnetType.PRIVATE_ISOLATED : ec2.SubnetType.PRIVATE_WITH_EGRESS,
      },
      { name: DATABASE, subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    ];
    if (internet) {
      groups.push({ name: PUBLIC, subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false });
    }
    return new ec2.Vpc(this, 'Vpc', {
      ipAddresses: blocks,
      availabilityZones: this.availabilityZones,
      subnetConfiguration: groups,
      natGatewayProvider: nat,
      natGateways: this.natGatewayCount(egress),
      restrictDefaultSecurityGroup: false, // the class comment says why
    });
  }

  private natGatewayCount({ route }: Egress): number {
    if (route === EgressRoute.NONE) {
      return 0;
    }
    return route === EgressRoute.SHARED_NAT_GATEWAY ? 1 : this.availabilityZones.length;
  }

  private requireRouteFor(egress: Egress, internet: boolean): void {
    if (!internet && egress.route !== EgressRoute.NONE) {
      fail(
        this,
        'EgressNeedsInternetGateway',
        `internetGateway: false leaves NAT gateways nowhere to live, got egress ${egress.route}; use Egress.none()`,
      );
    }
  }

  private warnOfSharedFate(egress: Egress): void {
    if (this.availabilityZones.length === 2) {
      warn(
        this,
        'twoZones',
        'the network spans 2 Availability Zones: the loss of one leaves no redundancy, and takes twice the capacity to survive; 3 is the default',
      );
    }
    if (egress.acknowledgedZoneDependency !== undefined) {
      warn(
        this,
        'sharedNatGateway',
        `all zones reach out through one NAT gateway, so the loss of its zone cuts off every zone (${egress.acknowledgedZoneDependency}); use Egress.natGatewayPerZone() where patients depend on it`,
      );
    }
  }
}
