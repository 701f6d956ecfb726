/** Alarms as data: what is watched, and from when on somebody should look. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData, type Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { deployedName } from './service-function.ts';

export interface WatchedFunction {
  readonly name: string;
  readonly calledBy: 'http' | 'stream' | 'event';
}

export interface Watch {
  readonly id: string;
  readonly description: string;
  readonly metric: Metric;
  readonly threshold: number;
  /** Alarm when the figure falls below the threshold, or is missing. */
  readonly below?: boolean;
  /** How many periods in a row; 1 unless told. */
  readonly periods?: number;
}

const fiveMinutes = Duration.minutes(5);

/** What is watched of a function, by the way it is called. */
export function functionWatches({ name, calledBy }: WatchedFunction): Watch[] {
  const metric = (metricName: string, statistic: string) => functionMetric(name, metricName, statistic);
  const watches: Watch[] = [
    { id: `${name}-errors`, description: `${name} failed`, metric: metric('Errors', 'Sum'), threshold: 1 },
    {
      id: `${name}-throttles`,
      description: `${name} was throttled`,
      metric: metric('Throttles', 'Sum'),
      threshold: 1,
    },
  ];
  if (calledBy === 'http') return watches;
  watches.push({
    id: `${name}-failures-not-kept`,
    description: `An event that ${name} failed on could not be put into the bucket of failures`,
    metric: metric('DestinationDeliveryFailures', 'Sum'),
    threshold: 1,
  });
  if (calledBy === 'stream') {
    watches.push({
      id: `${name}-iterator-age`,
      description: `${name} is ten minutes behind the table; the stream forgets after 24 hours`,
      metric: metric('IteratorAge', 'Maximum'),
      threshold: Duration.minutes(10).toMilliseconds(),
    });
  }
  return watches;
}

/** Hourly schedules call this function: three hours without a call mean that no schedule fires. */
export function silenceWatch(name: string): Watch {
  return {
    id: `${name}-silent`,
    description: `${name} was not called for three hours: the schedules do not fire`,
    metric: functionMetric(name, 'Invocations', 'Sum', Duration.hours(3)),
    threshold: 1,
    below: true,
  };
}

/** @param id API id of an HTTP API with detailed metrics */
export function apiWatches(name: string, id: string): Watch[] {
  return [
    {
      id: `${name}-5xx`,
      description: `${name} answered with a server error`,
      metric: apiMetric(id, '5xx', 'Sum'),
      threshold: 1,
    },
    {
      id: `${name}-latency`,
      description: `One in a hundred requests to ${name} took three seconds or more, for a quarter of an hour`,
      metric: apiMetric(id, 'Latency', 'p99'),
      threshold: Duration.seconds(3).toMilliseconds(),
      periods: 3,
    },
  ];
}

export function tableWatches(table: string): Watch[] {
  return (['ReadThrottleEvents', 'WriteThrottleEvents'] as const).map((metricName) => ({
    id: `table-${metricName}`,
    description: 'The table was throttled',
    metric: tableMetric(table, metricName),
    threshold: 1,
  }));
}

export function functionMetric(
  name: string,
  metricName: string,
  statistic: string,
  period = fiveMinutes,
): Metric {
  const dimensionsMap = { FunctionName: deployedName(name) };
  return new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap, statistic, period });
}

export function apiMetric(id: string, metricName: string, statistic: string): Metric {
  const dimensionsMap = { ApiId: id };
  return new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap,
    statistic,
    period: fiveMinutes,
  });
}

export function tableMetric(table: string, metricName: string): Metric {
  const dimensionsMap = { TableName: table };
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap,
    statistic: 'Sum',
    period: fiveMinutes,
  });
}

export function alarmOn(scope: Construct, watch: Watch): Alarm {
  return watch.metric.createAlarm(scope, watch.id, {
    alarmName: `anju-${watch.id}`,
    alarmDescription: watch.description,
    threshold: watch.threshold,
    evaluationPeriods: watch.periods ?? 1,
    comparisonOperator: watch.below
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: watch.below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
}
