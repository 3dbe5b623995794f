import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** The targets behind one port. */
export interface NamedTargets {
  readonly name: string;
  readonly targets: elbv2.NetworkTargetGroup;
}

/** Properties of TcpTelemetry. */
export interface TcpTelemetryProps {
  readonly systemName: string;
  /** What tells its alarms from those of other ways in. */
  readonly ingressId: string;
  /** What people call the way in. */
  readonly title: string;
  readonly loadBalancer: elbv2.NetworkLoadBalancer;
  readonly groups: NamedTargets[];
  readonly zones: string[];
  readonly terminatesTls: boolean;
  /** Whether something should be there to answer: not in a Region that waits with nothing running. */
  readonly expectsTargets: boolean;
  /** Targets that fail their probes on purpose. */
  readonly passiveTargets: number;
}

/** An alarm on an expression reads up to ten metrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html */
const METRICS_PER_ALARM = 10;

const { GREATER_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } =
  cloudwatch.ComparisonOperator;
const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;
const minute = { period: Duration.minutes(1) };
const sum = { ...minute, statistic: 'Sum' };

/**
 * What tells whether senders get through a Network Load Balancer.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 */
export class TcpTelemetry extends Construct {
  public readonly alarms: cloudwatch.Alarm[];
  public readonly deploymentAlarms: cloudwatch.Alarm[];
  /** Alarms that mean that what is sent is not taken. */
  public readonly outageAlarms: cloudwatch.Alarm[];
  /** 1 in a minute in which a port has no target; none where nothing is expected to answer, or an alarm could not read them all. */
  public readonly unusable?: cloudwatch.IMetric;
  public readonly widgets: cloudwatch.IWidget[];
  public readonly summary: cloudwatch.IWidget[];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: TcpTelemetryProps,
  ) {
    super(scope, id);
    this.deploymentAlarms = [this.targetResets()];
    const unhealthy = this.unhealthyAlarms();
    this.outageAlarms = this.silentAlarms();
    this.alarms = [...unhealthy, ...this.outageAlarms, ...this.connectionAlarms(), ...this.deploymentAlarms];
    const readable = props.expectsTargets && props.groups.length <= METRICS_PER_ALARM;
    this.unusable = readable ? anySilent(props.groups) : undefined;
    this.widgets = this.makeWidgets();
    this.summary = this.makeSummary();
  }

  /**
   * None where targets fail on purpose: each is the only one of its zone, and fails or answers as the engine decides. What the
   * compute itself watches tells whether it could take over.
   */
  private unhealthyAlarms(): cloudwatch.Alarm[] {
    const { groups, zones, passiveTargets } = this.props;
    if (passiveTargets > 0) {
      return [];
    }
    return zones.flatMap((zone, index) =>
      chunksOf(groups, METRICS_PER_ALARM).map((chunk, part) => {
        const id = `UnhealthyTargetsInZone${index + 1}${part === 0 ? '' : `Part${part + 1}`}`;
        return worst(chunk.map(({ targets }) => inZone(targets, zone))).createAlarm(this, id, {
          alarmDescription: 'A target of this zone has failed its probes for five minutes and was not replaced',
          comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          threshold: 1,
          // a metric that comes late is filled with zero in its last minutes, which alone would keep the alarm quiet for ever
          evaluationPeriods: 7,
          datapointsToAlarm: 5,
          treatMissingData: NOT_BREACHING,
        });
      }),
    );
  }

  private silentAlarms(): cloudwatch.Alarm[] {
    const { groups, expectsTargets } = this.props;
    if (!expectsTargets) {
      return [];
    }
    return groups.map(({ name, targets }) =>
      healthy(targets, 'Maximum').createAlarm(this, `NoHealthyTarget-${name.replace(/\W/g, '-')}`, {
        alarmDescription: `Nothing takes ${name}: its senders queue, or lose what they send, in this Region`,
        comparisonOperator: LESS_THAN_THRESHOLD,
        threshold: 1,
        evaluationPeriods: 2,
        treatMissingData: BREACHING, // no data is how nothing looks
      }),
    );
  }

  private connectionAlarms(): cloudwatch.Alarm[] {
    const { metrics } = this.props.loadBalancer;
    const alarms = [
      metrics.custom('PortAllocationErrorCount', sum).createAlarm(this, 'PortsExhausted', {
        alarmDescription:
          'The load balancer has no port left towards a target, and refuses connections: run more targets',
        comparisonOperator: GREATER_THAN_THRESHOLD,
        threshold: 0,
        evaluationPeriods: 1,
        treatMissingData: NOT_BREACHING,
      }),
      metrics.tcpElbResetCount(minute).createAlarm(this, 'ConnectionsForgotten', {
        alarmDescription:
          'Senders use connections that the load balancer has forgotten, or their targets were taken out: if it stays, let senders keep connections alive',
        comparisonOperator: GREATER_THAN_THRESHOLD,
        threshold: 50,
        evaluationPeriods: 5,
        treatMissingData: NOT_BREACHING,
      }),
    ];
    if (this.props.terminatesTls) {
      alarms.push(
        metrics.custom('ClientTLSNegotiationErrorCount', sum).createAlarm(this, 'TlsRefused', {
          alarmDescription: 'Senders fail to agree on TLS: an old version, or a certificate they do not trust',
          comparisonOperator: GREATER_THAN_THRESHOLD,
          threshold: 10,
          evaluationPeriods: 5,
          treatMissingData: NOT_BREACHING,
        }),
      );
    }
    return alarms;
  }

  /** Plain, with a name that is known before the service is made. */
  private targetResets(): cloudwatch.Alarm {
    return this.props.loadBalancer.metrics.tcpTargetResetCount(minute).createAlarm(this, 'TargetResets', {
      alarmName: this.alarmName('target-resets'),
      alarmDescription: 'The application refuses connections, or breaks them off',
      comparisonOperator: GREATER_THAN_THRESHOLD,
      threshold: 100,
      evaluationPeriods: 3,
      treatMissingData: NOT_BREACHING,
    });
  }

  private alarmName(what: string): string {
    const { region } = Stack.of(this);
    const place = Token.isUnresolved(region) ? [] : [region]; // a name with a token in it is no explicit name
    return [this.props.systemName, ...place, this.props.ingressId.toLowerCase(), what].join('-');
  }

  private makeWidgets(): cloudwatch.IWidget[] {
    const { loadBalancer, groups } = this.props;
    const { metrics } = loadBalancer;
    const graph = (title: string, left: cloudwatch.IMetric[]) =>
      new cloudwatch.GraphWidget({ title, width: 8, left, leftYAxis: { min: 0 } });
    return [
      graph(
        'Targets that answer their probes',
        groups.map(({ name, targets }) => healthy(targets, 'Minimum').with({ label: name })),
      ),
      graph('Connections', [
        metrics.activeFlowCount({ ...minute, label: 'open' }),
        metrics.newFlowCount({ ...minute, label: 'new' }),
      ]),
      graph('Connections that broke', [
        metrics.tcpClientResetCount({ ...minute, label: 'by senders' }),
        metrics.tcpTargetResetCount({ ...minute, label: 'by the application' }),
        metrics.tcpElbResetCount({ ...minute, label: 'by the load balancer' }),
        metrics.custom('SecurityGroupBlockedFlowCount_Inbound_TCP', { ...sum, label: 'refused: no known source' }),
      ]),
    ];
  }

  /** Is it connected, can it take messages, does it break? */
  private makeSummary(): cloudwatch.IWidget[] {
    const { loadBalancer, groups, title } = this.props;
    const { metrics } = loadBalancer;
    const period = Duration.minutes(5);
    const single = (name: string, shown: cloudwatch.IMetric[]) =>
      new cloudwatch.SingleValueWidget({ title: name, width: 8, height: 4, metrics: shown, sparkline: true });
    return [
      single(`Is it connected? ${title}`, [metrics.activeFlowCount({ period, label: 'open connections' })]),
      single(
        'Can it receive?',
        groups.map(({ name, targets }) => healthy(targets, 'Minimum').with({ period, label: `${name}: targets` })),
      ),
      single('Does it break?', [metrics.tcpTargetResetCount({ period, label: 'broken connections in 5 minutes' })]),
    ];
  }
}

function healthy(targets: elbv2.NetworkTargetGroup, statistic: string): cloudwatch.Metric {
  return targets.metrics.healthyHostCount({ ...minute, statistic }) as cloudwatch.Metric;
}

function inZone(targets: elbv2.NetworkTargetGroup, zone: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/NetworkELB',
    metricName: 'UnHealthyHostCount',
    dimensionsMap: {
      TargetGroup: targets.targetGroupFullName,
      LoadBalancer: targets.firstLoadBalancerFullName,
      AvailabilityZone: zone,
    },
    statistic: 'Maximum',
    ...minute,
  });
}

/** The highest of several metrics, of which those without data do not count. */
function worst(metrics: cloudwatch.Metric[]): cloudwatch.MathExpression {
  const named = metrics.map((metric, index): [string, cloudwatch.Metric] => [`m${index}`, metric]);
  return new cloudwatch.MathExpression({
    expression: `MAX([${named.map(([name]) => `FILL(${name}, 0)`).join(', ')}])`,
    usingMetrics: Object.fromEntries(named),
    period: minute.period,
    label: 'Unhealthy targets',
  });
}

/** 1 while a port has no healthy target. */
function anySilent(groups: NamedTargets[]): cloudwatch.MathExpression {
  const named = groups.map(({ targets }, index): [string, cloudwatch.Metric] => [
    `m${index}`,
    healthy(targets, 'Maximum'),
  ]);
  return new cloudwatch.MathExpression({
    expression: `IF(${named.map(([name]) => `${name} < 1`).join(' OR ')}, 1, 0)`, // not filled: data that comes late is no outage
    usingMetrics: Object.fromEntries(named),
    period: minute.period,
    label: 'Something is not taken',
  });
}

function chunksOf<T>(items: T[], size: number): T[][] {
  return items.length <= size ? [items] : [items.slice(0, size), ...chunksOf(items.slice(size), size)];
}
