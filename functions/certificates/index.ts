import { S3Client } from '@aws-sdk/client-s3';
import { printWith } from '../../shared/adapters/certificates/render.ts';
import { grantFiling } from '../../shared/app/projects/grant-filing.ts';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { publicCertificates } from '../../shared/adapters/dynamodb/public-certificates.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { kmsSigner } from '../../shared/adapters/kms/signer.ts';
import { printFiles } from '../../shared/adapters/s3/prints.ts';
import { workOrders } from '../../shared/adapters/s3/work-orders.ts';
import { systemNow } from '../../shared/adapters/system/system.ts';
import { CertificatesEnv } from './env.ts';
import { certificatesHandler } from './handler.ts';

const env = CertificatesEnv.parse(process.env);
const client = documentClient();
const s3 = new S3Client({});

const store = dynamoStore(client, env.TABLE, systemNow);

export const handler = certificatesHandler({
  store,
  also: grantFiling(store),
  signer: kmsSigner(env.CERTIFICATE_KEY),
  publicKeys: publicCertificates(client, env.TABLE),
  files: printFiles(s3, env.LEDGER_BUCKET),
  orders: workOrders(s3, env.WORK_BUCKET),
  render: printWith(),
  checkAt: `${env.PUBLIC_URL}/public/certificates/`,
  now: systemNow,
});
