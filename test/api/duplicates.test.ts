/**
 * Every command sent four times at the same moment: under one key it is done once and all hear the same answer; under
 * four keys one is done and the others are refused. Then its chain holds one more entry, and the desks agree.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dutyActionNames } from '../../shared/domain/duties/changes.ts';
import { issuerActionNames } from '../../shared/domain/certificates/lifecycle.ts';
import { runActionNames } from '../../shared/domain/evaluation/actions.ts';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import { actionNames, type Action } from '../../shared/domain/submissions/lifecycle.ts';
import { routes, routeKey } from '../../functions/routes.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { Bureau, type Answer, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  await bureau.annualPlan(100_000);
});
afterAll(() => bureau.close());

interface Ready {
  readonly user: string;
  readonly id: string;
  readonly body: Json;
}

let year = 2021;
/** A filing of its own for each case: another year's plan. */
function plan(city: string, upTo: 'draft' | 'checking' | 'signing' | 'signed'): Promise<string> {
  year += 1;
  return bureau.prepare(city, 'annual-plan', upTo, String(year));
}

async function inReview(): Promise<string> {
  const id = await plan('ordos', 'signed');
  await bureau.take('housing-lead', id, 'accept');
  return id;
}

async function asked(): Promise<string> {
  const id = await inReview();
  await bureau.take('ndrc-reviewer', id, 'ask-supplement', { questions: ['何据'] });
  return id;
}

async function disagreed(): Promise<string> {
  const id = await inReview();
  await bureau.take('ndrc-reviewer', id, 'opine', { verdict: 'disagree', reason: '不衔接' });
  await bureau.take('finance-reviewer', id, 'opine', { verdict: 'agree' });
  await bureau.take('housing-reviewer', id, 'opine', { verdict: 'agree' });
  return id;
}

async function agreed(): Promise<string> {
  const id = await inReview();
  await bureau.agree(id);
  return id;
}

const conditional = {
  verdict: 'agree-with-conditions',
  conditions: [{ text: '疏散宽度不小于1.4米', subject: 'fire', before: 'decision' }],
};

const recognition =
  (upTo: Parameters<Bureau['recognition']>[0], user: string, body: Json, first?: Json) =>
  async (): Promise<Ready> => ({ user, id: await bureau.recognition(upTo, first), body });

/** Two departments ask different things of one subject. */
async function contradicted(): Promise<string> {
  const id = await bureau.recognition('in-review');
  await bureau.take('xincheng-natres', id, 'opine', conditional);
  await bureau.take('xincheng-fire', id, 'opine', conditional);
  return id;
}

async function proved(): Promise<string> {
  const id = await bureau.recognition('opined', conditional);
  await bureau.take('company-drafter', id, 'prove-condition', { condition: 1, statement: '已整改' });
  return id;
}

const reason = '理由';
const extension = { clock: 'opinion:R_NDRC', days: 2, reason };

/** How to come to where each step can be taken, and by whom. */
/** Steps under rules that only some cities have, in `recognition.test.ts`. */
type Elsewhere = 'deliver-paper' | 'record-objection' | 'answer-objection' | 'close-notice';

const recipes: Readonly<Record<Exclude<Action, Elsewhere>, () => Promise<Ready>>> = {
  save: async () => ({
    user: 'ordos-drafter',
    id: await plan('ordos', 'draft'),
    body: {
      content: sampleOfKind('annual-plan').content,
      filing: { documentNumber: '演发〔2021〕2号', issueDate: '2021-10-11' },
      explanations: {},
    },
  }),
  'send-to-check': async () => ({ user: 'ordos-drafter', id: await plan('ordos', 'draft'), body: {} }),
  'send-back': async () => ({ user: 'ordos-checker', id: await plan('ordos', 'checking'), body: { reason } }),
  'refuse-signature': async () => ({
    user: 'ordos-signatory',
    id: await plan('ordos', 'signing'),
    body: { reason },
  }),
  'pass-check': async () => ({ user: 'ordos-checker', id: await plan('ordos', 'checking'), body: {} }),
  sign: async () => ({ user: 'ordos-signatory', id: await plan('ordos', 'signing'), body: {} }),
  withdraw: async () => ({ user: 'ordos-signatory', id: await plan('ordos', 'signed'), body: { reason } }),
  accept: async () => ({ user: 'housing-lead', id: await plan('ordos', 'signed'), body: {} }),
  acknowledge: async () => {
    year += 1;
    const id = await bureau.prepare('ordos', 'demand-survey', 'signed', String(year));
    return { user: 'housing-lead', id, body: {} };
  },
  return: async () => ({
    user: 'housing-lead',
    id: await plan('ordos', 'signed'),
    body: { defects: [{ pointer: '', text: '补正' }] },
  }),
  receive: async () => ({ user: 'housing-lead', id: await plan('hohhot', 'signed'), body: {} }),
  opine: async () => ({ user: 'ndrc-reviewer', id: await inReview(), body: { verdict: 'agree' } }),
  'ask-supplement': async () => ({
    user: 'ndrc-reviewer',
    id: await inReview(),
    body: { questions: ['何据'] },
  }),
  supply: async () => ({
    user: 'ordos-drafter',
    id: await asked(),
    body: { answer: '见附件', documents: [] },
  }),
  reject: async () => ({ user: 'housing-lead', id: await disagreed(), body: { reason } }),
  consent: async () => ({ user: 'government-consenter', id: await agreed(), body: {} }),
  'record-consent': async () => {
    const id = await agreed();
    const document = await bureau.upload('housing-lead', id, 'consent-scan');
    const body = { documentNumber: '内政字〔2021〕1号', date: '2021-10-12', document };
    return { user: 'housing-lead', id, body };
  },
  'refuse-consent': async () => ({ user: 'government-consenter', id: await agreed(), body: { reason } }),
  publish: async () => ({ user: 'hohhot-publisher', id: await plan('hohhot', 'signed'), body: {} }),
  'take-note': async () => {
    const id = await disagreed();
    await bureau.take('housing-lead', id, 'reject', { reason });
    return { user: 'ordos-drafter', id, body: {} };
  },
  'record-visit': recognition('in-review', 'xincheng-lead', {
    date: '2021-10-12',
    offices: ['新城区住建部门'],
    findings: '现场与材料相符',
  }),
  'record-minutes': async () => {
    const id = await bureau.recognition('in-review');
    const document = await bureau.upload('xincheng-lead', id, 'minutes-scan');
    const opinions = [{ department: 'FIRE', verdict: 'agree' }];
    const body = { date: '2021-10-12', documentNumber: '新联审〔2021〕1号', document, opinions };
    return { user: 'xincheng-lead', id, body };
  },
  'settle-contradiction': async () => ({
    user: 'xincheng-lead',
    id: await contradicted(),
    body: { conditions: [1, 2], prevails: 2, reason },
  }),
  'conclude-review': recognition('opined', 'xincheng-lead', {}),
  'prove-condition': recognition(
    'opined',
    'company-drafter',
    { condition: 1, statement: '已整改', documents: [] },
    conditional,
  ),
  'close-condition': async () => ({
    user: 'xincheng-natres',
    id: await proved(),
    body: { condition: 1, met: true, reason },
  }),
  'pass-plan-check': recognition('plan-check', 'hohhot-planner', {}),
  'fail-plan-check': recognition('plan-check', 'hohhot-planner', { reason }),
  approve: recognition('deciding', 'xincheng-decider', {}),
  refuse: recognition('deciding', 'xincheng-decider', { reason }),
  'request-extension': async () => ({ user: 'ndrc-reviewer', id: await inReview(), body: extension }),
  'answer-extension': async () => {
    const id = await inReview();
    await bureau.take('ndrc-reviewer', id, 'request-extension', extension);
    return { user: 'housing-lead', id, body: { clock: extension.clock, grant: true, reason } };
  },
  recall: async () => ({ user: 'ordos-signatory', id: await plan('ordos', 'signed'), body: {} }),
  'view-contact': async () => ({
    user: 'housing-lead',
    id: await plan('ordos', 'signed'),
    body: { purpose: '核实' },
  }),
};

const four = [1, 2, 3, 4];

describe.each(Object.keys(recipes) as (keyof typeof recipes)[])('%s', (action) => {
  test('four times under one key is once', async () => {
    const { user, id, body } = await recipes[action]();
    const before = await bureau.read(user, id);
    const call = { body, key: `one-${action}`, ifMatch: before.etag ?? '' };
    const answers = await Promise.all(
      four.map(() => bureau.call(user, `POST /submissions/${id}/${action}`, call)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await revisionOf(user, id)).toBe(revision(before) + 1);
    expect(await entriesOf(user, id)).toBe(revision(before) + 1);
    const late = await bureau.call(user, `POST /submissions/${id}/${action}`, call);
    expect([late.status, late.text]).toEqual([200, answers[0]?.text]);
  });

  test('four times under four keys is once too', async () => {
    const { user, id, body } = await recipes[action]();
    const before = await bureau.read(user, id);
    const ifMatch = before.etag ?? '';
    const answers = await Promise.all(
      four.map((n) =>
        bureau.call(user, `POST /submissions/${id}/${action}`, { body, key: `${n}-${action}`, ifMatch }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers.filter((one) => one.status !== 200))
      expect([409, 412]).toContain(status);
    expect(await entriesOf(user, id)).toBe(revision(before) + 1);
  });
});

describe.each(dutyActionNames)('%s of a duty', (action) => {
  const november = '2021-11-30T16:00:00.000Z';

  async function ready(): Promise<Ready> {
    year += 1;
    const laid = await bureau.call('housing-supervisor', 'POST /obligations', {
      body: {
        notice: '演通〔2021〕8号',
        clause: 'S-06',
        cities: ['150200'],
        items: [{ kind: 'annual-plan', period: String(year) }],
        dueBefore: '2021-10-31T16:00:00.000Z',
        satisfiedBy: 'published',
      },
    });
    await bureau.platform.drain();
    const id = String((laid.body['items'] as Json[])[0]?.['id']);
    const ask = { dueBefore: november, reason };
    if (action === 'answer-extension') {
      const { etag } = await bureau.call('baotou-leader', `GET /obligations/${id}`);
      const call = { body: ask, ifMatch: etag ?? '' };
      await bureau.call('baotou-leader', `POST /obligations/${id}/request-extension`, call);
    }
    const bodies = {
      amend: ask,
      'set-points': { points: [-3, 0, 1, 5], reason },
      waive: { reason },
      nudge: { reason },
      'request-extension': ask,
      'answer-extension': { grant: true, reason },
    };
    const user = action === 'request-extension' ? 'baotou-leader' : 'housing-supervisor';
    return { user, id, body: bodies[action] };
  }

  test('is done once under one key, and once under four', async () => {
    for (const keys of [() => `duty-${action}`, (n: number) => `duty-${action}-${n}`]) {
      const { user, id, body } = await ready();
      const { etag } = await bureau.call(user, `GET /obligations/${id}`);
      const answers = await Promise.all(
        four.map((n) =>
          bureau.call(user, `POST /obligations/${id}/${action}`, {
            body,
            key: `${keys(n)}-${id}`,
            ifMatch: etag ?? '',
          }),
        ),
      );
      const oneKey = new Set(four.map(keys)).size === 1;
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(oneKey ? 4 : 1);
      for (const { status } of answers.filter((one) => one.status !== 200))
        expect([409, 412]).toContain(status);
      const after = await bureau.call(user, `GET /obligations/${id}`);
      expect(after.etag).not.toBe(etag);
      const moved = action === 'amend' || action === 'answer-extension';
      expect(after.body['dueBefore']).toBe(moved ? november : '2021-10-31T16:00:00.000Z');
    }
  });
});

describe('commands that make a record', () => {
  test('POST /submissions', async () => {
    const body = { kind: 'annual-plan', period: '2099' };
    const twins = await all('baotou-drafter', 'POST /submissions', body, () => 'begin');
    expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
    const others = await all(
      'baotou-drafter',
      'POST /submissions',
      { ...body, period: '2098' },
      (n) => `begin-${n}`,
    );
    expect(others.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const list = await bureau.call('baotou-drafter', 'GET /submissions?kind=annual-plan&limit=100');
    expect(
      (list.body['items'] as Json[]).filter(({ period }) => period === '2099' || period === '2098'),
    ).toHaveLength(2);
  });

  test('POST /obligations', async () => {
    const body = {
      notice: '演通〔2021〕7号',
      clause: 'S-06',
      cities: ['150200', '150400'],
      items: [{ kind: 'annual-plan', period: '2097' }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy: 'published',
    };
    const twins = await all('housing-supervisor', 'POST /obligations', body, () => 'lay');
    expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
    const laid = await bureau.call('housing-supervisor', 'GET /obligations?city=150400');
    expect(laid.body['items']).toHaveLength(1);
  });

  test('PUT /calendar/{year}', async () => {
    const body = { source: '演示', exceptions: [], overrides: [] };
    const twins = await all('housing-administrator', 'PUT /calendar/2030', body, () => 'load');
    expect(twins.map(({ body: { version } }) => version)).toEqual([1, 1, 1, 1]);
    const blind = await all('housing-administrator', 'PUT /calendar/2030', body, (n) => `load-${n}`);
    expect(blind.map(({ status }) => status)).toEqual([428, 428, 428, 428]);
    const others = await Promise.all(
      four.map((n) =>
        bureau.call('housing-administrator', 'PUT /calendar/2030', {
          body,
          key: `again-${n}`,
          ifMatch: twins[0]?.etag ?? '',
        }),
      ),
    );
    expect(others.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  test('POST and DELETE of a document', async () => {
    const id = await bureau.begin('chifeng', 'annual-plan', '2096');
    const bytes = await samplePdf.pdf('x');
    const body = {
      paper: 'plan-document',
      fileName: 'x.pdf',
      type: 'pdf',
      length: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('base64'),
    };
    const twins = await all('chifeng-drafter', `POST /submissions/${id}/documents`, body, () => 'ask');
    expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
    // Another key is another file, which takes the place of the one before: one paper, one file.
    await all('chifeng-drafter', `POST /submissions/${id}/documents`, body, (n) => `ask-${n}`);
    const current = (await bureau.read('chifeng-drafter', id)).body['documents'] as Json[];
    expect(current).toHaveLength(1);
    const at = `/submissions/${id}/documents/${String(current[0]?.['id'])}`;
    const { etag } = await bureau.call('chifeng-drafter', `GET ${at}`);
    const remove = (n: number, key: string) =>
      bureau.call('chifeng-drafter', `DELETE ${at}`, { key: `${key}-${n}`, ifMatch: etag ?? '' });
    const removed = await Promise.all(four.map((n) => remove(n, 'remove')));
    expect(removed.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
  });

  test('PUT /me/preferences, PUT /offices/{code}/mailbox and /delegates', async () => {
    const preferences = { locale: 'zh-CN', delivery: 'daily', mail: 'a@example.gov.cn' };
    const mail = (n: number): Json => ({ mail: `c${n}@example.gov.cn` });
    const delegate = {
      sub: 'd',
      document: '授〔2021〕1号',
      limits: '认定',
      from: '2021-10-01',
      to: '2021-10-31',
    };
    for (const [user, at, body, changed] of [
      ['baotou-checker', '/me/preferences', preferences, mail],
      ['baotou-leader', '/offices/150200/mailbox', { mail: 'b@example.gov.cn' }, mail],
      [
        'baotou-leader',
        '/offices/150200/delegates',
        { delegates: [] },
        (n: number): Json => ({ delegates: [{ ...delegate, sub: `d-${n}` }] }),
      ],
    ] as const) {
      const twins = await all(user, `PUT ${at}`, body, () => `say-${at}`);
      expect(twins.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
      expect(twins[0]?.etag).toBe('"1"');
      const change = (n: number) =>
        bureau.call(user, `PUT ${at}`, {
          body: { ...body, ...changed(n) },
          key: `say-again-${at}-${n}`,
          ifMatch: '"1"',
        });
      const others = await Promise.all(four.map(change));
      expect(others.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
      expect((await bureau.call(user, `GET ${at}`)).etag).toBe('"2"');
    }
  });

  test('PUT and DELETE /me/leave', async () => {
    const { body: me } = await bureau.call('baotou-checker', 'GET /me');
    const body = { from: '2021-10-20', to: '2021-10-21', cover: me['sub'] };
    for (const key of [() => 'leave', (n: number) => `leave-${n}`]) {
      const taken = await all('baotou-drafter', 'PUT /me/leave', body, key);
      expect(taken.map(({ body: { revision: now } }) => now)).toEqual([1, 1, 1, 1]);
    }
    for (const key of [() => 'back', (n: number) => `back-${n}`]) {
      const back = await all('baotou-drafter', 'DELETE /me/leave', undefined, key);
      expect(back.map(({ body: { revision: now } }) => now)).toEqual([2, 2, 2, 2]);
    }
  });

  test('POST /inbox/{day}/read and /inbox/{day}/snooze', async () => {
    // Two weeks before, so that the first point is not the legal minimum.
    const other = await Bureau.open('2021-09-23T09:00:00+08:00');
    try {
      const duty = {
        notice: '演通〔2021〕8号',
        clause: 'S-06',
        cities: ['150200'],
        items: [{ kind: 'annual-plan', period: '2021' }],
        dueBefore: '2021-10-31T16:00:00.000Z',
        satisfiedBy: 'published',
      };
      const laid = await other.call('housing-supervisor', 'POST /obligations', { body: duty });
      const id = String((laid.body['items'] as Json[])[0]?.['id']);
      await other.until('2021-09-27T09:00:00+08:00');
      for (const [step, body] of [
        ['read', {}],
        ['snooze', { obligation: id, until: '2021-10-15' }],
      ] as const) {
        const at = `POST /inbox/2021-09-27/${step}`;
        const answers = [
          ...(await Promise.all(four.map(() => other.call('baotou-drafter', at, { body, key: step })))),
          ...(await Promise.all(four.map(() => other.call('baotou-drafter', at, { body })))),
        ];
        expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
        expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      }
      const proof = await other.call('housing-supervisor', `GET /obligations/${id}/reminders`);
      expect(proof.body['items']).toMatchObject([{ read: { count: 1 } }]);
    } finally {
      await other.close();
    }
  });

  test('POST /resources, and correct and remove', async () => {
    const details = sampleDetails({ unitNumber: '150102001002GB00003F00090001' });
    const twins = await all('hohhot-drafter', 'POST /resources', details, () => 'register');
    expect(twins.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(twins.map(({ text }) => text)).size).toBe(1);
    const at = `/resources/${String(twins[0]?.body['id'])}`;
    for (const [action, body] of [
      ['correct', { ...details, presentUse: '停用' }],
      ['remove', { reason }],
    ] as const) {
      const { etag } = await bureau.call('hohhot-drafter', `GET ${at}`);
      const send = (key: string) =>
        bureau.call('hohhot-drafter', `POST ${at}/${action}`, { body, key, ifMatch: etag ?? '' });
      const done = await Promise.all(four.map(() => send(action)));
      expect(done.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(new Set(done.map(({ text }) => text)).size).toBe(1);
      const others = await Promise.all(four.map((n) => send(`${action}-${n}`)));
      expect(others.map(({ status }) => status)).toEqual([412, 412, 412, 412]);
    }
    const history = await bureau.call('hohhot-drafter', `GET ${at}/history`);
    expect(history.body['items']).toHaveLength(3);
  });

  test('no command is left out', () => {
    const here = [
      'POST /submissions',
      'POST /obligations',
      'PUT /calendar/{year}',
      'PUT /me/preferences',
      'PUT /offices/{code}/mailbox',
      'PUT /offices/{code}/delegates',
      'PUT /me/leave',
      'DELETE /me/leave',
      'POST /inbox/{day}/read',
      'POST /inbox/{day}/snooze',
      'POST /resources',
      'POST /resources/{id}/correct',
      'POST /resources/{id}/remove',
    ];
    // With the year that they need, in evaluation.test.ts.
    const evaluation = [
      'POST /evaluations',
      'PUT /evaluation-schemes/{year}',
      ...runActionNames.map((action) => `POST /evaluations/{id}/${action}`),
    ];
    // With the certificates that they need, in certificates.test.ts.
    const certificates = [
      'POST /certificates/import',
      ...issuerActionNames.map((action) => `POST /certificates/{id}/${action}`),
    ];
    // With their links, in invitations.test.ts and invited-opinions.test.ts.
    const invitations = routes
      .filter(({ command, function: served }) => command !== undefined && served === 'invitations')
      .map(routeKey);
    const documents = ['POST /submissions/{id}/documents', 'DELETE /submissions/{id}/documents/{document}'];
    const steps = actionNames.map((action) => `POST /submissions/{id}/${action}`);
    const commands = routes.filter(({ command }) => command !== undefined).map(routeKey);
    const duties = dutyActionNames.map((action) => `POST /obligations/{id}/${action}`);
    expect(commands.sort()).toEqual(
      [...here, ...evaluation, ...certificates, ...documents, ...invitations, ...duties, ...steps].sort(),
    );
  });
});

function all(user: string, call: string, body: unknown, key: (n: number) => string): Promise<Answer[]> {
  return Promise.all(
    four.map((n) => bureau.call(user, call, { ...(body === undefined ? {} : { body }), key: key(n) })),
  );
}

const revision = (answer: Answer): number => Number(answer.body['revision']);

async function revisionOf(user: string, id: string): Promise<number> {
  return revision(await bureau.read(user, id));
}

async function entriesOf(user: string, id: string): Promise<number> {
  const history = await bureau.call(user, `GET /submissions/${id}/history?limit=100`);
  return (history.body['items'] as unknown[]).length;
}
