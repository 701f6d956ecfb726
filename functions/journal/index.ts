import { S3Client } from '@aws-sdk/client-s3';
import { ledgerOf } from '../../shared/adapters/s3/ledger.ts';
import { JournalEnv } from './env.ts';
import { journalHandler } from './handler.ts';

const env = JournalEnv.parse(process.env);

export const handler = journalHandler(ledgerOf(new S3Client({}), env.LEDGER_BUCKET));
