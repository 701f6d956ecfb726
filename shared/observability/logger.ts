/**
 * Structured logs. What is logged names routes, records and kinds of error; never bodies, names or tokens. Each line carries
 * the correlation id that is in force.
 */
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { correlationId } from './correlation.ts';
import { scrubbed } from './scrub.ts';

class LineFormatter extends LogFormatter {
  override formatAttributes(
    { logLevel, message, timestamp, serviceName }: UnformattedAttributes,
    more: LogAttributes,
  ): LogItem {
    return new LogItem({
      attributes: {
        level: logLevel,
        message,
        timestamp: this.formatTimestamp(timestamp),
        service: serviceName,
        correlationId: correlationId(),
        ...more,
      },
    });
  }

  /** Its name, where it was, and its words without what may be a person's. Other fields of an error may be whole records. */
  override formatError(error: Error): LogAttributes {
    const { name, message, stack = '', cause } = error;
    return {
      name,
      // A parser quotes what it could not read.
      message: error instanceof SyntaxError ? 'Unreadable' : scrubbed(message),
      location: this.getCodeLocation(stack),
      stack: stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n'),
      ...(cause instanceof Error ? { cause: this.formatError(cause) } : {}),
    };
  }
}

export const logger = new Logger({
  serviceName: process.env['POWERTOOLS_SERVICE_NAME'] ?? 'anju',
  logFormatter: new LineFormatter(),
});
