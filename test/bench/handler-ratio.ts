/** How much a whole handler takes over the same calls made bare: routing, schemas, rules, hashes, the document client. */
import { fork } from 'node:child_process';
import path from 'node:path';
import type { Resource } from '../../infra/local/template.ts';
import { Bureau } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';
import type { BareCall, HandlerRun, HandlerTimes } from './handler-child.ts';

export interface Ratio {
  readonly route: string;
  /** Milliseconds, the median. */
  readonly handler: number;
  readonly bare: number;
  readonly ratio: number;
}

export async function measureRatios(rounds: number): Promise<readonly Ratio[]> {
  let caught: BareCall[] = [];
  const bureau = await Bureau.open('2021-10-12T09:00:00+08:00', {
    meter: ({ caller, operation, input }) => {
      if (/-(commands|queries)$/.test(caller)) caught.push({ operation, input });
    },
  });
  try {
    const { content, period } = sampleOfKind('five-year-target');
    const id = await bureau.begin('ordos', 'five-year-target', period);
    await bureau.save('ordos', id, content);
    const body = {
      content,
      filing: {
        documentNumber: '演发〔2021〕1号',
        issueDate: '2021-09-20',
        contact: { name: '王演示', phone: '13800001234' },
      },
    };
    const { etag } = await bureau.read('ordos-drafter', id);
    await bureau.platform.drain();

    caught = [];
    await bureau.read('ordos-drafter', id);
    const [head, ...rest] = caught;
    const read = await typical('GET /submissions/{id}', () =>
      run(bureau, 'queries', {
        event: event('GET /submissions/{id}', { id }, undefined),
        groups: [head ? [head] : [], rest],
        warmUp: rounds,
        rounds,
      }),
    );

    caught = [];
    await bureau.call('ordos-drafter', `POST /submissions/${id}/save`, { body, ifMatch: etag ?? '' });
    const groups = caught
      .filter(({ operation }) => /BatchGet|TransactWrite/.test(operation))
      .map((call) => [unconditional(call, id)]);
    const save = await typical('POST /submissions/{id}/save', async () =>
      run(bureau, 'commands', {
        event: event('POST /submissions/{id}/save', { id }, body),
        groups,
        revision: Number((await bureau.read('ordos-drafter', id)).body['revision']),
        warmUp: rounds,
        rounds,
      }),
    );
    return [read, save];
  } finally {
    await bureau.close();
  }
}

/** The middle one of three processes: they differ by some hundredths, by how their code and memory came to lie. */
async function typical(route: string, measure: () => Promise<HandlerTimes>): Promise<Ratio> {
  const ratios: Ratio[] = [];
  while (ratios.length < 3) ratios.push(ratioOf(route, await measure()));
  return ratios.sort((a, b) => a.ratio - b.ratio)[1] as Ratio;
}

/** The same writes to a place of their own, without what holds them to one revision: that a new item is new stays. */
function unconditional({ operation, input }: BareCall, id: string): BareCall {
  if (operation !== 'TransactWriteItems') return { operation, input };
  const moved = JSON.parse(JSON.stringify(input).replaceAll(id, 'bare')) as {
    TransactItems: Record<string, Record<string, unknown>>[];
    ClientRequestToken?: string;
  };
  for (const item of moved.TransactItems) {
    for (const write of Object.values(item)) {
      // What the handler puts anew, the bare call puts anew as well: an insert costs more than an overwrite.
      if (write['ConditionExpression'] === 'attribute_not_exists(PK)') {
        rename(write['Item']);
        continue;
      }
      delete write['ConditionExpression'];
      delete write['ExpressionAttributeValues'];
    }
  }
  delete moved.ClientRequestToken;
  return { operation, input: moved };
}

/** Stands in a key until a number takes its place. */
const newItem = '§new§';

function rename(item: unknown): void {
  const { SK: key } = item as { SK: { S: string } };
  key.S += newItem;
}

function event(
  routeKey: string,
  pathParameters: Record<string, string>,
  body: unknown,
): Record<string, unknown> {
  const claims = { sub: 'ordos-drafter', office: '150600', roles: 'drafter', scope: 'anju.read anju.file' };
  return {
    version: '2.0',
    routeKey,
    rawPath: routeKey.split(' ')[1],
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    pathParameters,
    requestContext: { requestId: 'bench', authorizer: { jwt: { claims, scopes: [] } } },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

async function run(
  bureau: Bureau,
  name: string,
  what: Omit<HandlerRun, 'bundle' | 'newItem'>,
): Promise<HandlerTimes> {
  const { assembly } = bureau.platform;
  const resource = assembly
    .ofType('AWS::Lambda::Function')
    .find((one: Resource) => assembly.nameOf(one).endsWith(`-${name}`));
  if (!resource) throw new Error(`No function ${name}`);
  const bundle = path.join(assembly.codeOf(resource), 'index.mjs');
  const child = fork(path.join(import.meta.dirname, 'handler-child.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...bureau.platform.environmentOf(resource), NODE_ENV: 'production' },
    // A line a request, as on Lambda; written, but not into the table that we print.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send({ ...what, bundle, newItem } satisfies HandlerRun);
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`The measuring process ended with ${code ?? 'a signal'}`));
    });
  });
}

function ratioOf(route: string, { handler, bare }: HandlerTimes): Ratio {
  const [whole, alone] = [median(handler), median(bare)];
  return { route, handler: whole, bare: alone, ratio: whole / alone };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
