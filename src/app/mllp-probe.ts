import { Token } from 'aws-cdk-lib';
import { fail, Problems } from '../core/private/fail';
import type { TcpQuestion } from './private/tcp-question';

/** Codes of an acknowledgement: HL7 table 0008. */
const CODES = ['AA', 'AE', 'AR', 'CA', 'CE', 'CR'];
/** Segments that say who a patient is, or whose relatives and insurance they have. */
const ABOUT_A_PATIENT = ['PID', 'PD1', 'MRG', 'NK1', 'GT1', 'IN1', 'IN2', 'IN3', 'PV1', 'ACC'];

/** Options of a test message. */
export interface MllpMessageProbeOptions {
  /**
   * The acknowledgement codes (MSA-1) that are good: `AA`, `AE`, `AR`, `CA`, `CE` or `CR`. An engine that answers a query it does not
   * know with `AE` takes messages all the same.
   *
   * @default ['AA', 'CA']
   */
  readonly acknowledgementCodes?: string[];
  /**
   * Who says that the patient in the message is none, for example `test patient ZZTEST of the interface team, IT-2026-118`. Needed where
   * the message has a segment about a patient.
   *
   * @default - a message with such a segment is refused
   */
  readonly acknowledgeTestPatient?: string;
}

/** How a feed is probed, where the application has `probes`. */
export class MllpProbe {
  /** Whether somebody takes connections. Where TLS ends at the load balancer, that is the load balancer. */
  public static connection(): MllpProbe {
    return new MllpProbe({ protocol: 'connect' });
  }

  /**
   * Send a test message of yours, and wait for its acknowledgement. **It is written into the template in plain text, and the application
   * gets it at every run, in a standby Region too**: no patient's data belongs in it, and the application must do nothing with it that
   * anybody sees. A query of a test facility is best. The probe sets the time (MSH-7) and the control id (MSH-10), which the
   * acknowledgement must name (MSA-2).
   *
   * @param message the segments, one a line, starting with MSH
   * @throws InvalidMllpProbe naming everything that is wrong
   */
  public static message(message: string, options: MllpMessageProbeOptions = {}): MllpProbe {
    const { acknowledgementCodes: accepted = ['AA', 'CA'] } = options;
    requireKnown(message);
    const segments = message.split(/\r\n|\r|\n/).filter((segment) => segment !== '');
    const problems = new Problems(undefined, 'InvalidMllpProbe');
    requireMessage(problems, message, segments);
    requireNoPatient(problems, segments, options.acknowledgeTestPatient);
    problems.require(
      accepted.length > 0 && accepted.every((code) => CODES.includes(code)),
      `acknowledgementCodes must be some of ${CODES.join(', ')}, got ${JSON.stringify(accepted)}`,
    );
    problems.throwIfAny();
    return new MllpProbe({ protocol: 'mllp', message: segments.join('\r'), accepted });
  }

  private constructor(
    /** @internal */
    public readonly _question: TcpQuestion,
  ) {}
}

function requireKnown(message: string): void {
  if (Token.isUnresolved(message)) {
    fail(undefined, 'InvalidMllpProbe', 'the message is only known at deployment; give it as it is, without secrets');
  }
}

function requireMessage(problems: Problems, message: string, [header = '']: string[]): void {
  const separator = header[3] ?? '';
  const fields = header.split(separator);
  problems.require(
    /^MSH[^A-Za-z0-9\s]/.test(header),
    `the message must start with MSH and a field separator, got ${JSON.stringify(header.slice(0, 4))}`,
  );
  // MSH-1 is the separator itself, so MSH-9 is at 8
  problems.require(
    fields.length >= 12 && fields[8] !== '' && fields[11] !== '',
    'the MSH segment must name the message type (MSH-9) and the version (MSH-12)',
  );
  problems.require(
    !message.includes('\u000b') && !message.includes('\u001c'),
    'the message must come without its MLLP frame, which the probe adds',
  );
}

function requireNoPatient(problems: Problems, segments: string[], acknowledged: string | undefined): void {
  const found = segments.map((segment) => segment.slice(0, 3)).filter((name) => ABOUT_A_PATIENT.includes(name));
  problems.require(
    found.length === 0 || Boolean(acknowledged?.trim()),
    `the message is about a patient (${found.join(', ')}), and is written into the template; use a query of a test facility, or say with acknowledgeTestPatient who knows that there is no such patient`,
  );
}
