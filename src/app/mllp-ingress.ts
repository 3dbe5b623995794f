import type { Construct } from 'constructs';
import type { IIngress, IngressBindOptions, IngressConfig } from './ingress-ref';
import type { MllpProbe } from './mllp-probe';
import { TcpListeners, type TcpProtocol } from './private/tcp-listeners';
import type { TcpIngressProps } from './tcp-ingress-props';

const MLLP: TcpProtocol = {
  id: 'Mllp',
  name: 'MLLP',
  noun: 'feed',
  names: /^[A-Za-z0-9-]{1,24}$/,
  namesAre: '1 to 24 letters, digits and hyphens',
};

/** A stream of HL7 messages that has a port of its own. */
export interface MllpFeed {
  /** What it carries, for alarms and dashboards, for example `adt`: 1 to 24 letters, digits and hyphens. No patient's name. */
  readonly name: string;
  /** The port senders connect to. 2575 is registered for HL7. */
  readonly port: number;
  /**
   * The port the application listens on. Another one later is an outage of the feed: see "Changing a system" in README.md.
   *
   * @default - the port senders connect to
   */
  readonly targetPort?: number;
  /**
   * What `probes` of the application ask it, at the address of each zone.
   *
   * @default - they do not
   */
  readonly probe?: MllpProbe;
}

/** Properties of an MLLP ingress. */
export interface MllpIngressProps extends TcpIngressProps {
  /**
   * The feeds, each a listener: up to 50, or as many as the compute takes (five target groups for an Amazon ECS service, one of
   * which an HTTPS ingress uses).
   */
  readonly feeds: MllpFeed[];
}

/**
 * HL7 version 2 over MLLP, through a Network Load Balancer with one fixed address in every zone. Made by `Ingress.mllp`.
 *
 * Senders keep one connection for days, wait for the acknowledgement of each message before the next, and send again what was not
 * acknowledged. So a message that was never acknowledged is not lost when a zone is: it comes again, over the address of another
 * zone, provided that the sender knows it.
 */
export class MllpIngress implements IIngress {
  private readonly listeners: TcpListeners;

  /** @throws InvalidMllpIngress naming every mistake in the properties */
  public constructor(props: MllpIngressProps) {
    this.listeners = new TcpListeners(
      MLLP,
      props,
      props.feeds.map(({ name, port, targetPort, probe }) => ({
        name,
        port,
        targetPort: targetPort ?? port,
        question: probe?._question,
      })),
    );
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws NotBehindLoadBalancer when the compute has no targets for a Network Load Balancer
   * @throws PortNotListened when the application does not listen on the port of a feed
   * @throws TooManyTargetGroups when Amazon ECS cannot register the service with one more
   * @throws AddressesDoNotFit when there is not one address in each zone
   * @throws IngressIsRegional when it names what exists in another Region only
   * @throws CertificateInOtherRegion when the certificate is known to live in another Region
   */
  public bind(scope: Construct, options: IngressBindOptions): IngressConfig {
    return this.listeners.bind(scope, options);
  }
}
