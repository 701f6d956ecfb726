/** Structured logs. What is logged names routes, records and error kinds; never bodies, names or tokens. */
import { Logger } from '@aws-lambda-powertools/logger';

export const logger = new Logger({ serviceName: process.env['POWERTOOLS_SERVICE_NAME'] ?? 'anju' });
