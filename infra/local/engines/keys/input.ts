import * as z from 'zod';
import { KeyFailure } from './failures.ts';

/** Bytes travel in base64. */
const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const keyId = z.string().min(1).max(2048);
const context = z.record(z.string(), z.string()).optional().default({});
const messageType = z.string().optional().default('RAW');

/** What each operation takes. Members the local engine has no use for (grant tokens, dry runs) are left out. */
export const inputs = {
  DescribeKey: z.object({ KeyId: keyId }),
  GetPublicKey: z.object({ KeyId: keyId }),
  GenerateDataKey: z.object({
    KeyId: keyId,
    KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
    NumberOfBytes: z.int().min(1).max(1024).optional(),
    EncryptionContext: context,
  }),
  Encrypt: z.object({ KeyId: keyId, Plaintext: bytes, EncryptionContext: context }),
  Decrypt: z.object({ KeyId: keyId.optional(), CiphertextBlob: bytes, EncryptionContext: context }),
  GenerateMac: z.object({ KeyId: keyId, Message: bytes, MacAlgorithm: z.string() }),
  VerifyMac: z.object({ KeyId: keyId, Message: bytes, MacAlgorithm: z.string(), Mac: bytes }),
  Sign: z.object({ KeyId: keyId, Message: bytes, MessageType: messageType, SigningAlgorithm: z.string() }),
  Verify: z.object({
    KeyId: keyId,
    Message: bytes,
    MessageType: messageType,
    SigningAlgorithm: z.string(),
    Signature: bytes,
  }),
};

/** Parses an operation's input. Throws KeyFailure ValidationException with every reason. */
export function parseInput<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new KeyFailure('ValidationException', reasons.join('; '));
}
