/** The JSON protocol over HTTP: what the SDK sends, and what it expects back. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { accessDenied, serializationError, TableError, unknownOperation } from './errors.ts';
import type { TableEngine } from './index.ts';
import { isRecord } from './input.ts';

/** The two protocols that share the endpoint. */
const target = /^(?:DynamoDB|DynamoDBStreams)_20120810\.([A-Za-z]+)$/;
const mostBytes = 16 * 1024 * 1024;

/** One call as it came over the wire, and what it consumed. */
export interface MeteredCall {
  /** The access key that signed it: each function has its own. */
  readonly caller: string;
  readonly operation: string;
  readonly input: unknown;
  /** Capacity units over all tables and indexes, as the service would bill them. */
  readonly units: number;
}

export interface WireOptions {
  /** Is told of what is a fault of the engine itself, not of the request. */
  readonly warn?: (error: unknown) => void;
  /** Is told of every call that succeeded. */
  readonly meter?: (call: MeteredCall) => void;
  /** Whether the owner of the access key may do this: why not, or nothing. */
  readonly refuses?: (accessKeyId: string, operation: string, input: unknown) => string | undefined;
}

/**
 * Answers the requests of one HTTP server. Signatures are looked for, not verified: the endpoint is for this machine alone.
 */
export function tableHttpHandler(
  engine: TableEngine,
  { warn = () => undefined, meter, refuses }: WireOptions = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
    });
    request.on('error', () => response.destroy());
    request.on('end', () => {
      if (request.method === 'GET') return reply(response, 200, { status: 'healthy' });
      try {
        if (bytes > mostBytes)
          throw new TableError('RequestTooLargeException', 'Request too large', { statusCode: 413 });
        const operation = operationOf(request);
        const input = parsed(Buffer.concat(chunks));
        const why = refuses?.(callerOf(request), operation, input);
        if (why !== undefined) throw accessDenied(why);
        const answer = meter
          ? metered(engine, operation, input, callerOf(request), meter)
          : engine.execute(operation, input);
        if (engine.losesAnswer(operation)) request.socket.destroy();
        else reply(response, 200, answer);
      } catch (error) {
        refuse(response, error, warn);
      }
    });
  };
}

function operationOf({ headers }: IncomingMessage): string {
  const named = headers['x-amz-target'];
  const operation = typeof named === 'string' ? target.exec(named)?.[1] : undefined;
  if (operation === undefined) throw unknownOperation(String(named));
  const { authorization } = headers;
  if (authorization === undefined) {
    throw new TableError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (!/^AWS4-HMAC-SHA256 .*Credential=.+SignedHeaders=.+Signature=.+/.test(authorization)) {
    throw new TableError(
      'IncompleteSignatureException',
      'The Authorization header is no complete signature of version 4',
    );
  }
  return operation;
}

function callerOf({ headers }: IncomingMessage): string {
  return /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** Asks for the consumption on the caller's behalf, and keeps it back when the caller did not ask. */
function metered(
  engine: TableEngine,
  operation: string,
  input: unknown,
  caller: string,
  meter: (call: MeteredCall) => void,
): unknown {
  if (!isRecord(input)) return engine.execute(operation, input);
  const asked = 'ReturnConsumedCapacity' in input;
  // The engine owns what it is given: the meter keeps a copy.
  const kept: unknown = structuredClone(input);
  const answer = engine.execute(operation, asked ? input : { ...input, ReturnConsumedCapacity: 'TOTAL' }) as {
    ConsumedCapacity?: unknown;
  };
  const consumed = [answer.ConsumedCapacity ?? []].flat() as { CapacityUnits: number }[];
  const units = consumed.reduce((sum, one) => sum + one.CapacityUnits, 0);
  meter({ caller, operation, input: kept, units });
  if (asked) return answer;
  const { ConsumedCapacity: _kept, ...rest } = answer;
  return rest;
}

function parsed(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    throw serializationError('The body is not JSON');
  }
}

function refuse(response: ServerResponse, error: unknown, warn: (error: unknown) => void): void {
  if (error instanceof TableError) return reply(response, error.statusCode, error.body);
  warn(error);
  reply(response, 500, {
    __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
    message: 'The table engine failed',
  });
}

function reply(response: ServerResponse, status: number, content: unknown): void {
  const body = Buffer.from(JSON.stringify(content));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
    'x-amzn-requestid': randomUUID(),
    'x-amz-crc32': crc32(body),
  });
  response.end(body);
}
