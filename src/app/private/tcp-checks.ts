import { Problems } from '../../core/private/fail';
import type { TcpIngressProps } from '../tcp-ingress-props';
import { requireNarrow } from './source-ranges';
import type { TcpListener, TcpProtocol } from './tcp-listeners';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html */
const LISTENERS_PER_LOAD_BALANCER = 50;

/** Stop at every contradiction in a way in over TCP, and say them all at once. */
export function requireTcpIngress(protocol: TcpProtocol, props: TcpIngressProps, listeners: TcpListener[]): void {
  const problems = new Problems(undefined, `Invalid${protocol.id}Ingress`);
  requireListeners(problems, protocol, listeners);
  requireNarrow(problems, props.sources);
  problems.require(
    props.hostedZone === undefined || props.domainName !== undefined,
    'hostedZone is given without a domainName; name the record that is to be made in it',
  );
  requireTermination(problems, props);
  requireProbes(problems, protocol, props, listeners);
  const { idleTimeout } = props;
  if (idleTimeout && !idleTimeout.isUnresolved()) {
    const seconds = idleTimeout.toSeconds();
    problems.require(seconds >= 60 && seconds <= 6000, `idleTimeout must be 60 to 6000 seconds, got ${seconds}`);
  }
  problems.throwIfAny();
}

/** The name of whoever ends TLS; undefined where nobody is known to. */
export function serverNameOf({ encryption, domainName }: TcpIngressProps): string | undefined {
  return encryption._termination ? domainName : encryption._passThrough?.serverName;
}

function requireListeners(problems: Problems, { noun, names, namesAre }: TcpProtocol, listeners: TcpListener[]): void {
  problems.require(listeners.length > 0, `there is no ${noun}; give at least one`);
  problems.require(
    listeners.length <= LISTENERS_PER_LOAD_BALANCER,
    `a Network Load Balancer has up to ${LISTENERS_PER_LOAD_BALANCER} listeners, got ${listeners.length}; spread them over several ingresses`,
  );
  for (const [index, { name, port, targetPort }] of listeners.entries()) {
    problems.require(names.test(name), `the name of a ${noun} must be ${namesAre}, got "${name}"`);
    for (const value of [port, targetPort]) {
      problems.require(
        Number.isInteger(value) && value >= 1 && value <= 65535,
        `the port of ${noun} "${name}" must be 1 to 65535, got ${value}`,
      );
    }
    const before = listeners.slice(0, index);
    problems.require(!before.some((other) => other.name === name), `${noun} "${name}" is named twice`);
    problems.require(!before.some((other) => other.port === port), `port ${port} is given to more than one ${noun}`);
  }
}

function requireTermination(
  problems: Problems,
  { encryption, domainName, hostedZone, idleTimeout }: TcpIngressProps,
): void {
  if (!encryption._termination) {
    return;
  }
  problems.require(
    encryption._termination.certificate !== undefined || (hostedZone !== undefined && domainName !== undefined),
    'TLS ends at the load balancer without a certificate; give one to TransportEncryption.tlsTermination, or domainName and hostedZone to prove a new one in',
  );
  problems.require(
    idleTimeout === undefined,
    'idleTimeout cannot be chosen where TLS ends at the load balancer, which waits for 350 seconds; leave it out, or use TransportEncryption.tlsPassThrough()',
  );
}

function requireProbes(
  problems: Problems,
  protocol: TcpProtocol,
  props: TcpIngressProps,
  listeners: TcpListener[],
): void {
  const { addresses, encryption, domainName } = props;
  const asked = listeners.filter(({ question }) => question);
  problems.require(
    asked.length === 0 || !addresses?._internetFacing,
    `a probe asks from inside the VPC, where public addresses are not reached; leave out the probe of ${namesOf(asked)}`,
  );
  problems.require(
    asked.length === 0 || !encryption._termination || domainName !== undefined,
    `a probe of ${namesOf(asked)} has to know the name that the certificate of the load balancer is for; give domainName`,
  );
  const spoken = asked.filter(({ question }) => question?.protocol !== 'connect');
  problems.require(
    spoken.length === 0 || !encryption._passThrough || serverNameOf(props) !== undefined,
    `a probe of ${namesOf(spoken)} has to speak TLS with the application; name its certificate with TransportEncryption.tlsPassThrough({ serverName }), or use ${protocol.id}Probe.connection()`,
  );
}

function namesOf(listeners: TcpListener[]): string {
  return listeners.map(({ name }) => name).join(', ');
}
