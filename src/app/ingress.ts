import { DicomIngress, type DicomIngressProps } from './dicom-ingress';
import { HttpsIngress } from './https-ingress';
import type { HttpsIngressProps } from './https-ingress-props';
import type { IIngress } from './ingress-ref';
import { MllpIngress, type MllpIngressProps } from './mllp-ingress';
import { PrivateLinkIngress, type PrivateLinkIngressProps } from './private-link-ingress';
import { type PlainTcpIngressProps, TcpIngress } from './tcp-ingress';

/** Ways into a system. */
export class Ingress {
  /** HTTPS, through an Application Load Balancer in every zone. */
  public static https(props: HttpsIngressProps): IIngress {
    return new HttpsIngress(props);
  }

  /** HL7 version 2 over MLLP, through a Network Load Balancer with one fixed address in every zone. */
  public static mllp(props: MllpIngressProps): IIngress {
    return new MllpIngress(props);
  }

  /** DICOM message exchange, through a Network Load Balancer with one fixed address in every zone. */
  public static dicom(props: DicomIngressProps): IIngress {
    return new DicomIngress(props);
  }

  /** A protocol of a vendor over TCP, through a Network Load Balancer with one fixed address in every zone. */
  public static tcp(props: PlainTcpIngressProps): IIngress {
    return new TcpIngress(props);
  }

  /** Another way in, offered to other VPCs and accounts through AWS PrivateLink. */
  public static privateLink(props: PrivateLinkIngressProps): IIngress {
    return new PrivateLinkIngress(props);
  }

  private constructor() {}
}
