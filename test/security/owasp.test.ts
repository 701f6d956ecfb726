/**
 * The OWASP API Security Top 10 (2023), one after the other, against the platform as it runs. What other tests show more
 * widely is named beside: role × route × ownership in `test/api/matrix.test.ts`, odd requests in `test/contract`.
 */
import { createHash } from 'node:crypto';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf } from '../../functions/actor.ts';
import { openApi } from '../../functions/openapi.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { Bureau, type Answer, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';
import { assemblyOf, allOf } from '../infra/assembly.ts';

// Made before the platform runs: making them holds up the process, and with it the connections.
const templates = { aws: assemblyOf('aws'), 'aws-cn': assemblyOf('aws-cn') };

let bureau: Bureau;
let filing: string;
let document: string;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  const { content, papers, period } = sampleOfKind('five-year-target');
  filing = await bureau.begin('ordos', 'five-year-target', period);
  await bureau.save('ordos', filing, content);
  document = await bureau.upload('ordos-drafter', filing, papers[0] ?? '');
});
afterAll(() => bureau.close());

const code = ({ status, body }: Answer): unknown[] => [status, body['code']];

describe('API1 broken object level authorization', () => {
  test('another city’s draft, its papers, its history and its versions are not there, by whatever id', async () => {
    for (const at of [
      '',
      '/history',
      '/clock',
      '/checks',
      '/versions/1',
      '/documents',
      `/documents/${document}`,
    ])
      expect(code(await bureau.call('baotou-drafter', `GET /submissions/${filing}${at}`)), at).toEqual([
        404,
        'not-found',
      ]);
    const removed = await bureau.call(
      'baotou-drafter',
      `DELETE /submissions/${filing}/documents/${document}`,
      {
        ifMatch: '"1"',
      },
    );
    expect(code(removed)).toEqual([404, 'not-found']);
    // It is as it was.
    expect((await bureau.read('ordos-drafter', filing)).body['state']).toBe('draft');
  });

  test('a paper of one filing cannot be reached through another', async () => {
    const own = await bureau.begin('baotou', 'demand-survey', '2021');
    const answer = await bureau.call('baotou-drafter', `GET /submissions/${own}/documents/${document}`);
    expect(code(answer)).toEqual([404, 'not-found']);
  });
});

describe('API2 broken authentication', () => {
  const asked = 'GET /me';
  const withToken = (token: string): Promise<Answer> => bureau.call(undefined, asked, { token });
  const claims = { office: '150600', roles: 'drafter leader', scope: 'anju.read anju.file anju.steer' };

  test('no token, one without signature, of another key, changed, or run out opens nothing', async () => {
    const now = Math.floor(bureau.platform.clock.now() / 1000);
    const good = await bureau.platform.token('ordos-drafter');
    expect((await withToken(good)).status).toBe(200);
    const [head = '', payload = '', signature = ''] = good.split('.');
    const promoted = Buffer.from(
      JSON.stringify({
        ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Json),
        office: 'R_HOUSING',
      }),
    ).toString('base64url');
    const { privateKey } = await generateKeyPair('RS256');
    const forged = (alg = 'RS256'): SignJWT =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, kid: 'dev' })
        .setIssuer(bureau.platform.url)
        .setAudience('anju')
        .setSubject('x')
        .setIssuedAt(now)
        .setExpirationTime(now + 600);
    // The public key taken as a shared secret: the old confusion of RS256 and HS256.
    const jwks = (await (await fetch(`${bureau.platform.url}/dev/jwks.json`)).json()) as {
      keys: object[];
    };
    const confused = await forged('HS256').sign(Buffer.from(JSON.stringify(jwks.keys[0])));
    const unsigned = new UnsecuredJWT(claims)
      .setIssuer(bureau.platform.url)
      .setAudience('anju')
      .setExpirationTime(now + 600)
      .encode();
    for (const token of [
      '',
      'x',
      unsigned,
      confused,
      await forged().sign(privateKey),
      `${head}.${promoted}.${signature}`,
      `${head}.${payload}.${signature.slice(0, -4)}AAAA`,
    ])
      expect((await withToken(token)).status, token.slice(0, 40)).toBe(401);
  });

  test('a token is good for twelve hours', async () => {
    const other = await Bureau.open('2021-10-12T09:00:00+08:00');
    try {
      const token = await other.platform.token('ordos-drafter');
      await other.platform.advance('2021-10-12T12:59:00.000Z');
      expect((await other.call(undefined, asked, { token })).status).toBe(200);
      await other.platform.advance('2021-10-12T13:05:00.000Z');
      expect((await other.call(undefined, asked, { token })).status).toBe(401);
    } finally {
      await other.close();
    }
  });
});

describe('API3 broken object property level authorization', () => {
  test('a caller sets no field that is not his to set', async () => {
    for (const extra of [
      { owner: '150200' },
      { state: 'published' },
      { seq: 9 },
      { receivedAt: '2020-01-01' },
    ]) {
      const body = { kind: 'annual-plan', period: '2021', ...extra };
      expect(code(await bureau.call('ordos-drafter', 'POST /submissions', { body }))).toEqual([
        422,
        'invalid-request',
      ]);
    }
    const saved = await bureau.step('ordos-drafter', filing, 'save', {
      content: {},
      filing: {
        documentNumber: '',
        issueDate: '',
        contact: { name: '甲', phone: '13800001234', masked: false },
      },
    });
    expect(code(saved)).toEqual([422, 'invalid-request']);
  });

  test('who sees a filing sees of its contact the mask alone', async () => {
    const { text } = await bureau.read('ordos-checker', filing);
    expect(text).toContain('138****1234');
    for (const open of ['王演示', '13800001234', 'sealed']) expect(text).not.toContain(open);
  });
});

describe('API4 unrestricted resource consumption', () => {
  test('pages, bodies, depth and files have an upper bound', async () => {
    expect((await bureau.call('housing-lead', 'GET /submissions?limit=101')).status).toBe(422);
    expect((await bureau.call('housing-lead', 'GET /submissions?limit=100')).status).toBe(200);
    const raw = (text: string): Promise<Answer> =>
      bureau.call('ordos-drafter', 'POST /submissions', { raw: text });
    expect(code(await raw(`"${'x'.repeat(300_000)}"`))).toEqual([413, 'body-too-large']);
    expect((await raw(`${'['.repeat(5000)}${']'.repeat(5000)}`)).status).toBe(422);
    const bytes = new Uint8Array(8);
    for (const announced of [
      { length: 51 * 1024 * 1024 },
      { length: 0 },
      { length: -1 },
      { fileName: 'x'.repeat(300) },
    ])
      expect((await bureau.ask('ordos-drafter', filing, 'target-document', bytes, announced)).status).toBe(
        422,
      );
  });

  test('the bucket takes no byte more than was announced', async () => {
    const id = await bureau.begin('ordos', 'policy-measures', '2021-2025');
    const [paper = ''] = sampleOfKind('policy-measures').papers;
    const file = await samplePdf.pdf('x');
    const asked = await bureau.ask('ordos-drafter', id, paper, file);
    const more = new Uint8Array(file.length + 1);
    more.set(file);
    expect((await bureau.post(asked.body, more)).status).toBe(400);
  });

  test('each API is throttled at its gate', () => {
    for (const stage of allOf(templates.aws, 'AWS::ApiGatewayV2::Stage')) {
      const limits = stage.Properties['DefaultRouteSettings'] as Record<string, number>;
      expect(limits['ThrottlingRateLimit'], stage.id).toBeGreaterThan(0);
      expect(limits['ThrottlingBurstLimit'], stage.id).toBeGreaterThan(0);
    }
  });
});

describe('API5 broken function level authorization', () => {
  test('a city’s drafter steers nothing of the region, and lends himself no role by a header', async () => {
    const body = { year: 2021, month: 9 };
    const answers = [
      await bureau.call('ordos-drafter', 'POST /evaluations', { body }),
      await bureau.call('ordos-drafter', 'PUT /calendar/2027', {
        body: { source: '国办发明电〔2026〕1号', exceptions: [], overrides: [] },
      }),
      await bureau.call('ordos-drafter', 'POST /obligations', { body: {} }),
    ];
    for (const answer of answers) expect(answer.status).toBe(403);
    const token = await bureau.platform.token('ordos-drafter');
    const headers = {
      authorization: `Bearer ${token}`,
      'x-office': 'R_HOUSING',
      'x-roles': 'supervisor',
      'x-forwarded-user': 'housing-supervisor',
      'x-http-method-override': 'DELETE',
      'idempotency-key': 'lent',
      'content-type': 'application/json',
    };
    const lent = await fetch(`${bureau.platform.url}/evaluations`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(lent.status).toBe(403);
  });
});

describe('API6 unrestricted access to sensitive business flows', () => {
  test('one city has one filing of a kind and period, however many keys it sends', async () => {
    const body = { kind: 'annual-plan', period: '2022' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => bureau.call('ordos-drafter', 'POST /submissions', { body })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  test('nobody checks what he drafted, though he has both roles', async () => {
    const clerk = 'wuhai-clerk';
    const { content, period } = sampleOfKind('demand-survey');
    const made = await bureau.call(clerk, 'POST /submissions', { body: { kind: 'demand-survey', period } });
    const id = String(made.body['id']);
    const filed = {
      documentNumber: '演发〔2021〕1号',
      issueDate: '2021-09-20',
      contact: { name: '王演示', phone: '13800001234' },
    };
    await bureau.take(clerk, id, 'save', { content, filing: filed });
    await bureau.take(clerk, id, 'send-to-check');
    expect((await bureau.step(clerk, id, 'pass-check')).status).toBe(403);
    expect((await bureau.read(clerk, id)).body['state']).toBe('checking');
  });
});

describe('API7 server side request forgery', () => {
  test('no address of a caller is ever fetched: nothing that is sent in is one', () => {
    const { paths } = openApi() as { paths: Record<string, Record<string, { requestBody?: unknown }>> };
    const inputs = Object.entries(paths).flatMap(([at, methods]) =>
      Object.values(methods).map(({ requestBody }) => [at, JSON.stringify(requestBody ?? '')] as const),
    );
    expect(inputs.filter(([, input]) => input.length > 2).length).toBeGreaterThan(30);
    const asksForAddress = /"format":"(?:uri|url)"|"(?:\w*(?:url|uri|href|webhook|callback|endpoint))":\{/i;
    expect(inputs.filter(([, input]) => asksForAddress.test(input)).map(([at]) => at)).toEqual([]);
  });

  test('what functions connect to comes from the template alone', () => {
    for (const { id, Properties: properties } of allOf(templates['aws-cn'], 'AWS::Lambda::Function')) {
      const { Variables: variables = {} } = (properties['Environment'] ?? {}) as {
        Variables?: Record<string, unknown>;
      };
      const addresses = Object.keys(variables).filter((name) => /URL$/.test(name));
      // The last two are printed and sent, and never connected to.
      const known = ['SCANNER_URL', 'SMTP_URL', 'SMS_URL', 'PORTAL_URL', 'PUBLIC_URL'];
      expect(
        addresses.filter((name) => !known.includes(name)),
        id,
      ).toEqual([]);
    }
  });
});

describe('API8 security misconfiguration', () => {
  test('every answer says how to take it, and none tells of the inside', async () => {
    const answers = [
      await bureau.call('ordos-drafter', 'GET /me'),
      await bureau.call('ordos-drafter', 'GET /submissions/none'),
      await bureau.call(undefined, 'GET /public/plans?format=csv'),
      await bureau.call('ordos-drafter', 'POST /submissions', { raw: '{' }),
    ];
    for (const { headers, text } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(text).not.toMatch(/\n\s+at |node_modules|\.ts:\d|ConditionalCheck|DynamoDB|arn:/);
    }
    expect(answers[0]?.headers.get('cache-control')).toBe('no-store');
  });

  test('a spreadsheet that opens a list runs nothing', async () => {
    const own = await bureau.begin('hohhot', 'demand-survey', '2021');
    const { content } = sampleOfKind('demand-survey');
    await bureau.save('hohhot', own, { ...content, method: '=HYPERLINK("http://x.example","y")' });
    const list = await bureau.call('hohhot-drafter', 'GET /exports/submissions?format=csv');
    expect(list.status).toBe(200);
    for (const cell of list.text.split(/[\r\n,]+/))
      expect(cell.replace(/^\uFEFF?"?/, '')).not.toMatch(/^[=@+]/);
  });

  test('no bucket and no table can be reached without a signature', async () => {
    const runtime = (await (await fetch(`${bureau.platform.url}/dev/runtime`)).json()) as {
      engines: { table: string; objects: string };
      ledger: string;
    };
    expect((await fetch(`${runtime.engines.objects}/${runtime.ledger}?list-type=2`)).status).toBe(403);
    const table = await fetch(runtime.engines.table, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.Scan', 'content-type': 'application/x-amz-json-1.0' },
      body: '{}',
    });
    expect(table.status).toBe(400);
    expect(await table.text()).toContain('MissingAuthenticationToken');
  });
});

describe('API9 improper inventory management', () => {
  test('what is deployed is what is documented, and nothing of one machine is', () => {
    const documented = Object.entries((openApi() as { paths: Record<string, object> }).paths).flatMap(
      ([at, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${at}`),
    );
    const deployed = allOf(templates.aws, 'AWS::ApiGatewayV2::Route').map(({ Properties: properties }) =>
      String(properties['RouteKey']),
    );
    expect([...new Set(deployed)].toSorted()).toEqual([...new Set(documented)].toSorted());
    expect(deployed.filter((route) => /\/dev\b|2015-03-31/.test(route))).toEqual([]);
  });
});

describe('API10 unsafe consumption of APIs', () => {
  test('what a file claims to be is looked at: a disguised or carried malware is never given out', async () => {
    const own = await bureau.begin('hohhot', 'policy-measures', '2021-2025');
    const [paper = ''] = sampleOfKind('policy-measures').papers;
    const disguised = new TextEncoder().encode('MZ this is a program and no PDF');
    const id = await bureau.upload('hohhot-drafter', own, paper, disguised);
    const { body } = await bureau.call('hohhot-drafter', `GET /submissions/${own}/documents/${id}`);
    expect(body['state']).toBe('rejected');
  });

  test('a verdict about other bytes than were announced frees nothing', async () => {
    const own = await bureau.begin('hohhot', 'annual-plan', '2022');
    const [paper = ''] = sampleOfKind('annual-plan').papers;
    const file = await samplePdf.pdf('announced');
    const other = await samplePdf.pdf('swapped!!');
    const asked = await bureau.ask('hohhot-drafter', own, paper, other, {
      length: other.length,
      sha256: createHash('sha256').update(file).digest('base64'),
    });
    expect(asked.status).toBe(201);
    expect((await bureau.post(asked.body, other)).ok).toBe(false);
  });

  test('an office or a role of the provider that we do not know, or of another level, gives no right', () => {
    const roles = 'drafter consenter root *';
    expect(actorOf({ sub: 'x', office: '150600', roles })?.roles).toEqual(['drafter']);
    for (const office of ['999999', '', '150600 ', 'r_housing', '*'])
      expect(actorOf({ sub: 'x', office, roles })).toBeUndefined();
    expect(actorOf({ office: '150600', roles })).toBeUndefined();
  });
});
