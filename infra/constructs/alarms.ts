/** A watch as an alarm: its text is Chinese first, and leads to its section of the runbook. */
import { ComparisonOperator, TreatMissingData, type Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Watch } from './watches.ts';

export function alarmName(id: string): string {
  return `anju-${id}`;
}

export function runbookSection(section: string): string {
  return `infra/runbook.md#${section}`;
}

export function alarmOn(scope: Construct, watch: Watch): Alarm {
  return watch.metric.createAlarm(scope, watch.id, {
    alarmName: alarmName(watch.id),
    alarmDescription: `${watch.text.zh} / ${watch.text.en}. 处置 / runbook: ${runbookSection(watch.section)}`,
    threshold: watch.threshold,
    evaluationPeriods: watch.periods ?? 1,
    comparisonOperator: watch.below
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: watch.mustCome ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
}
