import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { fail, Problems } from '../core/private/fail';

/** Options of TLS that ends at the load balancer. */
export interface TlsTerminationOptions {
  /**
   * The certificate. Certificates are Regional: for a system in two Regions leave it out and give the hosted zone, or give
   * `CrossRegionDr` the other one.
   *
   * @default - a certificate that proves itself through the hosted zone of the ingress
   */
  readonly certificate?: acm.ICertificate;
  /**
   * The versions and ciphers of TLS it speaks.
   *
   * @default elbv2.SslPolicy.TLS13_RES - TLS 1.3 and 1.2, with forward secrecy and authenticated encryption only
   */
  readonly sslPolicy?: elbv2.SslPolicy;
  /**
   * Whether the load balancer speaks TLS to the application as well. It accepts any certificate there, so a self-signed one
   * will do.
   *
   * @default false - plain inside the VPC, whose security groups let the load balancer alone connect
   */
  readonly encryptToApplication?: boolean;
}

/** Options of TLS that ends at the application. */
export interface TlsPassThroughOptions {
  /**
   * The name in the application's certificate: with it, probes speak TLS and refuse another.
   *
   * @default - probes speak no TLS, and so open connections only
   */
  readonly serverName?: string;
  /**
   * Who signed that certificate, in PEM. No secret: it is written into the template.
   *
   * @default - an authority that Node.js knows
   */
  readonly certificateAuthority?: string;
}

/** Options of traffic that is not encrypted by TLS. */
export interface PlaintextOptions {
  /** What protects patient data instead, for example `the IPsec tunnel of the hospital's VPN, MACsec on Direct Connect`. */
  readonly reason: string;
}

/** Who encrypts a TCP protocol such as MLLP or DICOM, and where that ends. */
export class TransportEncryption {
  /**
   * The application ends TLS itself: the load balancer passes every byte on. The only way to check certificates of senders, and to
   * choose the idle timeout. Nobody here can tell whether the application does encrypt.
   *
   * @throws InvalidTransportEncryption when the certificate authority is no certificate, or has no server name to go with
   */
  public static tlsPassThrough(options: TlsPassThroughOptions = {}): TransportEncryption {
    const { serverName, certificateAuthority } = options;
    const problems = new Problems(undefined, 'InvalidTransportEncryption');
    problems.require(
      certificateAuthority === undefined || serverName !== undefined,
      'certificateAuthority is given without serverName; name whom it certifies',
    );
    problems.require(
      certificateAuthority === undefined || /^-----BEGIN CERTIFICATE-----\s/.test(certificateAuthority.trim()),
      'certificateAuthority must be a certificate in PEM, which starts with -----BEGIN CERTIFICATE-----',
    );
    problems.throwIfAny();
    return new TransportEncryption({ passThrough: options });
  }

  /**
   * The load balancer ends TLS with a certificate of AWS Certificate Manager, which renews itself. It does not ask senders for
   * certificates, and closes connections that are silent for 350 seconds, which cannot be changed.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html
   */
  public static tlsTermination(options: TlsTerminationOptions = {}): TransportEncryption {
    return new TransportEncryption({ termination: options });
  }

  /**
   * No TLS at all, because something else protects patient data on the way. The reason is written into the validation report.
   *
   * @throws InvalidTransportEncryption when the reason is empty
   */
  public static plaintext(options: PlaintextOptions): TransportEncryption {
    if (options.reason.trim() === '') {
      fail(
        undefined,
        'InvalidTransportEncryption',
        'TransportEncryption.plaintext needs the reason why patient data may travel without TLS, got an empty string; name what encrypts it instead',
      );
    }
    return new TransportEncryption({ plaintextReason: options.reason });
  }

  /** @internal */
  public readonly _termination?: TlsTerminationOptions;
  /** @internal */
  public readonly _passThrough?: TlsPassThroughOptions;
  /** @internal */
  public readonly _plaintextReason?: string;

  private constructor(how: {
    termination?: TlsTerminationOptions;
    passThrough?: TlsPassThroughOptions;
    plaintextReason?: string;
  }) {
    this._termination = how.termination;
    this._passThrough = how.passThrough;
    this._plaintextReason = how.plaintextReason;
  }
}
