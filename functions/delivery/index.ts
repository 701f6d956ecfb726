import { S3Client } from '@aws-sdk/client-s3';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { dynamoDeliveries } from '../../shared/adapters/dynamodb/deliveries.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { kmsPersonalData } from '../../shared/adapters/kms/personal-data.ts';
import { smsWebhook } from '../../shared/adapters/mail/sms-webhook.ts';
import { smtpMailer } from '../../shared/adapters/mail/smtp.ts';
import { workOrders } from '../../shared/adapters/s3/work-orders.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { DeliveryEnv } from './env.ts';
import { deliveryHandler } from './handler.ts';

const env = DeliveryEnv.parse(process.env);
const client = documentClient();

export const handler = deliveryHandler({
  store: dynamoStore(client, env.TABLE, systemNow),
  personalData: kmsPersonalData(env.PERSONAL_DATA_KEY),
  records: dynamoDeliveries(client, env.TABLE),
  // A mail without a sender, or a message without a place to go, is none.
  ...(env.SMTP_URL && env.MAIL_FROM ? { mailer: smtpMailer(env.SMTP_URL, env.MAIL_FROM) } : {}),
  ...(env.SMS_URL ? { texts: smsWebhook(env.SMS_URL, env.SMS_SECRET) } : {}),
  orders: workOrders(new S3Client({}), env.WORK_BUCKET),
  now: systemNow,
  portal: env.PORTAL_URL,
});
