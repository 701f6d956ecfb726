/** The metrics that alarms and graphs speak of. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { metricNamespace, type OwnMetric } from '../../shared/observability/metrics.ts';
import { deployedName } from './service-function.ts';

const fiveMinutes = Duration.minutes(5);

function metric(
  namespace: string,
  metricName: string,
  statistic: string,
  dimensionsMap: Record<string, string>,
  period = fiveMinutes,
): Metric {
  return new Metric({ namespace, metricName, statistic, dimensionsMap, period });
}

export function functionMetric(
  name: string,
  metricName: string,
  statistic: string,
  period?: Duration,
): Metric {
  return metric('AWS/Lambda', metricName, statistic, { FunctionName: deployedName(name) }, period);
}

/** @param id API id of an HTTP API with detailed metrics */
export function apiMetric(id: string, metricName: string, statistic: string): Metric {
  return metric('AWS/ApiGateway', metricName, statistic, { ApiId: id });
}

export function tableMetric(table: string, metricName: string): Metric {
  return metric('AWS/DynamoDB', metricName, 'Sum', { TableName: table });
}

/** How many objects lie in a bucket: S3 says it once a day. */
export function objectsIn(bucket: string): Metric {
  const dimensions = { BucketName: bucket, StorageType: 'AllStorageTypes' };
  return metric('AWS/S3', 'NumberOfObjects', 'Maximum', dimensions, Duration.days(1));
}

/** What a function of ours logs as a figure. */
export function ownMetric(service: string, name: OwnMetric, statistic: string, period?: Duration): Metric {
  return metric(metricNamespace, name, statistic, { service }, period);
}

/** Of all calls of an HTTP function, the share (in per cent) that neither failed nor was answered with a server error. */
export function availability(name: string, period: Duration): MathExpression {
  return new MathExpression({
    label: `${name}: available (%)`,
    expression: '100 * (1 - (FILL(faults, 0) + errors) / calls)',
    usingMetrics: {
      faults: ownMetric(name, 'Faults', 'Sum', period),
      errors: functionMetric(name, 'Errors', 'Sum', period),
      calls: functionMetric(name, 'Invocations', 'Sum', period),
    },
    period,
  });
}
