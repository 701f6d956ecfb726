/** Alarms, one page of graphs, and word of every event that was given up. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { alarmTopic } from '../constructs/alarm-topic.ts';
import { alarmOn, runbookSection } from '../constructs/alarms.ts';
import { dashboard } from '../constructs/dashboard.ts';
import {
  apiWatches,
  functionWatches,
  promiseWatches,
  silenceWatch,
  tableWatches,
  type WatchedFunction,
} from '../constructs/watches.ts';
import { objectives } from '../objectives.ts';
import type { DataStack } from './data-stack.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly data: DataStack;
  readonly api: HttpApi;
  readonly publicApi: HttpApi | undefined;
}

const functions: readonly WatchedFunction[] = [
  { name: 'queries', does: { zh: '查询', en: 'Reading' }, calledBy: 'http' },
  { name: 'registers', does: { zh: '台账查询', en: 'Reading registers' }, calledBy: 'http' },
  { name: 'commands', does: { zh: '办理', en: 'Acting' }, calledBy: 'http' },
  { name: 'steering', does: { zh: '统筹', en: 'Steering' }, calledBy: 'http' },
  { name: 'documents', does: { zh: '材料上传下载', en: 'Documents' }, calledBy: 'http' },
  { name: 'exports', does: { zh: '导出', en: 'Exports' }, calledBy: 'http' },
  { name: 'prints', does: { zh: '文书打印', en: 'Prints' }, calledBy: 'http' },
  { name: 'invitations', does: { zh: '联审邀请', en: 'Invitations to the review' }, calledBy: 'http' },
  { name: 'description', does: { zh: '接口与表式说明', en: 'The description' }, calledBy: 'http' },
  { name: 'inspection', does: { zh: '材料检查', en: 'Inspection of uploads' }, calledBy: 'event' },
  { name: 'journal', does: { zh: '审计流水', en: 'The journal' }, calledBy: 'stream' },
  { name: 'follow-up', does: { zh: '后续处理', en: 'What follows from events' }, calledBy: 'stream' },
  { name: 'daily', does: { zh: '定时任务', en: 'Scheduled work' }, calledBy: 'event' },
  { name: 'reports', does: { zh: '监测评价', en: 'Evaluation' }, calledBy: 'event' },
  { name: 'certificates', does: { zh: '认定书制发', en: 'Issue of certificates' }, calledBy: 'event' },
  { name: 'delivery', does: { zh: '通知送达', en: 'Delivery of notices' }, calledBy: 'event' },
];
const publicFunction: WatchedFunction = {
  name: 'public',
  does: { zh: '公开信息', en: 'Public reading' },
  calledBy: 'http',
};
/** Called every hour. */
const hourly = ['daily', 'delivery'];

export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { data, api, publicApi, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const table = data.table.tableName;
    const apis = { api: api.apiId, ...(publicApi ? { 'public-api': publicApi.apiId } : {}) };
    const watched = publicApi ? [...functions, publicFunction] : functions;

    const topic = alarmTopic(this);
    const toTopic = new SnsAction(topic);
    const watches = [
      ...promiseWatches(data.failures.bucketName),
      ...watched.flatMap(functionWatches),
      ...watched.filter(({ name }) => hourly.includes(name)).map(silenceWatch),
      ...Object.entries(apis).flatMap(([name, apiId]) => apiWatches(name, apiId)),
      ...tableWatches(table),
    ];
    const alarms = watches.map((watch) => alarmOn(this, watch));
    for (const alarm of alarms) {
      alarm.addAlarmAction(toTopic);
      alarm.addOkAction(toTopic);
    }
    dashboard(this, {
      objectives: objectives.filter((objective) => publicApi || !objective.public),
      watches,
      alarms,
      apis,
      functions: watched,
      table,
    });

    const key = EventField.fromPath('$.detail.object.key');
    new Rule(this, 'FailureKept', {
      description: 'An event was given up and lies in the bucket of failures',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [data.failures.bucketName] } },
      },
      targets: [
        new SnsTopic(topic, {
          message: RuleTargetInput.fromText(
            `有事件处理失败，已存入失败桶，处置见 ${runbookSection('failures-kept')} / An event was given up and is kept for replay: ${key}`,
          ),
        }),
      ],
    });
    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn });
  }
}
