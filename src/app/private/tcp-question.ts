import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** What a probe says on a connection, as the script of the canary reads it. */
export type TcpQuestion =
  | { readonly protocol: 'connect' }
  | { readonly protocol: 'mllp'; readonly message: string; readonly accepted: string[] }
  | { readonly protocol: 'dicom'; readonly called: string; readonly calling: string };

/** A listener that is to be probed. */
export type ProbedListener = TcpQuestion & { readonly name: string; readonly port: number };

/** What an ingress over TCP lets probes ask, at the address of each zone. */
export interface ProbedListeners {
  readonly listeners: ProbedListener[];
  /** Who has to let the probe in. */
  readonly connections: ec2.Connections;
  /**
   * The name that the certificate is for.
   *
   * @default - the probe speaks no TLS
   */
  readonly serverName?: string;
  /**
   * Who signed the certificate, in PEM.
   *
   * @default - an authority that Node.js knows
   */
  readonly certificateAuthority?: string;
}
