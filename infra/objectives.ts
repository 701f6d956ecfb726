/**
 * The service objectives (服务目标), with where each comes from. An objective has the alarms that tell of its breach, each alarm
 * belongs to one, and the dashboard shows them in this order. A test holds alarms, runbook and dashboard against this list.
 */
import type { Text } from '../shared/kernel/refusal.ts';

export interface Objective {
  readonly id: string;
  readonly text: Text;
  /** Where the figure comes from: a clause of the notice, a law, or a choice of ours. */
  readonly source: string;
  /** Whose figures the dashboard draws: the ids of alarms. */
  readonly shows: readonly string[];
  /** Further alarms that tell of a breach, or of what will become one. */
  readonly also: readonly string[];
  /** Only where the public API is deployed. */
  readonly public?: true;
}

const failing = (...names: readonly string[]) =>
  names.flatMap((name) => [`${name}-errors`, `${name}-throttles`]);

export const objectives: readonly Objective[] = [
  {
    id: 'available',
    text: {
      zh: '办理请求每日成功率不低于99.9%',
      en: 'Of a day’s commands 99.9 % or more are served',
    },
    source: 'A choice of ours: 43 minutes a month, less than one working morning',
    shows: ['commands-available', 'api-5xx'],
    also: [
      'steering-available',
      ...failing(
        'commands',
        'steering',
        'queries',
        'registers',
        'documents',
        'exports',
        'prints',
        'invitations',
        'description',
      ),
      'table-ReadThrottleEvents',
      'table-WriteThrottleEvents',
    ],
  },
  {
    id: 'quick',
    text: { zh: '95%的请求在1.5秒内答复', en: '95 % of the requests are answered within 1.5 s' },
    source: 'A choice of ours; measured on one machine by npm run bench, on AWS not yet',
    shows: ['api-latency'],
    also: [],
  },
  {
    id: 'public',
    text: {
      zh: '公开信息可读，95%的请求在1.5秒内答复',
      en: 'What is published can be read, 95 % of it within 1.5 s',
    },
    source: '内政办发〔2021〕53号 S-06: the cities publish; 政府信息公开条例 §23',
    shows: ['public-api-5xx', 'public-api-latency'],
    also: failing('public'),
    public: true,
  },
  {
    id: 'current',
    text: {
      zh: '变更十分钟内计入审计流水、义务与指标',
      en: 'A change is journalled and followed within ten minutes',
    },
    source: 'A choice of ours; the stream forgets after 24 hours (decision 0007)',
    shows: ['journal-iterator-age', 'follow-up-iterator-age'],
    also: failing('journal', 'follow-up'),
  },
  {
    id: 'reminders',
    text: {
      zh: '到期催报当日九时前全部记录',
      en: 'Every reminder is recorded by nine in the morning of its day',
    },
    source: '内政办发〔2021〕53号 S-20 (督办); the offices open at half past eight',
    shows: ['reminders-unrecorded'],
    also: [...failing('daily'), 'daily-silent'],
  },
  {
    id: 'delivered',
    text: { zh: '通知不因投递失败而放弃', en: 'No notice is given up' },
    source: 'Decision 0009: five attempts over fifteen hours, then a person has to be told otherwise',
    shows: ['deliveries-given-up'],
    also: [...failing('delivery'), 'delivery-silent'],
  },
  {
    id: 'judged',
    text: {
      zh: '上传材料在申请后一小时内得出检查结论',
      en: 'A file has its verdict within an hour of asking for its upload',
    },
    source: 'A choice of ours: half an hour to upload (decision 0003), half an hour to judge',
    shows: ['quarantine-waiting'],
    also: failing('inspection'),
  },
  {
    id: 'calendar',
    text: {
      zh: '下一年度工作日日历提前60日提醒，至迟12月1日装载',
      en: 'The next year’s calendar is asked for 60 days ahead and loaded by 1 December',
    },
    source: 'Decision 0005; the State Council’s notice comes in October to early December',
    shows: ['calendar-ends'],
    also: [],
  },
  {
    id: 'nothing-lost',
    text: {
      zh: '处理失败的事件无一丢失，失败桶保持为空',
      en: 'No failed event is lost, and the bucket of failures is empty',
    },
    source: 'The stated promise: an acknowledged submission is never lost, and what follows from it follows',
    shows: ['failures-kept'],
    also: ['journal', 'follow-up', 'inspection', 'daily', 'reports', 'delivery', 'certificates'].map(
      (name) => `${name}-failures-not-kept`,
    ),
  },
  {
    id: 'evaluations',
    text: {
      zh: '监测评价按时算出（年度评价1月31日前上报）',
      en: 'Evaluations are computed in time (the yearly one is reported by 31 January)',
    },
    source: '内政办发〔2021〕53号 S-19, S-20',
    shows: ['reports-errors'],
    also: ['reports-throttles'],
  },
  {
    id: 'certificates',
    text: {
      zh: '认定书决定后随即编号、签名、制证，编号连续不重复',
      en: 'Certificates are numbered, signed and printed as soon as they are decided, without a gap or a repeat',
    },
    source: 'The stated promise: certificate numbers are unique and consecutive per year and county',
    shows: ['certificates-errors'],
    also: ['certificates-throttles'],
  },
];
