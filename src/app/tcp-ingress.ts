import type { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { IIngress, IngressBindOptions, IngressConfig } from './ingress-ref';
import { TcpListeners } from './private/tcp-listeners';
import type { TcpIngressProps } from './tcp-ingress-props';

/** A port of the application that clients connect to. */
export interface TcpPort {
  /** What it is for, for alarms and dashboards, for example `analyzers`: 1 to 24 letters, digits and hyphens. No patient's name. */
  readonly name: string;
  /** The port clients connect to. */
  readonly port: number;
  /**
   * The port the application listens on.
   *
   * @default - the port clients connect to
   */
  readonly targetPort?: number;
  /**
   * Whether `probes` of the application open a connection to it, at the address of each zone. They say nothing.
   *
   * @default false
   */
  readonly probed?: boolean;
}

/** Properties of a TCP ingress. */
export interface PlainTcpIngressProps extends TcpIngressProps {
  /**
   * The ports, each a listener: up to 50, or as many as the compute takes (five target groups for an Amazon ECS service, one of
   * which an HTTPS ingress uses).
   */
  readonly ports: TcpPort[];
  /**
   * What the protocol is called in alarms, dashboards and reports, for example `ASTM`: 1 to 16 letters, digits, dots and hyphens.
   *
   * @default 'TCP'
   */
  readonly protocol?: string;
}

/**
 * A protocol of a vendor over TCP, such as that of laboratory analyzers, monitors or pumps, through a Network Load Balancer with one fixed
 * address in every zone. Made by `Ingress.tcp`.
 *
 * Whether a client notices that its connection is gone, connects anew, and says again what was lost, is up to its protocol: ask the vendor.
 * HL7 over MLLP and DICOM have their own, `Ingress.mllp` and `Ingress.dicom`, which know more about theirs.
 */
export class TcpIngress implements IIngress {
  private readonly listeners: TcpListeners;

  /** @throws InvalidTcpIngress naming every mistake in the properties */
  public constructor(props: PlainTcpIngressProps) {
    const { protocol = 'TCP', ports } = props;
    const problems = new Problems(undefined, 'InvalidTcpIngress');
    problems.require(
      /^[A-Za-z0-9.-]{1,16}$/.test(protocol),
      `protocol must be 1 to 16 letters, digits, dots and hyphens, got "${protocol}"`,
    );
    problems.throwIfAny();
    this.listeners = new TcpListeners(
      {
        id: 'Tcp',
        name: protocol,
        noun: 'port',
        names: /^[A-Za-z0-9-]{1,24}$/,
        namesAre: '1 to 24 letters, digits and hyphens',
      },
      props,
      ports.map(({ name, port, targetPort, probed }) => ({
        name,
        port,
        targetPort: targetPort ?? port,
        question: probed ? { protocol: 'connect' } : undefined,
      })),
    );
  }

  /**
   * Called by the system; do not call this yourself. Throws what `MllpIngress` does.
   */
  public bind(scope: Construct, options: IngressBindOptions): IngressConfig {
    return this.listeners.bind(scope, options);
  }
}
