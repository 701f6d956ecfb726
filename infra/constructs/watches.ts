/** What is watched, as data, and from when on somebody should look. Each has its section in `infra/runbook.md`. */
import { Duration } from 'aws-cdk-lib';
import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Text } from '../../shared/kernel/refusal.ts';
import { apiMetric, availability, functionMetric, objectsIn, ownMetric, tableMetric } from './metrics.ts';

export interface WatchedFunction {
  readonly name: string;
  /** What it does, as the duty officer knows it. */
  readonly does: Text;
  readonly calledBy: 'http' | 'stream' | 'event';
}

export interface Watch {
  readonly id: string;
  /** The section of the runbook that says what to do. */
  readonly section: string;
  readonly text: Text;
  readonly metric: Metric | MathExpression;
  readonly threshold: number;
  /** Alarm when the figure falls below the threshold. */
  readonly below?: boolean;
  /** A figure that does not come is as bad as a bad one. */
  readonly mustCome?: boolean;
  /** How many periods in a row; 1 unless told. */
  readonly periods?: number;
}

const day = Duration.days(1);
const hour = Duration.hours(1);

/** What is watched of a function, by the way it is called. */
export function functionWatches({ name, does, calledBy }: WatchedFunction): Watch[] {
  const watches: Watch[] = [
    {
      id: `${name}-errors`,
      section: 'function-errors',
      text: { zh: `${does.zh}（${name}）运行出错`, en: `${does.en} (${name}) failed` },
      metric: functionMetric(name, 'Errors', 'Sum'),
      threshold: 1,
    },
    {
      id: `${name}-throttles`,
      section: 'function-throttled',
      text: { zh: `${does.zh}（${name}）被限流`, en: `${does.en} (${name}) was throttled` },
      metric: functionMetric(name, 'Throttles', 'Sum'),
      threshold: 1,
    },
  ];
  if (calledBy === 'http') return watches;
  watches.push({
    id: `${name}-failures-not-kept`,
    section: 'failures-not-kept',
    text: {
      zh: `${does.zh}（${name}）处理失败的事件未能存入失败桶，可能丢失`,
      en: `An event that ${name} failed on could not be put into the bucket of failures`,
    },
    metric: functionMetric(name, 'DestinationDeliveryFailures', 'Sum'),
    threshold: 1,
  });
  if (calledBy === 'stream') {
    watches.push({
      id: `${name}-iterator-age`,
      section: 'behind-the-stream',
      text: {
        zh: `${does.zh}（${name}）落后十分钟以上；变更流只保留24小时`,
        en: `${name} is ten minutes behind the table; the stream forgets after 24 hours`,
      },
      metric: functionMetric(name, 'IteratorAge', 'Maximum'),
      threshold: Duration.minutes(10).toMilliseconds(),
    });
  }
  return watches;
}

/** Hourly schedules call this function: three hours without a call mean that no schedule fires. */
export function silenceWatch({ name, does }: WatchedFunction): Watch {
  return {
    id: `${name}-silent`,
    section: 'schedules-silent',
    text: {
      zh: `${does.zh}（${name}）三小时未被调用：定时规则未触发`,
      en: `${name} was not called for three hours: the schedules do not fire`,
    },
    metric: functionMetric(name, 'Invocations', 'Sum', Duration.hours(3)),
    threshold: 1,
    below: true,
    mustCome: true,
  };
}

export function apiWatches(name: string, id: string): Watch[] {
  return [
    {
      id: `${name}-5xx`,
      section: 'server-errors',
      text: { zh: `接口（${name}）返回服务器错误`, en: `${name} answered with a server error` },
      metric: apiMetric(id, '5xx', 'Sum'),
      threshold: 1,
    },
    {
      id: `${name}-latency`,
      section: 'slow-answers',
      text: {
        zh: `接口（${name}）连续一刻钟变慢：二十次请求中有一次用时1.5秒以上`,
        en: `One in twenty requests to ${name} took 1.5 seconds or more, for a quarter of an hour`,
      },
      metric: apiMetric(id, 'Latency', 'p95'),
      threshold: 1500,
      periods: 3,
    },
  ];
}

export function tableWatches(table: string): Watch[] {
  const kinds = { ReadThrottleEvents: '读', WriteThrottleEvents: '写' } as const;
  return (['ReadThrottleEvents', 'WriteThrottleEvents'] as const).map((metricName) => ({
    id: `table-${metricName}`,
    section: 'table-throttled',
    text: {
      zh: `数据表${kinds[metricName]}请求被限流`,
      en: `The table was throttled (${metricName})`,
    },
    metric: tableMetric(table, metricName),
    threshold: 1,
  }));
}

/** What the platform promises, by its own figures. */
export function promiseWatches(failuresBucket: string): Watch[] {
  return [
    {
      id: 'commands-available',
      section: 'commands-available',
      text: {
        zh: '一日之内办理请求的成功率低于99.9%',
        en: 'Over a day fewer than 99.9 % of the commands were served',
      },
      metric: availability('commands', day),
      threshold: 99.9,
      below: true,
    },
    {
      id: 'steering-available',
      section: 'commands-available',
      text: {
        zh: '一日之内统筹请求的成功率低于99.9%',
        en: 'Over a day fewer than 99.9 % of the steering commands were served',
      },
      metric: availability('steering', day),
      threshold: 99.9,
      below: true,
    },
    {
      id: 'reminders-unrecorded',
      section: 'reminders-unrecorded',
      text: {
        zh: '有催报到期而九时前未记录，或检查未运行',
        en: 'A reminder that was due is not recorded by nine, or nobody looked',
      },
      metric: ownMetric('daily', 'RemindersUnrecorded', 'Maximum', day),
      threshold: 1,
      mustCome: true,
    },
    {
      id: 'calendar-ends',
      section: 'calendar-ends',
      text: {
        zh: '下一年度工作日日历至12月1日仍未装载，或检查未运行',
        en: 'The next year’s working-day calendar is not loaded by 1 December, or nobody looked',
      },
      metric: ownMetric('daily', 'CalendarDaysAhead', 'Minimum', day),
      // 30 days before the year's end it is 1 December.
      threshold: 31,
      below: true,
      mustCome: true,
    },
    {
      id: 'quarantine-waiting',
      section: 'quarantine-waiting',
      text: {
        zh: '有材料申请上传后一小时仍在等待检查结论',
        en: 'A file waits for its verdict an hour after its upload was asked for',
      },
      metric: ownMetric('daily', 'QuarantineMinutes', 'Maximum', hour),
      threshold: 60,
    },
    {
      id: 'deliveries-given-up',
      section: 'deliveries-given-up',
      text: {
        zh: '有通知多次投递仍未送达，已放弃',
        en: 'A notice could not be delivered and was given up',
      },
      metric: ownMetric('delivery', 'DeliveriesGivenUp', 'Sum', hour),
      threshold: 1,
    },
    {
      id: 'failures-kept',
      section: 'failures-kept',
      text: {
        zh: '失败桶非空：有事件处理失败，等待重放',
        en: 'The bucket of failures is not empty: events wait to be replayed',
      },
      metric: objectsIn(failuresBucket),
      threshold: 1,
    },
  ];
}
