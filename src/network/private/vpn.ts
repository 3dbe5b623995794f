import { Duration, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { SiteLink, VpnLinkOptions } from '../site-link';

/** Properties of a Vpn. */
export interface VpnProps {
  readonly siteName: string;
  readonly link: SiteLink;
  readonly router: VpnLinkOptions;
  readonly transitGatewayId: string;
  readonly logGroup: logs.ILogGroup;
}

/** How long a tunnel may be silent before traffic leaves it: the least that AWS takes. */
export const DEAD_PEER = Duration.seconds(30);
const PERIOD = Duration.minutes(5); // VPN metrics come every five minutes

/**
 * A Site-to-Site VPN with two tunnels to one router of the hospital. BGP moves traffic between tunnels and connections.
 *
 * Tunnels speak IKEv2 with AES-256-GCM, SHA-2 and the elliptic-curve groups only; the keys are made by AWS and kept in AWS
 * Secrets Manager. AWS starts the negotiation, so that a tunnel comes back without the hospital.
 *
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
 */
export class Vpn extends Construct {
  public readonly customerGateway: ec2.CfnCustomerGateway;
  public readonly connection: ec2.CfnVPNConnection;
  /** Every tunnel is down. */
  public readonly cutAlarm: cloudwatch.Alarm;
  /** One tunnel is down: the other carries the traffic. */
  public readonly redundancyAlarm: cloudwatch.Alarm;

  public constructor(scope: Construct, id: string, props: VpnProps) {
    super(scope, id);
    const { router, siteName, link } = props;
    const name = `${siteName}-${link.linkName}`;
    const tags = [{ key: 'Name', value: name }];
    this.customerGateway = new ec2.CfnCustomerGateway(this, 'Router', {
      type: 'ipsec.1',
      ipAddress: router.address,
      ...(router.bgpAsn > 2_147_483_647 ? { bgpAsnExtended: router.bgpAsn } : { bgpAsn: router.bgpAsn }),
      deviceName: deviceName(this, name),
      tags,
    });
    this.connection = new ec2.CfnVPNConnection(this, 'Connection', {
      type: 'ipsec.1',
      customerGatewayId: this.customerGateway.ref,
      transitGatewayId: props.transitGatewayId,
      staticRoutesOnly: false, // BGP: static routes do not move by themselves
      preSharedKeyStorage: 'SecretsManager',
      vpnTunnelOptionsSpecifications: [tunnel(props.logGroup), tunnel(props.logGroup)],
      tags,
    });
    const spoken = `${siteName} by ${link.linkName}`;
    this.cutAlarm = this.alarm('Cut', {
      alarmDescription: `The VPN of ${spoken} is cut: no tunnel is up`,
      statistic: 'Maximum',
      threshold: 0, // a fraction means that one of the tunnels is up
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 2,
    });
    this.redundancyAlarm = this.alarm('OneTunnel', {
      alarmDescription: `The VPN of ${spoken} has lost a tunnel, and its redundancy`,
      statistic: 'Minimum',
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
    });
  }

  /** https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-cloudwatch-vpn.html */
  private alarm(id: string, { statistic, ...options }: TunnelAlarm): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, id, {
      ...options,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/VPN',
        metricName: 'TunnelState',
        dimensionsMap: { VpnId: this.connection.ref },
        statistic,
        period: PERIOD,
      }),
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}

/**
 * One name for each customer gateway. Asked for a second one of the same address, number and name, Amazon EC2 returns the first, and two
 * stacks would own it: deleting one would take the VPN of the other.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCustomerGateway.html
 */
function deviceName(scope: Construct, name: string): string {
  return `${name}-${Names.uniqueResourceName(scope, { maxLength: 128 })}`;
}

type TunnelAlarm = Pick<
  cloudwatch.AlarmProps,
  'alarmDescription' | 'threshold' | 'comparisonOperator' | 'evaluationPeriods'
> & { readonly statistic: string };

function tunnel({ logGroupArn }: logs.ILogGroup): ec2.CfnVPNConnection.VpnTunnelOptionsSpecificationProperty {
  const values = <T>(...given: T[]) => given.map((value) => ({ value }));
  return {
    ikeVersions: values('ikev2'),
    phase1EncryptionAlgorithms: values('AES256-GCM-16'),
    phase2EncryptionAlgorithms: values('AES256-GCM-16'),
    phase1IntegrityAlgorithms: values('SHA2-256', 'SHA2-384', 'SHA2-512'),
    phase2IntegrityAlgorithms: values('SHA2-256', 'SHA2-384', 'SHA2-512'),
    phase1DhGroupNumbers: values(19, 20, 21),
    phase2DhGroupNumbers: values(19, 20, 21),
    dpdTimeoutSeconds: DEAD_PEER.toSeconds(),
    dpdTimeoutAction: 'restart',
    startupAction: 'start',
    enableTunnelLifecycleControl: true, // maintenance when the hospital accepts it, not during clinics
    logOptions: {
      cloudwatchLogOptions: {
        logEnabled: true,
        logGroupArn,
        logOutputFormat: 'json',
        bgpLogEnabled: true,
        bgpLogGroupArn: logGroupArn,
        bgpLogOutputFormat: 'json',
      },
    },
  };
}
