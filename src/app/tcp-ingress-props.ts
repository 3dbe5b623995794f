import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { HealthProfile } from '../core';
import type { FixedAddresses } from './fixed-addresses';
import type { TransportEncryption } from './transport-encryption';

/** What every way in over TCP has in common. */
export interface TcpIngressProps {
  /**
   * Who may connect: address ranges, or prefix lists of this Region. Everybody is refused, and so is a range wider than /8.
   */
  readonly sources: ec2.IPeer[];
  /** Who encrypts. There is no safe default: whether the application speaks TLS cannot be seen from here. */
  readonly encryption: TransportEncryption;
  /**
   * The address of each zone, and whether the internet reaches it.
   *
   * @default FixedAddresses.assigned() - private
   */
  readonly addresses?: FixedAddresses;
  /**
   * The name under which senders that use DNS find it, for example `hl7.example.org`.
   *
   * @default - none: senders use the addresses
   */
  readonly domainName?: string;
  /**
   * The hosted zone of the name; a private one for private addresses. Give an imported one if the system also lives in another Region.
   *
   * @default - no DNS record
   */
  readonly hostedZone?: route53.IHostedZone;
  /**
   * Whether the address of a zone also leads to targets in other zones.
   *
   * With it, a sender that knows one address only is served as long as that address lives, wherever a healthy target is. Connections
   * to a target that fails its probes are then left open until the target is replaced: a zonal shift allows nothing else.
   *
   * Without it, zones share nothing: each needs a healthy target for every port, or its address leaves DNS for all of them, and a
   * sender that knows that address only has nowhere to go. Connections to a failed target are closed at once.
   *
   * @default true
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-zonal-shift.html
   */
  readonly crossZone?: boolean;
  /**
   * How long a connection may be silent until the load balancer forgets it, 60 to 6000 seconds. The next message on it is then
   * answered with a reset. TCP keep-alive packets of either side restart the time: set the interval of senders below it (Linux
   * waits for two hours unless told otherwise). Cannot be chosen where TLS ends at the load balancer, which waits for 350 seconds.
   *
   * Machines of the sixth Nitro generation forget a silent connection after 350 seconds themselves.
   *
   * @default Duration.hours(1), or 350 seconds where TLS ends at the load balancer
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
   */
  readonly idleTimeout?: Duration;
  /**
   * Whether the application sees the address of the sender instead of the load balancer's. Then a target cannot reach itself through
   * the load balancer, and senders behind one NAT device may collide when they use addresses of several zones at once.
   *
   * @default false
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html
   */
  readonly preserveClientIp?: boolean;
  /**
   * What healthy means here. An HTTP profile that names no port asks the application's own port, not that of the protocol; a TCP
   * profile opens a connection to every port. **Where Amazon ECS runs the application, a port that does not answer gets the whole
   * task replaced**: probe ports only that nobody stops on purpose.
   *
   * @default - the health profile of the system
   */
  readonly health?: HealthProfile;
  /**
   * How long open connections may go on after a target was taken out. What is left then is reset, so that senders connect anew.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;
  /**
   * How long to keep the access log. The load balancer writes one where it ends TLS only: addresses, times and ciphers, no content.
   *
   * @default Duration.days(365)
   */
  readonly accessLogRetention?: Duration;
}
