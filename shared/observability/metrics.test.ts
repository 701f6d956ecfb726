import { expect, test } from 'vitest';
import { measured, metricNamespace } from './metrics.ts';

test('figures ride on a line as the embedded metric format has it: values at the root, named in the directive', () => {
  const line = measured({ CalendarDaysAhead: 12, RemindersUnrecorded: 0 });
  expect(line).toMatchObject({ CalendarDaysAhead: 12, RemindersUnrecorded: 0 });
  const { Timestamp, CloudWatchMetrics } = line['_aws'] as { Timestamp: number; CloudWatchMetrics: unknown };
  expect(Math.abs(Timestamp - Date.now())).toBeLessThan(60_000);
  expect(CloudWatchMetrics).toEqual([
    {
      Namespace: metricNamespace,
      Dimensions: [['service']],
      Metrics: [
        { Name: 'CalendarDaysAhead', Unit: 'Count' },
        { Name: 'RemindersUnrecorded', Unit: 'Count' },
      ],
    },
  ]);
});
