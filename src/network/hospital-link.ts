import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as directconnect from 'aws-cdk-lib/aws-directconnect';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  type ClinicalTier,
  DataProtection,
  FailureScope,
  type HospitalSiteMetadata,
  RecoveryAutomation,
  type RecoveryThreshold,
  ResilienceMetadata,
} from '../core';
import type { HospitalSite } from './hospital-site';
import type { NetworkConfig } from './network-ref';
import { directConnectAlarm } from './private/direct-connect-alarm';
import { encryptedLogGroup } from './private/flow-logs';
import { requireHospitalLink, warnOfSingleFailures } from './private/link-checks';
import { DEAD_PEER, Vpn } from './private/vpn';
import { type SiteLink, SiteLinkKind } from './site-link';

/** Properties of a HospitalLink. */
export interface HospitalLinkProps {
  /** Where the systems run: `networkConfig` of a `ClinicalNetwork`, or `network` of a system. */
  readonly network: NetworkConfig;
  /** The places where people work with them. */
  readonly sites: HospitalSite[];
  /** The most critical of the systems behind the link. Decides whether a site may depend on one link. */
  readonly tier: ClinicalTier;
  /** Where its alarms are sent: a `NotificationTopic`, for example. */
  readonly notifications: sns.ITopic;
  /**
   * A Direct Connect gateway to associate with the transit gateway. Its virtual interfaces are yours.
   *
   * @default - none is associated
   */
  readonly directConnectGatewayId?: string;
  /**
   * The BGP autonomous system number of the AWS side, 64512 to 65534 or 4200000000 to 4294967294. Differs from those of the routers, and of a Direct
   * Connect gateway. Changing it replaces the transit gateway.
   *
   * @default 64512
   */
  readonly amazonSideAsn?: number;
  /**
   * How long the logs of the tunnels are kept, one of the periods that CloudWatch Logs offers.
   *
   * @default Duration.days(365)
   */
  readonly logRetention?: Duration;
  /**
   * What becomes of the logs and their key when the link is removed.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * The way between a hospital and its systems: a transit gateway with an attachment in every zone, and a VPN with two tunnels to
 * each declared router. Direct Connect is declared, because people order it, and counts: what is left when the
 * worst thing fails (a location, a carrier, a router) must carry the declared peak of each site.
 *
 * Costs by the hour: the attachment, each VPN connection; by the gigabyte what passes; a KMS key, logs, and two alarms for each
 * connection.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/hybrid-connectivity/hybrid-connectivity.html
 */
export class HospitalLink extends Construct {
  /** The router in the Region. */
  public readonly transitGateway: ec2.CfnTransitGateway;
  /** Its attachment to the VPC, in every zone of the application subnets. */
  public readonly attachment: ec2.CfnTransitGatewayAttachment;
  /** The VPN connections, by site and link, as `<site>/<link>`. */
  public readonly vpnConnections: { [name: string]: ec2.CfnVPNConnection } = {};
  /** Every alarm of the link. Each notifies the topic. */
  public readonly alarms: cloudwatch.Alarm[] = [];
  /** For each site whose links are all VPNs: every one is cut. Each notifies the topic. */
  public readonly cutOffAlarms: cloudwatch.CompositeAlarm[] = [];
  private readonly action: SnsAction;

  /**
   * @throws InvalidHospitalLink naming every mistake: no site, ranges that overlap, a tier that one failure would cut off, routers with
   * the number of the AWS side
   */
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: HospitalLinkProps,
  ) {
    super(scope, id);
    requireHospitalLink(this, props, this.amazonSideAsn);
    this.action = new SnsAction(props.notifications);
    this.transitGateway = new ec2.CfnTransitGateway(this, 'TransitGateway', {
      description: `Between ${props.sites.map(({ siteName }) => siteName).join(', ')} and AWS`,
      amazonSideAsn: this.amazonSideAsn,
      // one route table: CloudFormation does not know the attachment of a VPN, to put it into another
      defaultRouteTableAssociation: 'enable',
      defaultRouteTablePropagation: 'enable',
      autoAcceptSharedAttachments: 'disable',
      vpnEcmpSupport: 'enable',
      dnsSupport: 'enable',
    });
    const { vpc, applicationSubnets } = props.network;
    const subnets = vpc.selectSubnets({ ...applicationSubnets, onePerAz: true });
    this.attachment = new ec2.CfnTransitGatewayAttachment(this, 'Attachment', {
      transitGatewayId: this.transitGateway.ref,
      vpcId: vpc.vpcId,
      subnetIds: subnets.subnetIds,
    });
    this.route();
    this.connect();
    warnOfSingleFailures(this, props.sites);
    ResilienceMetadata.addHospitalLink(this, {
      sites: props.sites.map(describe),
      recoveryThresholds: this.recoveryThresholds,
    });
  }

  /** What happens when a tunnel or a link is lost. */
  public get recoveryThresholds(): RecoveryThreshold[] {
    return [
      {
        scope: FailureScope.CONNECTIVITY,
        measured: 'each tunnel: whether its other end answers',
        threshold: `no answer for ${DEAD_PEER.toHumanString()} (dead peer detection)`,
        action: 'BGP moves traffic to the other tunnel, or to another link',
        automation: RecoveryAutomation.AUTOMATIC,
        expected: DEAD_PEER,
        source:
          'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html; how long the routers of the hospital take is not in it',
      },
    ];
  }

  private get amazonSideAsn(): number {
    return this.props.amazonSideAsn ?? 64512;
  }

  /** Both ways: the VPC to each site; sites learn of the VPC by BGP. */
  private route(): void {
    const { vpc, applicationSubnets } = this.props.network;
    const { subnets } = vpc.selectSubnets(applicationSubnets);
    const tables = [...new Set(subnets.map(({ routeTable }) => routeTable.routeTableId))];
    tables.forEach((routeTableId, zone) => {
      for (const { siteName, ranges } of this.props.sites) {
        for (const destinationCidrBlock of ranges) {
          // by range and not by place: a route that takes over the range of another is made before that one is gone, and fails
          const route = new ec2.CfnRoute(
            this,
            `Route${zone + 1}-${siteName}-${destinationCidrBlock.replace('/', '-')}`,
            {
              routeTableId,
              destinationCidrBlock,
              transitGatewayId: this.transitGateway.ref,
            },
          );
          route.node.addDependency(this.attachment); // no route to a gateway that is not attached
        }
      }
    });
  }

  private connect(): void {
    const logGroup = this.hasVpn ? this.logGroup() : undefined;
    for (const { siteName, links } of this.props.sites) {
      const site = new Construct(this, siteName);
      const vpns = links.flatMap((link) => {
        const { router } = link;
        return router && logGroup ? [this.newVpn(site, { siteName, link, router, logGroup })] : [];
      });
      for (const { linkName, connectionId } of links) {
        if (connectionId) {
          this.addAlarm(directConnectAlarm(site, linkName, siteName, connectionId));
        }
      }
      if (vpns.length === links.length) {
        this.cutOffAlarms.push(this.cutOffAlarm(site, siteName, vpns));
      }
    }
    const { directConnectGatewayId, network } = this.props;
    if (directConnectGatewayId) {
      new directconnect.CfnDirectConnectGatewayAssociation(this, 'DirectConnect', {
        directConnectGatewayId,
        associatedGatewayId: this.transitGateway.ref,
        allowedPrefixesToDirectConnectGateway: [network.cidr ?? network.vpc.vpcCidrBlock],
      });
    }
  }

  private get hasVpn(): boolean {
    return this.props.sites.some(({ links }) => links.some(({ kind }) => kind === SiteLinkKind.VPN));
  }

  private logGroup(): logs.LogGroup {
    const dataProtection = this.props.dataProtection ?? DataProtection.retain();
    const encryptionKey = new kms.Key(this, 'Key', {
      description: 'Encrypts the logs of VPN tunnels',
      enableKeyRotation: true,
      removalPolicy: dataProtection.removalPolicy,
    });
    return encryptedLogGroup(this, 'Logs', {
      encryptionKey,
      retention: this.props.logRetention ?? Duration.days(365),
      dataProtection,
    });
  }

  private newVpn(
    scope: Construct,
    props: { siteName: string; link: SiteLink; router: NonNullable<SiteLink['router']>; logGroup: logs.LogGroup },
  ): Vpn {
    const vpn = new Vpn(scope, props.link.linkName, { ...props, transitGatewayId: this.transitGateway.ref });
    this.vpnConnections[`${props.siteName}/${props.link.linkName}`] = vpn.connection;
    this.addAlarm(vpn.cutAlarm);
    this.addAlarm(vpn.redundancyAlarm);
    return vpn;
  }

  private addAlarm(alarm: cloudwatch.Alarm): void {
    alarm.addAlarmAction(this.action);
    alarm.addOkAction(this.action);
    this.alarms.push(alarm);
  }

  private cutOffAlarm(scope: Construct, siteName: string, vpns: Vpn[]): cloudwatch.CompositeAlarm {
    const alarm = new cloudwatch.CompositeAlarm(scope, 'CutOff', {
      alarmDescription: `${siteName} is cut off: every link of it is down`,
      alarmRule: cloudwatch.AlarmRule.allOf(...vpns.map(({ cutAlarm }) => cutAlarm)),
    });
    alarm.addAlarmAction(this.action);
    alarm.addOkAction(this.action);
    return alarm;
  }
}

function describe(site: HospitalSite): HospitalSiteMetadata {
  const { lost, leftMbps } = site.worstLoss;
  return {
    name: site.siteName,
    peakMbps: site.peakMbps,
    worstLoss: lost,
    leftMbps,
    acknowledgedSingleFailure: site.acknowledgedSingleFailure,
    links: site.links.map(({ kind, linkName, mbps, failsWith }) => ({ kind, name: linkName, mbps, failsWith })),
  };
}
