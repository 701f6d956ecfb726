/**
 * The platform's own figures, in CloudWatch's embedded metric format: they ride on a line of the log, so they cost no call
 * and need no permission, in either partition. A line that the log's level leaves out takes its figures with it.
 */

/** The template's alarms and graphs look here. */
export const metricNamespace = 'Anju';

export const ownMetrics = [
  /** 1 when a request was answered with a server error, 0 otherwise: their number is that of the requests. */
  'Faults',
  /** Reminders whose day came and that were not recorded by nine in the morning. */
  'RemindersUnrecorded',
  /** Days until the working-day calendar that is loaded ends. */
  'CalendarDaysAhead',
  /** How long ago the upload was asked for that has waited longest for its verdict. */
  'QuarantineMinutes',
  'DeliveriesGivenUp',
] as const;
export type OwnMetric = (typeof ownMetrics)[number];

/** To be added to a line of the log, which says `service`: the one dimension. */
export function measured(figures: Readonly<Partial<Record<OwnMetric, number>>>): Record<string, unknown> {
  const directive = {
    Namespace: metricNamespace,
    Dimensions: [['service']],
    Metrics: Object.keys(figures).map((Name) => ({ Name, Unit: 'Count' })),
  };
  return { ...figures, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] } };
}
