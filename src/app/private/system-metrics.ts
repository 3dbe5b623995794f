import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { fail } from '../../core/private/fail';
import type { MultiAzClinicalApp } from '../multi-az-clinical-app';
import { runningTasks } from './fargate-telemetry';
import { errorRate } from './https-telemetry';

const A_MINUTE = { period: Duration.minutes(1) };

/** What is measured at the first way in of a kind, and in compute. */
export class SystemMetrics {
  public constructor(private readonly app: MultiAzClinicalApp) {}

  public requests(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.atLoadBalancer('metricRequests').metrics.requestCount({ ...A_MINUTE, ...options });
  }

  public serverErrors(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    const { metrics } = this.atLoadBalancer('metricServerErrors');
    return metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, { ...A_MINUTE, ...options });
  }

  public serverErrorRate(): cloudwatch.IMetric {
    return errorRate(this.atLoadBalancer('metricServerErrorRate'));
  }

  public responseTime(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    const { metrics } = this.atLoadBalancer('metricResponseTime');
    return metrics.targetResponseTime({ ...A_MINUTE, statistic: 'p99', ...options });
  }

  public connections(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    const found = this.app.ingress.find(({ networkLoadBalancer }) => networkLoadBalancer)?.networkLoadBalancer;
    if (!found) {
      fail(this.app, 'MetricNotAvailable', 'metricConnections needs an ingress with a Network Load Balancer');
    }
    return found.metrics.activeFlowCount({ ...A_MINUTE, ...options });
  }

  public runningTasks(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    const { service } = this.app.compute;
    if (!service) {
      fail(this.app, 'MetricNotAvailable', 'metricRunningTasks needs compute that is an Amazon ECS service');
    }
    return runningTasks(service).with({ ...options });
  }

  private atLoadBalancer(metric: string): elbv2.ApplicationLoadBalancer {
    const found = this.app.ingress.find(({ applicationLoadBalancer }) => applicationLoadBalancer);
    return (
      found?.applicationLoadBalancer ??
      fail(this.app, 'MetricNotAvailable', `${metric} needs an ingress with an Application Load Balancer`)
    );
  }
}
