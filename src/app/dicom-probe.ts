import { fail } from '../core/private/fail';
import type { TcpQuestion } from './private/tcp-question';

/** Options of a C-ECHO. */
export interface DicomEchoProbeOptions {
  /**
   * The AE title that the probe calls itself: 1 to 16 letters, digits, hyphens and underscores. An application that answers those it knows only
   * must know it, whatever its address.
   *
   * @default 'PROBE'
   */
  readonly callingTitle?: string;
}

/** How an application entity is probed, where the application has `probes`. */
export class DicomProbe {
  /** Whether somebody takes connections. Where TLS ends at the load balancer, that is the load balancer. */
  public static connection(): DicomProbe {
    return new DicomProbe(() => ({ protocol: 'connect' }));
  }

  /**
   * Verify it (C-ECHO) in an association of its own: nothing is stored, and no patient is named.
   *
   * @throws InvalidDicomProbe when the title is none
   */
  public static echo({ callingTitle = 'PROBE' }: DicomEchoProbeOptions = {}): DicomProbe {
    if (!/^[A-Za-z0-9_-]{1,16}$/.test(callingTitle)) {
      fail(
        undefined,
        'InvalidDicomProbe',
        `callingTitle must be 1 to 16 letters, digits, hyphens and underscores, got "${callingTitle}"`,
      );
    }
    return new DicomProbe((called) => ({ protocol: 'dicom', called, calling: callingTitle }));
  }

  private constructor(
    /** @internal */
    public readonly _question: (calledTitle: string) => TcpQuestion,
  ) {}
}
