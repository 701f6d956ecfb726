import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * The one topic that alarms go to; who is told subscribes to it. Its key is a customer key, because the services that
 * publish cannot use the one that SNS brings.
 */
export function alarmTopic(scope: Construct): Topic {
  const key = new Key(scope, 'AlarmKey', {
    alias: 'anju-alarms',
    description: 'Alarms on their way to those on call',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const topic = new Topic(scope, 'AlarmTopic', {
    topicName: 'anju-alarms',
    masterKey: key,
    enforceSSL: true,
  });
  // EventBridge's own permissions come with the rule that names the topic.
  const statement = (actions: string[], resource: string) =>
    new PolicyStatement({
      sid: 'Alarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions,
      resources: [resource],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
  key.addToResourcePolicy(statement(['kms:Decrypt', 'kms:GenerateDataKey'], '*'));
  topic.addToResourcePolicy(statement(['sns:Publish'], topic.topicArn));
  return topic;
}
