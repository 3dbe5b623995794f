import type { Construct } from 'constructs';
import type { DicomProbe } from './dicom-probe';
import type { IIngress, IngressBindOptions, IngressConfig } from './ingress-ref';
import { TcpListeners, type TcpProtocol } from './private/tcp-listeners';
import type { TcpIngressProps } from './tcp-ingress-props';

/** https://dicom.nema.org/medical/dicom/current/output/chtml/part05/sect_6.2.html (AE), of which security group rules allow this much */
const DICOM: TcpProtocol = {
  id: 'Dicom',
  name: 'DICOM',
  noun: 'application entity',
  names: /^[A-Za-z0-9_-]{1,16}$/,
  namesAre: '1 to 16 letters, digits, hyphens and underscores',
};

/** A DICOM application entity that takes associations. */
export interface DicomApplicationEntity {
  /**
   * Its AE title, 1 to 16 letters, digits, hyphens and underscores: what modalities are set up to call. It names alarms and dashboards here, no more; the
   * application is what accepts or refuses it.
   */
  readonly title: string;
  /** The port modalities connect to. 11112 is registered for DICOM, 2762 for DICOM over TLS. */
  readonly port: number;
  /**
   * The port the application listens on.
   *
   * @default - the port modalities connect to
   */
  readonly targetPort?: number;
  /**
   * What `probes` of the application ask it, at the address of each zone.
   *
   * @default - they do not
   */
  readonly probe?: DicomProbe;
}

/** Properties of a DICOM ingress. */
export interface DicomIngressProps extends TcpIngressProps {
  /** The application entities, each a listener, as many as the compute takes. */
  readonly applicationEntities: DicomApplicationEntity[];
}

/**
 * DICOM message exchange (DIMSE: C-STORE, C-FIND, C-MOVE) through a Network Load Balancer with one fixed address in every zone. Made by
 * `Ingress.dicom`. DICOMweb is HTTPS: use `Ingress.https` for it.
 *
 * An association is one connection to one target, and ends with it: a modality sends the study again. Behind several targets each
 * association finds another one, so they must share their index and their storage.
 */
export class DicomIngress implements IIngress {
  private readonly listeners: TcpListeners;

  /** @throws InvalidDicomIngress naming every mistake in the properties */
  public constructor(props: DicomIngressProps) {
    this.listeners = new TcpListeners(
      DICOM,
      props,
      props.applicationEntities.map(({ title, port, targetPort, probe }) => ({
        name: title,
        port,
        targetPort: targetPort ?? port,
        question: probe?._question(title),
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
