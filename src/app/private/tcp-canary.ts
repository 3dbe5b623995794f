import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import type { ZonalEntry } from '../ingress-ref';
import { ProbeCanary, type ProbeSettings } from './probe-canary';
import { TCP_CANARY_SCRIPT } from './tcp-canary-script';
import type { ProbedListeners } from './tcp-question';

/** Bytes of all environment variables of a canary, less what the others and the runtime take: https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CanaryRunConfigInput.html */
const MOST_BYTES = 3500;

/** Properties of a TcpCanary. */
export interface TcpCanaryProps extends ProbeSettings {
  readonly canaryName: string;
  readonly entry: ZonalEntry;
  readonly probed: ProbedListeners;
}

/** A canary that asks every listener at the address of one zone. */
export class TcpCanary extends ProbeCanary {
  public constructor(scope: Construct, id: string, props: TcpCanaryProps) {
    const { entry, probed } = props;
    const { listeners, serverName, certificateAuthority } = probed;
    const host = entry.address ?? entry.dnsName;
    const questions = JSON.stringify(listeners);
    const length = Buffer.byteLength(questions) + Buffer.byteLength(certificateAuthority ?? '');
    if (length > MOST_BYTES) {
      fail(
        scope,
        'ProbesTooLong',
        `test messages and the certificate authority have ${length} bytes together, of which a canary takes ${MOST_BYTES}; shorten the messages, or probe fewer listeners`,
      );
    }
    super(scope, id, {
      ...props,
      script: TCP_CANARY_SCRIPT,
      environment: {
        PROBE_HOST: host,
        PROBE_QUESTIONS: questions,
        ...(serverName === undefined ? {} : { PROBE_SERVER_NAME: serverName }),
        ...(certificateAuthority === undefined ? {} : { PROBE_AUTHORITY: certificateAuthority }),
      },
      asked: `${listeners.map(({ name }) => name).join(', ')} at ${Token.isUnresolved(host) ? 'the address' : host} of zone ${entry.availabilityZone}`,
      entrance: { connections: probed.connections, ports: listeners.map(({ port }) => port) },
    });
  }
}
