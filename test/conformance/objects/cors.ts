import { holds, same } from '../check.ts';
import { put } from './asking.ts';
import { api, guide, type CorsWish, type ObjectsTheme, type Target } from './target.ts';
import { ask, pathOf, saysNo, saysYes, send, type Answer } from './wire.ts';

const source = guide('Using cross-origin resource sharing (CORS)');
const preflight = api('OPTIONS object');

const rules: CorsWish[] = [
  {
    allowedOrigins: ['https://portal.example', 'https://*.nm.example'],
    allowedMethods: ['POST', 'PUT'],
    allowedHeaders: ['content-type', 'x-amz-*'],
    exposedHeaders: ['ETag', 'x-amz-version-id'],
    maxAge: 600,
  },
  { allowedOrigins: ['*'], allowedMethods: ['GET'] },
];

interface Question {
  readonly origin?: string;
  readonly method?: string;
  readonly headers?: string;
  readonly rules?: CorsWish[];
}

async function asked(target: Target, question: Question): Promise<Answer> {
  const { origin = 'https://portal.example', method = 'PUT', headers } = question;
  const bucket = await target.bucket({ cors: question.rules ?? rules });
  return send(target, 'OPTIONS', pathOf(bucket, 'k'), {
    host: new URL(target.url).host,
    origin,
    'access-control-request-method': method,
    ...(headers === undefined ? {} : { 'access-control-request-headers': headers }),
  });
}

const granted = (answer: Answer, name: string): string | undefined =>
  answer.headers[`access-control-${name}`];

/** To everyone or to who asked: either lets the browser go on. */
const opens = (answer: Answer): boolean =>
  ['*', 'https://anyone.example'].includes(granted(answer, 'allow-origin') ?? '');

/** The names of a list, in lower case: neither their order nor their case is promised. */
const names = (list: string | undefined): string[] | undefined =>
  list
    ?.split(',')
    .map((name) => name.trim().toLowerCase())
    .sort();

export const cors: ObjectsTheme = {
  title: 'CORS',
  checks: [
    {
      name: 'a preflight of a listed origin is granted, without a signature',
      source: preflight,
      async run(target) {
        const answer = await asked(target, {});
        saysYes(answer);
        same('origin', granted(answer, 'allow-origin'), 'https://portal.example');
        holds(
          'the method is among those granted',
          names(granted(answer, 'allow-methods'))?.includes('put') ?? false,
        );
      },
    },
    {
      name: 'it tells how long it holds, and which headers a script may read',
      source,
      async run(target) {
        const answer = await asked(target, {});
        same('seconds', granted(answer, 'max-age'), '600');
        same('headers', names(granted(answer, 'expose-headers')), ['etag', 'x-amz-version-id']);
      },
    },
    {
      name: 'headers that a rule allows are granted, by * too',
      source,
      async run(target) {
        const answer = await asked(target, { headers: 'Content-Type, x-amz-meta-owner' });
        saysYes(answer);
        same('headers', names(granted(answer, 'allow-headers')), ['content-type', 'x-amz-meta-owner']);
      },
    },
    {
      name: 'a header that no rule allows is refused',
      source,
      async run(target) {
        saysNo(await asked(target, { headers: 'content-type, x-other' }), 403, 'AccessForbidden');
      },
    },
    {
      name: 'an origin is matched by one *',
      source,
      async run(target) {
        const answer = await asked(target, { origin: 'https://hohhot.nm.example' });
        saysYes(answer);
        same('origin', granted(answer, 'allow-origin'), 'https://hohhot.nm.example');
      },
    },
    {
      name: 'an origin that no rule lists is refused',
      source,
      async run(target) {
        saysNo(await asked(target, { origin: 'https://elsewhere.example' }), 403, 'AccessForbidden');
      },
    },
    {
      name: 'a method that no rule lists for the origin is refused',
      source,
      async run(target) {
        saysNo(await asked(target, { method: 'DELETE' }), 403, 'AccessForbidden');
      },
    },
    {
      name: 'an open rule grants to anyone what another rule does not',
      source,
      async run(target) {
        const answer = await asked(target, { origin: 'https://anyone.example', method: 'GET' });
        saysYes(answer);
        holds('the origin is granted', opens(answer));
      },
    },
    {
      name: 'a bucket without rules refuses every preflight',
      source,
      async run(target) {
        saysNo(await asked(target, { rules: [] }), 403, 'AccessForbidden');
      },
    },
    {
      name: 'the answer to the request itself carries the grant, also when it is a refusal',
      source,
      async run(target) {
        const bucket = await target.bucket({ cors: rules });
        await put(target, bucket, 'k', 'x');
        const headers = { origin: 'https://anyone.example' };
        const read = await ask(target, { bucket, key: 'k', headers });
        holds('a read is granted', opens(read));
        const missed = await ask(target, { bucket, key: 'never', headers });
        same('the refusal', [missed.status, opens(missed)], [404, true]);
      },
    },
    {
      name: 'a request without an origin, or of one not listed, is served without a grant',
      source,
      async run(target) {
        const bucket = await target.bucket({ cors: rules.slice(0, 1) });
        await put(target, bucket, 'k', 'x');
        const without = await ask(target, { bucket, key: 'k' });
        const elsewhere = { origin: 'https://elsewhere.example' };
        const other = await ask(target, { bucket, key: 'k', headers: elsewhere });
        same('status', [without.status, other.status], [200, 200]);
        const grants = [without, other].map((answer) => granted(answer, 'allow-origin') ?? null);
        same('grants', grants, [null, null]);
      },
    },
  ],
};
