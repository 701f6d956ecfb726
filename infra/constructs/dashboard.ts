/** One page: first which alarms stand, then each objective with its figure, then what the parts do. */
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  TextWidget,
  type Alarm,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Objective } from '../objectives.ts';
import { apiMetric, functionMetric, tableMetric } from './metrics.ts';
import type { Watch, WatchedFunction } from './watches.ts';

export interface DashboardProps {
  readonly objectives: readonly Objective[];
  readonly watches: readonly Watch[];
  readonly alarms: readonly Alarm[];
  /** API ids by name. */
  readonly apis: Readonly<Record<string, string>>;
  readonly functions: readonly WatchedFunction[];
  readonly table: string;
}

export function dashboard(scope: Construct, props: DashboardProps): Dashboard {
  const { objectives, watches, alarms, apis, functions, table } = props;
  const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8, height: 6 });
  const each = (metricName: string, statistic: string, which = functions) =>
    which.map(({ name }) => functionMetric(name, metricName, statistic).with({ label: name }));
  const streams = functions.filter(({ calledBy }) => calledBy === 'stream');
  const page = new Dashboard(scope, 'Dashboard', {
    dashboardName: 'anju',
    widgets: [
      [new AlarmStatusWidget({ title: '告警 / alarms', alarms: [...alarms], width: 24, height: 4 })],
      ...objectives.map((objective) => objectiveRow(objective, watches)),
      ...Object.entries(apis).map(([name, id]) => [
        graph(`${name}: requests`, [apiMetric(id, 'Count', 'Sum')]),
        graph(`${name}: errors`, [apiMetric(id, '4xx', 'Sum'), apiMetric(id, '5xx', 'Sum')]),
        graph(`${name}: latency`, [apiMetric(id, 'Latency', 'p50'), apiMetric(id, 'Latency', 'p95')]),
      ]),
      [
        graph('Functions: errors', each('Errors', 'Sum')),
        graph('Functions: duration', each('Duration', 'p95')),
        graph('Stream: age of what is read', each('IteratorAge', 'Maximum', streams)),
      ],
      [
        graph('Table: units read', [tableMetric(table, 'ConsumedReadCapacityUnits')]),
        graph('Table: units written', [tableMetric(table, 'ConsumedWriteCapacityUnits')]),
      ],
    ],
  });
  return page;
}

/** What is promised, beside the figure that shows whether it holds, with the line that it must not cross. */
function objectiveRow({ text, source, shows }: Objective, watches: readonly Watch[]) {
  const shown = shows.flatMap((id) => watches.filter((watch) => watch.id === id));
  return [
    new TextWidget({ markdown: `### ${text.zh}\n\n${text.en}\n\n${source}`, width: 8, height: 5 }),
    ...shown.map(
      ({ id, metric, threshold }) =>
        new GraphWidget({
          title: id,
          left: [metric],
          leftAnnotations: [{ value: threshold, label: '告警线 / alarm' }],
          width: 16 / shown.length,
          height: 5,
        }),
    ),
  ];
}
