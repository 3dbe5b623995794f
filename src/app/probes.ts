import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as synthetics from 'aws-cdk-lib/aws-synthetics';
import type { Construct } from 'constructs';
import type { DataProtection, HealthProfile } from '../core';
import { fail, Problems } from '../core/private/fail';
import type { NetworkConfig } from '../network';
import type { IngressConfig } from './ingress-ref';
import { HttpCanary } from './private/http-canary';
import type { ProbeSettings } from './private/probe-canary';
import { ProbeResults } from './private/probe-results';
import { TcpCanary } from './private/tcp-canary';
import type { ProbedListeners } from './private/tcp-question';

/** Options of probes by Amazon CloudWatch Synthetics. */
export interface SyntheticProbesOptions {
  /**
   * How often to ask, 1 to 60 minutes. At most the `downtimeTrigger` of the objectives.
   *
   * @default Duration.minutes(1)
   */
  readonly every?: Duration;
  /**
   * Runs that fail in a row until an alarm goes off, 1 to 10.
   *
   * @default 2
   */
  readonly failures?: number;
  /**
   * How long to wait for an answer, 1 to 30 seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
  /**
   * Ask the deep probe of the health profile as well, where it has one, and send the test messages of feeds and application entities. Without,
   * their probes open connections only.
   *
   * @default true
   */
  readonly deep?: boolean;
  /**
   * How long results are kept, 1 to 365 days.
   *
   * @default Duration.days(30)
   */
  readonly resultRetention?: Duration;
  /**
   * The runtime of the canaries, a Node.js one. AWS retires runtimes; a canary goes on, but no longer can be changed.
   *
   * @default synthetics.Runtime.SYNTHETICS_NODEJS_PUPPETEER_13_0
   */
  readonly runtime?: synthetics.Runtime;
}

/** What probes are told of the system. */
export interface ProbedSystem {
  readonly systemName: string;
  readonly network: NetworkConfig;
  readonly health: HealthProfile;
  readonly ingress: IngressConfig[];
  readonly dataProtection: DataProtection;
  readonly downtimeTrigger: Duration;
}

/** A probe of one way in. */
export interface BoundProbe {
  /** The way in, by its place in the list. */
  readonly wayIn: number;
  /** Whether it reaches what the application depends on. */
  readonly deep: boolean;
  /**
   * The Availability Zone whose address it asks. The way in is shut when those of all zones fail.
   *
   * @default - the way in as a whole
   */
  readonly zone?: string;
  /** Goes off when it failed several times in a row. */
  readonly failing: cloudwatch.Alarm;
  /** Goes off when it has failed for as long as the downtime trigger says. */
  readonly downtime: cloudwatch.Alarm;
}

/** Whether somebody outside the application asks it, as a user would. */
export class Probes {
  /**
   * Canaries of Amazon CloudWatch Synthetics ask every HTTPS ingress for the path of the health profile, and for its deep path.
   * They see what load balancers cannot: an expired certificate, a web ACL or security group that shuts users out, a
   * database that does not answer. They ask the load balancer of their own Region, also after a failover, and keep no answer: only
   * whether it was good.
   *
   * Feeds and application entities that have a `probe` are asked from inside the VPC, at the address of each zone, in a canary for each
   * zone: an alarm tells of one address, and the way in is shut when none answers.
   *
   * Costs each run: 43,200 a month for each path and for each zone of a feed at one a minute, and a Lambda function's time; a KMS
   * key and a bucket.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries.html
   * @throws InvalidProbes naming every value out of range
   */
  public static synthetics(options: SyntheticProbesOptions = {}): Probes {
    validate(options);
    return new Probes(options);
  }

  private constructor(private readonly options: SyntheticProbesOptions) {}

  /** @internal */
  public _bind(scope: Construct, system: ProbedSystem): BoundProbe[] {
    const every = this.options.every ?? Duration.minutes(1);
    if (every.toSeconds() > system.downtimeTrigger.toSeconds()) {
      fail(
        scope,
        'ProbesTooRare',
        `probes ask every ${every.toHumanString()}, which is too rare for an alarm after ${system.downtimeTrigger.toHumanString()} (downtimeTrigger); ask more often`,
      );
    }
    const settings: ProbeSettings = {
      network: system.network,
      results: new ProbeResults(scope, 'Results', {
        systemName: system.systemName,
        retention: this.options.resultRetention ?? Duration.days(30),
        dataProtection: system.dataProtection,
      }),
      every,
      failures: this.options.failures ?? 2,
      timeout: this.options.timeout ?? Duration.seconds(10),
      downtimeTrigger: system.downtimeTrigger,
      runtime: this.options.runtime,
    };
    const probes = system.ingress.flatMap((ingress, wayIn) => [
      ...this.askPaths(scope, system, { ingress, wayIn }, settings),
      ...this.askAddresses(scope, system, { ingress, wayIn }, settings),
    ]);
    if (probes.length === 0) {
      fail(
        scope,
        'NothingToProbe',
        'no ingress can be asked: that takes an HTTPS ingress open to the internet or internal, and an HTTP path in the health profile on the traffic port, or a deep one; or a feed or application entity with a probe; leave probes out',
      );
    }
    return probes;
  }

  private askPaths(
    scope: Construct,
    { systemName, health }: ProbedSystem,
    { ingress: { probeTarget: target }, wayIn }: WayIn,
    settings: ProbeSettings,
  ): BoundProbe[] {
    if (!target) {
      return [];
    }
    return this.paths(health).map((question) => {
      const { deep } = question;
      const { failing, downtime } = new HttpCanary(scope, `${deep ? 'Deep' : 'WayIn'}${wayIn + 1}`, {
        ...settings,
        ...question,
        canaryName: `${systemName}-${deep ? 'deep' : 'way-in'}-${wayIn + 1}`,
        target,
      });
      return { wayIn, deep, failing, downtime };
    });
  }

  /** One canary for each zone: what they find differs, and so does who is told. */
  private askAddresses(
    scope: Construct,
    { systemName }: ProbedSystem,
    { ingress: { _probed: given, zonalEntries = [] }, wayIn }: WayIn,
    settings: ProbeSettings,
  ): BoundProbe[] {
    if (!given) {
      return [];
    }
    const probed = this.options.deep === false ? connectionsOnly(given) : given;
    return zonalEntries.map((entry, zone) => {
      const { failing, downtime } = new TcpCanary(scope, `WayIn${wayIn + 1}Zone${zone + 1}`, {
        ...settings,
        canaryName: `${systemName}-way-in-${wayIn + 1}-zone-${zone + 1}`,
        entry,
        probed,
      });
      return { wayIn, deep: false, zone: entry.availabilityZone, failing, downtime };
    });
  }

  /** A probe of a port of its own is not behind the listener. */
  private paths(health: HealthProfile): Question[] {
    const { path, port, deep, healthyHttpCodes = '200' } = health;
    return [
      ...(path !== undefined && port === undefined ? [{ path, healthyHttpCodes, deep: false }] : []),
      ...(deep && this.options.deep !== false ? [{ path: deep.path, healthyHttpCodes: '200-299', deep: true }] : []),
    ];
  }
}

interface WayIn {
  readonly ingress: IngressConfig;
  readonly wayIn: number;
}

interface Question {
  readonly path: string;
  readonly healthyHttpCodes: string;
  readonly deep: boolean;
}

function connectionsOnly(probed: ProbedListeners): ProbedListeners {
  const listeners = probed.listeners.map(({ name, port }) => ({ protocol: 'connect' as const, name, port }));
  return { ...probed, listeners };
}

function validate({ every, failures, timeout, resultRetention }: SyntheticProbesOptions): void {
  const problems = new Problems(undefined, 'InvalidProbes');
  const within = (
    name: string,
    value: Duration | undefined,
    least: number,
    most: number,
    unit: string,
    one: number,
  ) => {
    const amount = value === undefined ? least : value.toSeconds({ integral: false }) / one;
    problems.require(
      Number.isInteger(amount) && amount >= least && amount <= most,
      `${name} must be ${least} to ${most} whole ${unit}, got ${value?.toHumanString()}`,
    );
  };
  within('every', every, 1, 60, 'minutes', 60);
  within('timeout', timeout, 1, 30, 'seconds', 1);
  within('resultRetention', resultRetention, 1, 365, 'days', 86_400);
  problems.require(
    failures === undefined || (Number.isInteger(failures) && failures >= 1 && failures <= 10),
    `failures must be a whole number from 1 to 10, got ${failures}`,
  );
  problems.throwIfAny();
}
