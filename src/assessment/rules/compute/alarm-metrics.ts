import { ABSENT, booleanOf, entryOf, itemsOf, numberOf, type Resource, textOf, type Value } from '../../model';

/** What an alarm looks at: a metric, or an expression over others. */
export interface AlarmQuery {
  /** What expressions call it. */
  readonly id?: string;
  /** `AWS/EC2 StatusCheckFailed`; left out for an expression. */
  readonly metric?: string;
  readonly expression?: string;
  readonly statistic?: string;
  readonly period: Value;
  readonly dimensions: Value;
  /** Whether the alarm compares this one with its threshold. */
  readonly compared: boolean;
}

/** What an alarm looks at, whether it names one metric or computes with several. */
export function queriesOf(alarm: Resource): readonly AlarmQuery[] {
  if (alarm.property('Metrics').kind === 'absent') {
    const read = (name: string) => alarm.property(name);
    const statistic = textOf(read('Statistic')) ?? textOf(read('ExtendedStatistic'));
    return [
      { metric: metricOf(read), statistic, period: read('Period'), dimensions: read('Dimensions'), compared: true },
    ];
  }
  return itemsOf(alarm.property('Metrics')).map((query) => {
    const stat = entryOf(query, 'MetricStat');
    const read = (name: string) => entryOf(entryOf(stat, 'Metric'), name);
    const expression = textOf(entryOf(query, 'Expression'));
    return {
      id: textOf(entryOf(query, 'Id')),
      metric: stat.kind === 'absent' ? undefined : metricOf(read),
      expression,
      statistic: textOf(entryOf(stat, 'Stat')),
      period: stat.kind === 'absent' ? entryOf(query, 'Period') : entryOf(stat, 'Period'),
      dimensions: read('Dimensions'),
      compared: booleanOf(entryOf(query, 'ReturnData')) !== false,
    };
  });
}

function metricOf(read: (name: string) => Value): string {
  return `${textOf(read('Namespace')) ?? '?'} ${textOf(read('MetricName')) ?? '?'}`;
}

/** How an alarm compares, without `Threshold`: `GreaterThan`, `LessThanOrEqualTo`, `LessThanLower`. */
export function comparisonOf(alarm: Resource): string | undefined {
  return textOf(alarm.property('ComparisonOperator'))?.replace(/Threshold$/, '');
}

/** The longest of the periods that are looked at; absent where there is none. */
export function periodOf(alarm: Resource): Value {
  const periods = queriesOf(alarm)
    .map(({ period }) => period)
    .filter(({ kind }) => kind !== 'absent');
  const open = periods.find((period) => numberOf(period) === undefined);
  return open ?? [...periods].sort((a, b) => (numberOf(b) ?? 0) - (numberOf(a) ?? 0))[0] ?? ABSENT;
}
