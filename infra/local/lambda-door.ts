/** Lambda's own door on one machine, of which operators need one thing: to invoke a function and wait for its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FunctionError, type Invocable } from './function-host.ts';

const invocation = /^\/2015-03-31\/functions\/([^/?]+)\/invocations$/;

/** @returns whether the request was an invocation */
export async function serveInvocation(
  functions: readonly Invocable[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const asked = request.method === 'POST' ? invocation.exec((request.url ?? '').split('?')[0] ?? '') : null;
  if (!asked) return false;
  const wanted = decodeURIComponent(asked[1] ?? '');
  const found = functions.find(({ spec }) => spec.name === wanted || spec.arn === wanted);
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}): true => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body ?? null));
    return true;
  };
  if (!found) {
    return answer(
      404,
      { Type: 'User', Message: `Function not found: ${wanted}` },
      {
        'x-amzn-errortype': 'ResourceNotFoundException',
      },
    );
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return answer(200, await found.invoke(JSON.parse(Buffer.concat(chunks).toString('utf8') || 'null')));
  } catch (error) {
    if (error instanceof FunctionError)
      return answer(200, error.details, { 'x-amz-function-error': 'Unhandled' });
    if (error instanceof SyntaxError) {
      return answer(
        400,
        { Type: 'User', Message: 'Could not parse request body into json' },
        {
          'x-amzn-errortype': 'InvalidRequestContentException',
        },
      );
    }
    throw error;
  }
}
