import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished, pipeline } from 'node:stream/promises';
import type { Reply } from './call.ts';
import { corsHeaders, preflight, type CorsQuestion } from './cors.ts';
import { S3Failure } from './failures.ts';
import { operationOf } from './operations.ts';
import { postObject } from './post-object.ts';
import { requireAllowed, verifyRequest, type Verifier } from './signature.ts';
import type { Store } from './store.ts';
import { targetOf, type Target } from './target.ts';
import { writeXml } from './xml.ts';

/** Answers one request. Never rejects: what goes wrong is told to the client, if there still is one. */
export async function serve(
  store: Store,
  verifier: Verifier,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  // The SDK corrects its own clock by this header, so it must be the engine's and not the machine's.
  const always = {
    date: new Date(verifier.now()).toUTCString(),
    server: 'AmazonS3',
    'x-amz-request-id': requestId,
  };
  let cors: Record<string, string> = {};
  try {
    const target = targetOf(request.url ?? '/');
    cors = corsOf(store, request, target);
    const reply = await replyTo(store, verifier, request, target, requestId);
    await readRest(request);
    await send(request, response, { ...reply, headers: { ...always, ...cors, ...reply.headers } });
  } catch (error) {
    if (response.headersSent || request.socket.destroyed) {
      response.destroy();
      return;
    }
    await readRest(request);
    const reply = refusal(error, request, requestId);
    await send(request, response, { ...reply, headers: { ...always, ...cors, ...reply.headers } }).catch(
      () => {
        response.destroy();
      },
    );
  }
}

async function replyTo(
  store: Store,
  verifier: Verifier,
  request: IncomingMessage,
  target: Target,
  requestId: string,
): Promise<Reply> {
  const method = request.method ?? 'GET';
  if (method === 'OPTIONS')
    return { status: 200, headers: preflight(store.catalog.bucket(target.bucket), questionOf(request)) };
  const asked = { requestId, address: request.socket.remoteAddress ?? '' };
  if (
    method === 'POST' &&
    target.key === '' &&
    /^multipart\/form-data/i.test(request.headers['content-type'] ?? '')
  ) {
    return postObject(store, request, target, verifier, asked);
  }
  const signed = verifyRequest(method, target, request.headers, verifier);
  const { name, operation } = operationOf(method, target, signed.fields);
  const versionId = target.query.get('versionId');
  requireAllowed(verifier, signed.accessKeyId, {
    operation: name,
    bucket: target.bucket,
    key: target.key,
    ...(versionId === null ? {} : { versionId }),
  });
  const origin = { ...asked, requester: signed.accessKeyId };
  return operation({ store, request, target, signed, fields: signed.fields, origin });
}

function corsOf(store: Store, request: IncomingMessage, target: Target): Record<string, string> {
  const question = questionOf(request);
  if (question === undefined || request.method === 'OPTIONS') return {};
  return corsHeaders(store.catalog.bucket(target.bucket), question);
}

function questionOf(request: IncomingMessage): CorsQuestion | undefined {
  const { origin } = request.headers;
  if (origin === undefined) return undefined;
  const preflight = request.method === 'OPTIONS';
  const method = preflight ? request.headers['access-control-request-method'] : request.method;
  const requestHeaders = preflight ? request.headers['access-control-request-headers'] : undefined;
  return { origin, method: method ?? '', ...(requestHeaders === undefined ? {} : { requestHeaders }) };
}

/** A client that is cut off while it still sends sees a broken connection, and not the refusal. */
async function readRest(request: IncomingMessage): Promise<void> {
  if (request.readableEnded) return;
  // An unfinished iterator leaves its listener, under which nothing flows.
  request.removeAllListeners('readable');
  request.resume();
  await finished(request).catch(() => undefined);
}

async function send(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const { status, headers, body } = reply;
  const length = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  const empty = body === undefined && status !== 204 && status !== 304 && request.method !== 'HEAD';
  response.writeHead(status, { ...(empty ? { 'content-length': '0' } : length), ...headers });
  if (request.method === 'HEAD' || body === undefined) response.end();
  else if (typeof body === 'string') response.end(body);
  else await pipeline(body, response);
}

function refusal(error: unknown, request: IncomingMessage, requestId: string): Reply {
  const failure = error instanceof S3Failure ? error : internal(error);
  const resource = (request.url ?? '/').replace(/\?.*$/s, '');
  const body = { Code: failure.code, Message: failure.message, Resource: resource, RequestId: requestId };
  const headers = { ...failure.headers, 'content-type': 'application/xml' };
  const text = writeXml('Error', body).replace(/ xmlns="[^"]*"/, '');
  return request.method === 'HEAD'
    ? { status: failure.status, headers }
    : { status: failure.status, headers, body: text };
}

/** A full disk, a bug: told with its reason, for whoever sits before this machine. */
function internal(error: unknown): S3Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return new S3Failure('InternalError', `The local object engine failed: ${reason}`);
}
