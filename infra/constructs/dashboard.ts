import { Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { apiMetric, functionMetric, tableMetric, type WatchedFunction } from './alarms.ts';

export interface DashboardProps {
  /** API ids by name. */
  readonly apis: Readonly<Record<string, string>>;
  readonly functions: readonly WatchedFunction[];
  readonly table: string;
}

/** One page that answers: is it up, is it quick, is anything behind. */
export function dashboard(scope: Construct, { apis, functions, table }: DashboardProps): Dashboard {
  const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8, height: 6 });
  const each = (metricName: string, statistic: string, which = functions) =>
    which.map(({ name }) => functionMetric(name, metricName, statistic).with({ label: name }));
  const streams = functions.filter(({ calledBy }) => calledBy === 'stream');
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: 'anju',
    widgets: [
      ...Object.entries(apis).map(([name, id]) => [
        graph(`${name}: requests`, [apiMetric(id, 'Count', 'Sum')]),
        graph(`${name}: errors`, [apiMetric(id, '4xx', 'Sum'), apiMetric(id, '5xx', 'Sum')]),
        graph(`${name}: latency`, [apiMetric(id, 'Latency', 'p50'), apiMetric(id, 'Latency', 'p99')]),
      ]),
      [
        graph('Functions: errors', each('Errors', 'Sum')),
        graph('Functions: duration', each('Duration', 'p99')),
        graph('Stream: age of what is read', each('IteratorAge', 'Maximum', streams)),
      ],
      [
        graph('Table: units read', [tableMetric(table, 'ConsumedReadCapacityUnits')]),
        graph('Table: units written', [tableMetric(table, 'ConsumedWriteCapacityUnits')]),
      ],
    ],
  });
}
