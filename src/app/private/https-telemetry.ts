import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { unusable } from './load-balancer-outage';
import { RouteTelemetry } from './route-telemetry';

/** Properties of HttpsTelemetry. */
export interface HttpsTelemetryProps {
  readonly systemName: string;
  /** The address users know. */
  readonly address: string;
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** What answers: two groups where deployments move requests between them. */
  readonly targets: elbv2.ApplicationTargetGroup[];
  readonly latencyThreshold: Duration;
  /** Whether something should be there to answer: not in a Region that waits with nothing running. */
  readonly expectsTargets: boolean;
  /** Targets that fail their probes on purpose. */
  readonly passiveTargets: number;
}

const { GREATER_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } =
  cloudwatch.ComparisonOperator;
const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;
const minute = { period: Duration.minutes(1) };

/** What tells whether users get answers through a load balancer. */
export class HttpsTelemetry extends Construct {
  public readonly alarms: cloudwatch.Alarm[];
  public readonly deploymentAlarms: cloudwatch.Alarm[];
  /** Alarms that mean users cannot come in. */
  public readonly outageAlarms: cloudwatch.Alarm[];
  /** 1 in a minute in which nobody can work; none where nothing is expected to answer. */
  public readonly unusable?: cloudwatch.IMetric;
  public readonly widgets: cloudwatch.IWidget[];
  public readonly summary: cloudwatch.IWidget[];
  private readonly route: RouteTelemetry;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: HttpsTelemetryProps,
  ) {
    super(scope, id);
    this.route = new RouteTelemetry(props.targets);
    this.deploymentAlarms = this.makeDeploymentAlarms();
    this.outageAlarms = this.makeOutageAlarms();
    this.alarms = [...this.outageAlarms, this.makeUnhealthyAlarm(), ...this.deploymentAlarms];
    this.unusable = props.expectsTargets ? unusable(props.loadBalancer, this.route.healthy('Maximum')) : undefined;
    this.widgets = this.makeWidgets();
    this.summary = this.makeSummary();
  }

  private makeOutageAlarms(): cloudwatch.Alarm[] {
    const { loadBalancer, expectsTargets } = this.props;
    const alarms = [
      errorRate(loadBalancer).createAlarm(this, 'ServerErrorRate', {
        alarmDescription: 'More than 5 % of requests end in a server error',
        comparisonOperator: GREATER_THAN_THRESHOLD,
        threshold: 5,
        evaluationPeriods: 3,
        treatMissingData: NOT_BREACHING,
      }),
      loadBalancer.metrics
        .httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, minute)
        .createAlarm(this, 'LoadBalancerErrors', {
          alarmDescription:
            'The load balancer itself answers with errors: it finds no target, or none answers it in time',
          comparisonOperator: GREATER_THAN_THRESHOLD,
          threshold: 10,
          evaluationPeriods: 3,
          treatMissingData: NOT_BREACHING,
        }),
    ];
    if (expectsTargets) {
      alarms.push(
        new cloudwatch.Alarm(this, 'NoHealthyTarget', {
          metric: this.route.healthy('Maximum'),
          alarmDescription: 'Nothing answers: users cannot reach the system in this Region',
          comparisonOperator: LESS_THAN_THRESHOLD,
          threshold: 1,
          evaluationPeriods: 2,
          treatMissingData: BREACHING, // no data is how nothing looks
        }),
      );
    }
    return alarms;
  }

  /** The others carry its load, so users notice nothing yet. */
  private makeUnhealthyAlarm(): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'UnhealthyTargets', {
      metric: this.route.unhealthy(),
      alarmDescription: 'A target has failed its probes for five minutes and was not replaced',
      comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1 + this.props.passiveTargets,
      evaluationPeriods: 5,
      treatMissingData: NOT_BREACHING,
    });
  }

  /** With names that are known before the service is made. */
  private makeDeploymentAlarms(): cloudwatch.Alarm[] {
    const { loadBalancer, latencyThreshold } = this.props;
    return [
      loadBalancer.metrics
        .httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, minute)
        .createAlarm(this, 'ServerErrors', {
          alarmName: this.alarmName('server-errors'),
          alarmDescription: 'The application answers with server errors',
          comparisonOperator: GREATER_THAN_THRESHOLD,
          threshold: 20,
          evaluationPeriods: 3,
          treatMissingData: NOT_BREACHING,
        }),
      new cloudwatch.Alarm(this, 'Latency', {
        metric: this.route.slowest(),
        alarmName: this.alarmName('latency'),
        alarmDescription: `One answer in a hundred takes longer than ${latencyThreshold.toHumanString()}`,
        comparisonOperator: GREATER_THAN_THRESHOLD,
        threshold: latencyThreshold.toSeconds({ integral: false }),
        evaluationPeriods: 5,
        treatMissingData: NOT_BREACHING,
      }),
    ];
  }

  private alarmName(what: string): string {
    const { region } = Stack.of(this);
    const place = Token.isUnresolved(region) ? [] : [region]; // a name with a token in it is no explicit name
    return [this.props.systemName, ...place, this.node.scope?.node.id.toLowerCase(), what].join('-');
  }

  private makeWidgets(): cloudwatch.IWidget[] {
    const { loadBalancer } = this.props;
    return [
      new cloudwatch.GraphWidget({
        title: 'Answers by kind',
        width: 12,
        left: [
          loadBalancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_2XX_COUNT, { ...minute, label: 'good' }),
          loadBalancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_4XX_COUNT, { ...minute, label: 'refused' }),
          loadBalancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, { ...minute, label: 'failed' }),
          loadBalancer.metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, { ...minute, label: 'not reached' }),
        ],
      }),
      new cloudwatch.GraphWidget({
        title: 'Targets that answer their probes',
        width: 12,
        left: [this.route.healthy('Minimum', 'healthy'), this.route.unhealthy('unhealthy')],
        leftYAxis: { min: 0 },
      }),
    ];
  }

  /** Is it used, does it fail, is it fast? */
  private makeSummary(): cloudwatch.IWidget[] {
    const { loadBalancer, address } = this.props;
    const { metrics } = loadBalancer;
    const period = Duration.minutes(5);
    const single = (title: string, metric: cloudwatch.IMetric) =>
      new cloudwatch.SingleValueWidget({ title, width: 8, height: 4, metrics: [metric], sparkline: true });
    return [
      single(`Is it used? ${address}`, metrics.requestCount({ period, label: 'requests in 5 minutes' })),
      single('Does it fail?', errorRate(loadBalancer)),
      single('Is it fast?', metrics.targetResponseTime({ period, statistic: 'p99', label: 'slowest 1 %, seconds' })),
    ];
  }
}

/** Share of requests, in percent, that end in a server error of the application or the load balancer. */
export function errorRate(
  loadBalancer: elbv2.IApplicationLoadBalancer,
  period = minute.period,
): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    // a request that finds no target is no request to Elastic Load Balancing, so its errors stand below the line as well
    expression: '100 * (FILL(target, 0) + FILL(elb, 0)) / (FILL(requests, 0) + FILL(elb, 0))',
    usingMetrics: {
      target: loadBalancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, { period }),
      elb: loadBalancer.metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, { period }),
      requests: loadBalancer.metrics.requestCount({ period }),
    },
    period,
    label: 'Requests that fail, %',
  });
}
