/** Alarms, one page of graphs, and word of every event that was given up. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { alarmTopic } from '../constructs/alarm-topic.ts';
import {
  alarmOn,
  apiWatches,
  functionWatches,
  silenceWatch,
  tableWatches,
  type WatchedFunction,
} from '../constructs/alarms.ts';
import { dashboard } from '../constructs/dashboard.ts';
import type { DataStack } from './data-stack.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly data: DataStack;
  readonly api: HttpApi;
  readonly publicApi: HttpApi | undefined;
}

const functions: readonly WatchedFunction[] = [
  { name: 'queries', calledBy: 'http' },
  { name: 'commands', calledBy: 'http' },
  { name: 'documents', calledBy: 'http' },
  { name: 'exports', calledBy: 'http' },
  { name: 'inspection', calledBy: 'event' },
  { name: 'journal', calledBy: 'stream' },
  { name: 'follow-up', calledBy: 'stream' },
  { name: 'daily', calledBy: 'event' },
  { name: 'reports', calledBy: 'event' },
  { name: 'delivery', calledBy: 'event' },
];
const publicFunction: WatchedFunction = { name: 'public', calledBy: 'http' };

export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { data, api, publicApi, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const table = data.table.tableName;
    const apis = { api: api.apiId, ...(publicApi ? { 'public-api': publicApi.apiId } : {}) };
    const watched = publicApi ? [...functions, publicFunction] : functions;

    const topic = alarmTopic(this);
    const toTopic = new SnsAction(topic);
    const watches = [
      ...watched.flatMap(functionWatches),
      silenceWatch('daily'),
      ...Object.entries(apis).flatMap(([name, apiId]) => apiWatches(name, apiId)),
      ...tableWatches(table),
    ];
    for (const watch of watches) alarmOn(this, watch).addAlarmAction(toTopic);
    dashboard(this, { apis, functions: watched, table });

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
          message: RuleTargetInput.fromText(`An event was given up and is kept for replay: ${key}`),
        }),
      ],
    });
    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn });
  }
}
