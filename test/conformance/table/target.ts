/** An endpoint as the checks meet it: the SDK before it, the bare wire, and the handles it may have. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Faults } from '../../../infra/local/engines/table/index.ts';

/** What only our engine can be made to do. */
export interface Handles {
  /** From now on these things go wrong. */
  disturb(faults: Faults): void;
  /** Moves the engine's clock forward. */
  advance(milliseconds: number): void;
  /** The engine's clock, in milliseconds. */
  now(): number;
  /** Removes what is over, as the service does within days. */
  expire(): void;
}

export interface WireAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly headers: Headers;
}

export interface TableTarget {
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly handles: Handles | undefined;
  /** Sends a body as it is. @param target such as `DynamoDB_20120810.PutItem` */
  wire: (target: string, body: string, authorization?: string) => Promise<WireAnswer>;
  close(): void;
}

/** The name of the error that the wire carries. */
export function typeOf({ body }: WireAnswer): string {
  return String(body['__type']).split('#').at(-1) ?? '';
}

const region = 'cn-north-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
/** The engines of one machine look for a signature; none verifies it. */
const signature = `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=00`;

/**
 * The SDK tries each request once, so that a refusal shows; with engines that are not ours on a connection of its own,
 * for they may close one that was idle just when it is used again.
 */
export function connect(url: string, handles?: Handles): TableTarget {
  const requestHandler = { httpAgent: { keepAlive: handles !== undefined } };
  const client = new DynamoDBClient({ endpoint: url, region, credentials, maxAttempts: 1, requestHandler });
  return {
    client,
    documents: DynamoDBDocumentClient.from(client),
    handles,
    async wire(target, body, authorization = signature) {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        'x-amz-date': '20260101T000000Z',
        ...(authorization === '' ? {} : { authorization }),
      };
      const response = await fetch(url, { method: 'POST', headers, body });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: objectOf(text) };
    },
    close: () => client.destroy(),
  };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
