import type { AlarmQuery } from './alarm-metrics';

/**
 * Metrics that tell a state, 0 or 1, shares of a whole in percent, and sizes of what cannot grow further, with the pages that say so. `DatabaseMemoryUsagePercentage` is
 * none: it is `used_memory/maxmemory`, and Redis may use more than that for a while.
 */
const LIMITS: Readonly<Record<string, number>> = {
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
  'AWS/EC2 StatusCheckFailed': 1,
  'AWS/EC2 StatusCheckFailed_Instance': 1,
  'AWS/EC2 StatusCheckFailed_System': 1,
  'AWS/EC2 StatusCheckFailed_AttachedEBS': 1,
  'AWS/EC2 CPUUtilization': 100,
  // https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-cloudwatch-vpn.html
  'AWS/VPN TunnelState': 1,
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html
  'AWS/Route53 HealthCheckStatus': 1,
  'AWS/Route53 HealthCheckPercentageHealthy': 100,
  // https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html
  'AWS/EFS PercentIOLimit': 100,
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
  'AWS/ElastiCache CPUUtilization': 100,
  'AWS/ElastiCache EngineCPUUtilization': 100,
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
  'AWS/RDS CPUUtilization': 100,
  'AWS/RDS ACUUtilization': 100,
  // 128 TiB by https://docs.aws.amazon.com/aurora-dsql/latest/userguide/CHAP_quotas.html, 256 by https://awslabs.github.io/aurora-dsql-starter-kit/quotas-and-limits.html
  'AWS/AuroraDSQL ClusterStorageSize': 256 * 2 ** 40,
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html
  'CloudWatchSynthetics SuccessPercent': 100,
};

/** The largest value that an alarm can see, where it has one. */
export function limitOf(queries: readonly AlarmQuery[]): number | undefined {
  const compared = queries.filter((query) => query.compared);
  if (compared.length !== 1) {
    return undefined;
  }
  const [{ metric, expression, statistic }] = compared;
  if (expression === undefined) {
    return metric === undefined || !staysWithin(statistic) ? undefined : LIMITS[metric];
  }
  const flag = flagIn(expression);
  return flag ?? largestOf(expression, queries);
}

/** Sums and counts grow beyond every limit; a maximum, an average or a percentile does not. */
function staysWithin(statistic: string | undefined): boolean {
  return statistic !== undefined && /^(Maximum|Minimum|Average|p\d)/.test(statistic);
}

/** `IF(condition, 1, 0)` and nothing around it. */
function flagIn(expression: string): number | undefined {
  const match = /^IF\((.*),\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*\)$/.exec(expression.trim());
  return match && isBalanced(match[1]) ? Math.max(Number(match[2]), Number(match[3])) : undefined;
}

/** Whether every bracket that closes was opened inside. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (depth < 0) {
      return false;
    }
  }
  return depth === 0;
}

/** `MAX([a, b])` is never more than the largest of them. */
function largestOf(expression: string, queries: readonly AlarmQuery[]): number | undefined {
  const ids = /^(?:MAX|MIN|AVG)\(\[([\w\s,]+)\]\)$/.exec(expression.trim())?.[1].split(',');
  const limits = ids?.map((id) => queries.find((query) => query.id === id.trim()));
  const known = limits?.map((query) =>
    query?.metric !== undefined && staysWithin(query.statistic) ? LIMITS[query.metric] : undefined,
  );
  return known?.every((limit) => limit !== undefined) ? Math.max(...known) : undefined;
}
