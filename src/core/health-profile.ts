import { Duration } from 'aws-cdk-lib';
import { Problems } from './private/fail';

/** How a probe asks. */
export enum ProbeProtocol {
  HTTP = 'HTTP',
  HTTPS = 'HTTPS',
  TCP = 'TCP',
}

/** What a deep probe reaches through. */
export enum ProbedDependency {
  DATABASE = 'DATABASE',
  CACHE = 'CACHE',
  QUEUE = 'QUEUE',
  STORAGE = 'STORAGE',
}

/** A probe that goes through the application to what it depends on. */
export interface DeepProbe {
  /** The path to ask, for example `/fhir/metadata`. */
  readonly path: string;
  /**
   * What an answer proves to work.
   *
   * @default [ProbedDependency.DATABASE]
   */
  readonly proves?: ProbedDependency[];
}

/** How often to probe, and how many answers decide. */
export interface ProbeTiming {
  /**
   * Time between probes, 5 to 300 seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;
  /**
   * How long to wait for an answer, 2 to 120 seconds and below `interval`.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;
  /**
   * Failed probes in a row until a target is taken out, 2 to 10.
   *
   * @default 3
   */
  readonly unhealthyThreshold?: number;
  /**
   * Good probes in a row until a target is used again, 2 to 10.
   *
   * @default 2
   */
  readonly healthyThreshold?: number;
  /**
   * How long a new instance may take until it answers. Becomes the grace period in which failed probes do not replace it.
   * Measure it on the first boot with an empty database, which is the slowest.
   *
   * @default - unknown: refused for FOUNDATION and LIFE_CRITICAL systems; 60 seconds for others, with the warning
   * `cdk-resilient-ehr:assumedStartup`
   */
  readonly startup?: Duration;
}

/** Options of an HTTP health profile. */
export interface HttpHealthProfileOptions extends ProbeTiming {
  /**
   * The port to probe.
   *
   * @default - the application's traffic port
   */
  readonly port?: number;
  /**
   * Whether the application itself speaks TLS on that port.
   *
   * @default ProbeProtocol.HTTP
   */
  readonly protocol?: ProbeProtocol;
  /**
   * Status codes that mean healthy, as Elastic Load Balancing writes them: `200`, `200,302`, `200-299`.
   *
   * @default '200'
   */
  readonly healthyHttpCodes?: string;
  /**
   * A second probe that reaches the dependencies. It feeds alarms, never the load balancer: a load balancer that probes
   * the database takes every target out when the database fails over.
   *
   * @default - none
   */
  readonly deep?: DeepProbe;
}

/** Options of a TCP health profile. */
export interface TcpHealthProfileOptions extends ProbeTiming {
  /**
   * The port to probe.
   *
   * @default - the application's traffic port
   */
  readonly port?: number;
}

/**
 * What "healthy" means for an application, and how fast we notice that it is not. Detection is part of every RTO:
 * `detectionTime` is what this profile costs.
 */
export class HealthProfile {
  /**
   * The application answers HTTP on a path. Choose a shallow one, which does not ask the database.
   *
   * @throws InvalidHealthProfile naming every value out of range
   */
  public static http(path: string, options: HttpHealthProfileOptions = {}): HealthProfile {
    return new HealthProfile(options.protocol ?? ProbeProtocol.HTTP, path, options);
  }

  /**
   * The application accepts connections. Proves a listener, not an application: use it where nothing better exists.
   *
   * @throws InvalidHealthProfile naming every value out of range
   */
  public static tcp(options: TcpHealthProfileOptions = {}): HealthProfile {
    return new HealthProfile(ProbeProtocol.TCP, undefined, options);
  }

  /** How the probe asks. */
  public readonly protocol: ProbeProtocol;
  /** The path it asks; none for TCP. */
  public readonly path?: string;
  /** The port it asks; the traffic port if left out. */
  public readonly port?: number;
  /** Status codes that mean healthy; none for TCP. */
  public readonly healthyHttpCodes?: string;
  /** Time between probes. */
  public readonly interval: Duration;
  /** How long the probe waits for an answer. */
  public readonly timeout: Duration;
  /** Failed probes in a row until a target is taken out. */
  public readonly unhealthyThreshold: number;
  /** Good probes in a row until a target is used again. */
  public readonly healthyThreshold: number;
  /** How long a new instance may take until it answers, if known. */
  public readonly startup?: Duration;
  /** The probe that reaches the dependencies, if there is one. */
  public readonly deep?: DeepProbe;

  private constructor(protocol: ProbeProtocol, path: string | undefined, options: HttpHealthProfileOptions) {
    this.protocol = protocol;
    this.path = path;
    this.port = options.port;
    this.healthyHttpCodes = protocol === ProbeProtocol.TCP ? undefined : (options.healthyHttpCodes ?? '200');
    this.interval = options.interval ?? Duration.seconds(10);
    this.timeout = options.timeout ?? Duration.seconds(5);
    this.unhealthyThreshold = options.unhealthyThreshold ?? 3;
    this.healthyThreshold = options.healthyThreshold ?? 2;
    this.startup = options.startup;
    this.deep = options.deep;
    this.validate();
  }

  /** Time from the failure of a target until the load balancer stops using it: `interval × unhealthyThreshold + timeout`. */
  public get detectionTime(): Duration {
    return Duration.seconds(this.interval.toSeconds() * this.unhealthyThreshold + this.timeout.toSeconds());
  }

  /** The ranges of https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
  private validate(): void {
    const problems = new Problems(undefined, 'InvalidHealthProfile');
    const interval = this.interval.toSeconds();
    const timeout = this.timeout.toSeconds();
    problems.require(interval >= 5 && interval <= 300, `interval must be 5 to 300 seconds, got ${interval}`);
    problems.require(timeout >= 2 && timeout <= 120, `timeout must be 2 to 120 seconds, got ${timeout}`);
    problems.require(timeout < interval, `timeout (${timeout} s) must be below interval (${interval} s)`);
    for (const name of ['unhealthyThreshold', 'healthyThreshold'] as const) {
      const value = this[name];
      problems.require(
        Number.isInteger(value) && value >= 2 && value <= 10,
        `${name} must be a whole number from 2 to 10, got ${value}`,
      );
    }
    for (const path of [this.path, this.deep?.path]) {
      problems.require(path === undefined || path.startsWith('/'), `a path must start with "/", got "${path}"`);
    }
    if (this.port !== undefined) {
      problems.require(this.port >= 1 && this.port <= 65535, `port must be 1 to 65535, got ${this.port}`);
    }
    problems.throwIfAny();
  }
}
