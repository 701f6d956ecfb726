/** Answers about certificates: to officials and owners, and to anyone. */
import * as z from 'zod';
import { publicStates, type PublicState } from '../../shared/app/certificates/public-view.ts';
import { Certificate, IssuedVersion } from '../../shared/domain/certificates/certificate.ts';
import { CertificateContent, PaperContent } from '../../shared/domain/certificates/content.ts';
import { KeySet } from '../../shared/domain/certificates/jws.ts';
import { issuerActionNames } from '../../shared/domain/certificates/lifecycle.ts';
import { civilDate, hash, Text } from './texts.ts';

const Print = z.object({ sha256: hash, bytes: z.int() });

export const CertificateAnswer = Certificate()
  .omit({ seq: true, hash: true, versions: true })
  .extend({
    stateText: Text,
    versions: z.array(IssuedVersion().omit({ print: true }).extend({ print: Print.optional() })),
    revision: z.int(),
    content: z
      .union([CertificateContent(), PaperContent()])
      .optional()
      .describe('现行版本的内容|Content of the version in force'),
    actions: z.array(z.enum(issuerActionNames)).describe('可办事项|What the caller can do now'),
  });

export const PrintLink = Print.extend({
  version: z.int(),
  url: z.string(),
  expiresInSeconds: z.int(),
});

export const CertificateStanding = z.object({
  name: z.string(),
  number: z.string(),
  state: z.enum(Object.keys(publicStates) as [PublicState, ...PublicState[]]),
  stateText: Text,
  since: civilDate,
  version: z.int(),
  currentVersion: z.int(),
  issuer: z.string(),
  project: z.object({ name: z.string(), place: z.string() }),
  owner: z.string(),
  issuedOn: civilDate,
  validFrom: civilDate,
  validTo: civilDate,
  content: hash.describe('签名内容的摘要|SHA-256 of the signed content'),
  kid: z.string().optional().describe('签名密钥指纹|Thumbprint of the key'),
  document: z.string().optional().describe('决定文号|Number of the decision'),
  evidence: z.object({ grade: z.string(), text: Text }).optional(),
  asOf: civilDate,
});

export const Keys = KeySet();
