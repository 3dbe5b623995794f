import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as synthetics from 'aws-cdk-lib/aws-synthetics';
import type { Construct } from 'constructs';
import type { DataProtection, HealthProfile } from '../core';
import { fail, Problems } from '../core/private/fail';
import type { NetworkConfig } from '../network';
import type { IngressConfig } from './ingress-ref';
import { HttpCanary } from './private/http-canary';
import { ProbeResults } from './private/probe-results';

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
   * Ask the deep probe of the health profile as well, where it has one.
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
   * Costs each run: 43,200 a month for each path at one a minute, and a Lambda function's time; a KMS key and a bucket.
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
    const asked = system.ingress.flatMap((ingress, wayIn) =>
      this.paths(system.health).map((path) => ({ ...path, wayIn, target: ingress.probeTarget })),
    );
    const results = new ProbeResults(scope, 'Results', {
      systemName: system.systemName,
      retention: this.options.resultRetention ?? Duration.days(30),
      dataProtection: system.dataProtection,
    });
    const probes = asked.flatMap(({ target, ...question }) => {
      if (!target) {
        return [];
      }
      const id = `${question.deep ? 'Deep' : 'WayIn'}${question.wayIn + 1}`;
      const { failing, downtime } = new HttpCanary(scope, id, {
        ...question,
        canaryName: `${system.systemName}-${question.deep ? 'deep' : 'way-in'}-${question.wayIn + 1}`,
        target,
        network: system.network,
        results,
        every,
        failures: this.options.failures ?? 2,
        timeout: this.options.timeout ?? Duration.seconds(10),
        downtimeTrigger: system.downtimeTrigger,
        runtime: this.options.runtime,
      });
      return [{ wayIn: question.wayIn, deep: question.deep, failing, downtime }];
    });
    if (probes.length === 0) {
      fail(
        scope,
        'NothingToProbe',
        'no ingress can be asked: that takes an HTTPS ingress open to the internet or internal, and an HTTP path in the health profile on the traffic port, or a deep one; leave probes out',
      );
    }
    return probes;
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

interface Question {
  readonly path: string;
  readonly healthyHttpCodes: string;
  readonly deep: boolean;
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
