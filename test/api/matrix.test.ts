/**
 * Who may call what on whose record: role × route × ownership, generated from the route table, none missing. A call that
 * would be allowed is made with a revision that is not the record's, so that it proves its right (412) and changes nothing.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routeKey, routes, type Route } from '../../functions/routes.ts';
import { demoCompany, demoUser, demoUsers, type DemoUser } from '../../infra/local/identity/demo-users.ts';
import { officeOf } from '../../shared/domain/identity/offices.ts';
import { roleNames } from '../../shared/domain/identity/roles.ts';
import { dutyActionNames, type DutyActionName } from '../../shared/domain/duties/changes.ts';
import { possibleActions } from '../../shared/domain/submissions/decide.ts';
import { kindOf } from '../../shared/domain/submissions/kinds/index.ts';
import { actionNames, type Action } from '../../shared/domain/submissions/lifecycle.ts';
import type { Head } from '../../shared/domain/submissions/submission.ts';
import { headOf } from '../../shared/adapters/dynamodb/head-item.ts';
import { keys } from '../../shared/adapters/dynamodb/keys.ts';
import { Bureau, type Json } from '../support/bureau.ts';
import { CertificateBench } from '../support/certificate-bench.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** Every role of the region, of the city that owns the filings, of another city; and a person with several roles. */
const users = demoUsers.filter(
  ({ id, office }) =>
    officeOf(office)?.level === 'region' ||
    office === '150600' ||
    office === '150200' ||
    office.startsWith('150102') ||
    office === '150100' ||
    office === '150100-HOUSING' ||
    office === demoCompany ||
    id === 'wuhai-clerk',
);

/** A body that each step takes, so that only authority and state can refuse it. */
const bodies: Readonly<Record<Action, Json>> = {
  save: { content: {}, filing: { documentNumber: '', issueDate: '' } },
  'send-to-check': {},
  'send-back': { reason: '理由' },
  'refuse-signature': { reason: '理由' },
  'pass-check': {},
  sign: {},
  withdraw: { reason: '理由' },
  accept: {},
  acknowledge: {},
  return: { defects: [{ pointer: '', text: '补正' }] },
  receive: {},
  opine: { verdict: 'agree' },
  'ask-supplement': { questions: ['何据'] },
  supply: { answer: '见附件' },
  reject: { reason: '理由' },
  consent: {},
  'record-consent': { documentNumber: '内政字〔2021〕1号', date: '2021-10-12', document: 'none' },
  'refuse-consent': { reason: '理由' },
  publish: {},
  'take-note': {},
  'record-visit': { date: '2021-10-12', offices: ['住建'], findings: '相符' },
  'record-minutes': { date: '2021-10-12', documentNumber: '联审〔2021〕1号', document: 'none', opinions: [] },
  'settle-contradiction': { conditions: [1, 2], reason: '理由' },
  'conclude-review': {},
  'prove-condition': { condition: 1, statement: '已落实' },
  'close-condition': { condition: 1, met: true, reason: '核查' },
  'deliver-paper': { paper: 'survey', document: 'none' },
  'pass-plan-check': {},
  'fail-plan-check': { reason: '理由' },
  'record-objection': { receivedOn: '2021-10-12', by: 'letter', text: '异议' },
  'answer-objection': { objection: 1, upheld: false, answer: '答复' },
  'close-notice': {},
  approve: {},
  refuse: { reason: '理由' },
  'request-extension': { clock: 'acceptance', days: 1, reason: '理由' },
  'answer-extension': { clock: 'acceptance', grant: true, reason: '理由' },
  recall: {},
  'view-contact': { purpose: '核实' },
};

const until = '2021-11-30T16:00:00.000Z';
const dutyBodies: Readonly<Record<DutyActionName, Json>> = {
  amend: { dueBefore: until, reason: '理由' },
  'set-points': { points: [-3, 0, 1, 5], reason: '理由' },
  waive: { reason: '理由' },
  nudge: { reason: '理由' },
  'request-extension': { dueBefore: until, reason: '理由' },
  'answer-extension': { grant: true, reason: '理由' },
};

const decision = { reason: '理由', document: '演发〔2021〕1号' };
const certificateBodies: Readonly<Record<string, Json>> = {
  '/certificates/{id}/suspend': decision,
  '/certificates/{id}/resume': decision,
  '/certificates/{id}/revoke': decision,
  '/certificates/{id}/seal': { version: 1, form: 'scan', submission: 'none', document: 'none' },
};

interface Held {
  readonly name: string;
  readonly id: string;
  readonly document: string;
  /** Number of an opinion or other paper that there is a print of. */
  readonly paper?: number;
}

let bureau: Bureau;
let obligation: string;
const records: Held[] = [];

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  const laid = await bureau.call('housing-supervisor', 'POST /obligations', {
    body: {
      notice: '演通〔2021〕1号',
      clause: 'S-07',
      cities: ['150600'],
      items: [{ kind: 'five-year-target', period: '2021-2025' }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy: 'published',
    },
  });
  obligation = String((laid.body['items'] as Json[])[0]?.['id']);
  for (const [name, kind, upTo] of [
    ['a draft', 'five-year-target', 'draft'],
    ['a filing at the checker', 'annual-plan', 'checking'],
    ['a filing at the signatory', 'policy-measures', 'signing'],
    ['a submitted filing', 'development-plan', 'signed'],
  ] as const) {
    const id = await bureau.prepare('ordos', kind, upTo);
    const documents = await bureau.call('ordos-drafter', `GET /submissions/${id}/documents`);
    records.push({ name, id, document: String((documents.body['items'] as Json[])[0]?.['id']) });
  }
  await bureau.annualPlan(1000);
  for (const [name, upTo] of [
    ['a project under joint review', 'in-review'],
    ['a project that awaits its decision', 'deciding'],
  ] as const) {
    const id = await bureau.recognition(upTo);
    const documents = await bureau.call('company-drafter', `GET /submissions/${id}/documents`);
    const document = String((documents.body['items'] as Json[])[0]?.['id']);
    const { body } = await bureau.read('company-drafter', id);
    const opinion = (body['papers'] as { number: number; type: string }[]).find(
      ({ type }) => type === 'opinion',
    );
    records.push({ name, id, document, ...(opinion ? { paper: opinion.number } : {}) });
  }
  await bureau.call('housing-supervisor', 'POST /evaluations', { body: { year: 2021, month: 9 } });
  await bureau.platform.drain();
});
afterAll(() => bureau.close());

function headNow(id: string): Head {
  const TableName = bureau.platform.assembly.output('TableName');
  const { PK, SK } = keys.submission(id);
  const { Item: item } = bureau.platform.engines.table.execute('GetItem', {
    TableName,
    Key: { PK: { S: PK }, SK: { S: SK } },
  }) as { Item: Parameters<typeof unmarshall>[0] };
  return headOf(unmarshall(item));
}

const regional = (user: DemoUser): boolean => officeOf(user.office)?.level === 'region';

/** What the route table itself says of a caller, before any record is looked at. */
function admitted(user: DemoUser, { access }: Route): boolean {
  if (access === 'anyone') return true;
  const roleFits = access.roles === 'any' || user.roles.some((role) => access.roles.includes(role));
  return roleFits && user.scopes.includes(access.scope);
}

function visible(user: DemoUser, head: Head): boolean {
  // Those of the project's county and of its city take part in a joint review (S-12).
  const takesPart = head.county !== undefined && /^1501(00|02)/.test(user.office);
  return user.office === head.owner || ((regional(user) || takesPart) && head.frozen > 0);
}

const guarded = routes.filter((route) => route.access !== 'anyone');

describe('without a token', () => {
  test.each(guarded.map(routeKey))('%s answers 401', async (key) => {
    const call = key.replaceAll(/\{\w+\}/g, 'x');
    for (const token of [null, 'rubbish', `${await bureau.tokenOf('ordos-drafter')}x`])
      expect((await bureau.call(undefined, call, { token })).status).toBe(401);
  });
});

describe('on a filing, every role of its own city, of another city, and of the region', () => {
  const onFiling = guarded.filter(({ path }) => path.startsWith('/submissions/{id}'));

  test.each(onFiling.map((route) => [routeKey(route), route] as const))('%s', async (_key, route) => {
    const isPrint = route.path.endsWith('/print');
    for (const { id, name, document, paper = 1 } of records) {
      const head = headNow(id);
      for (const user of users) {
        const who = `${user.id} on ${name}`;
        const action = actionNames.find((one) => route.path === `/submissions/{id}/${one}`);
        const path = route.path
          .replace('{id}', id)
          // The owner's drafter may remove it: his call names one that is not there.
          .replace('{document}', removes(user, route, head) ? 'none' : document)
          .replace('{number}', isPrint ? String(paper) : '1')
          .replace('/difference', '/difference?from=1');
        const kind = kindOf(head.kind);
        if (!kind) throw new Error(head.kind);
        const actor = { sub: user.id, office: user.office, roles: user.roles };
        const possible = action !== undefined && possibleActions(head, kind, actor).includes(action);
        const answer = await bureau.call(user.id, `${route.method} ${path}`, {
          ...(action ? { body: bodies[action], ifMatch: possible ? '"999"' : `"${head.seq}"` } : {}),
          ...(route.function === 'invitations'
            ? { ...(route.method === 'POST' ? { body: invitation(route) } : {}), ifMatch: '"999"' }
            : route.method === 'POST' && !action
              ? { body: await upload(user, head) }
              : {}),
          ...(route.method === 'DELETE' ? { ifMatch: '"999"' } : {}),
        });
        if (!admitted(user, route)) expect(answer.status, who).toBe(403);
        else if (!visible(user, head)) expect(answer.status, who).toBe(404);
        // Each lead invites for his own review; none was sent, and nobody names one that there is.
        else if (route.function === 'invitations')
          expect(answer.status, who).toBe(invites(user, head) ? invited(route) : 403);
        else if (action)
          expect(answer.status === 412 ? 'may' : answer.status, who).toSatisfy(possible ? may : mayNot);
        // The first entry of every filing left no paper.
        else if (isPrint) expect(answer.status, who).toBe(paper === 1 ? 404 : 200);
        else if (route.method === 'GET') expect([200, 409], who).toContain(answer.status);
        // Uploading and removing: the drafter's own draft only, and nothing of it is done here.
        else if (removes(user, route, head)) expect([404, 409], who).toContain(answer.status);
        // To remove a document is its filer's alone: for others of the joint review there is nothing to remove.
        else if (route.method === 'DELETE') expect([403, 404, 409], who).toContain(answer.status);
        else expect([403, 409, 422], who).toContain(answer.status);
      }
      expect(headNow(id).seq, name).toBe(head.seq);
    }
  });

  const files = (user: DemoUser, head: Head): boolean =>
    user.office === head.owner && user.roles.includes('drafter');
  const removes = (user: DemoUser, { method }: Route, head: Head): boolean =>
    method === 'DELETE' && files(user, head);
  const invites = (user: DemoUser, { county, path }: Head): boolean =>
    path === 'joint-review' && user.office === `${county ?? ''}-HOUSING`;
  /** The lead's own department is never on the panel, so that nobody is invited here. */
  const invitation = ({ path }: Route): Json =>
    path.endsWith('revoke') ? {} : { department: 'HOUSING', name: '演示', phone: '13900000000' };
  const invited = ({ method, path }: Route): number =>
    method === 'GET' ? 200 : path.endsWith('revoke') ? 404 : 409;
  const may = (status: unknown): boolean => status === 'may';
  const mayNot = (status: unknown): boolean => status === 403 || status === 409;

  /** Valid but for the owner's drafter, who would get a ticket: his lacks the hash. */
  async function upload(user: DemoUser, head: Head): Promise<Json> {
    const bytes = await samplePdf.pdf('x');
    const body = { paper: 'target-document', fileName: 'x.pdf', type: 'pdf', length: bytes.length };
    return files(user, head) ? body : { ...body, sha256: 'A'.repeat(43) + '=' };
  }
});

describe('on duties, cities, the calendar, and what lists nothing of others', () => {
  const rest = guarded.filter(
    // Resources, projects and certificates stand in tests of their own, with the records that they need.
    ({ path }) => !/^\/(submissions|evaluations|resources|projects|certificates)\/(\{id\}|import)/.test(path),
  );
  const samples: Readonly<Record<string, string>> = {
    '/kinds/{kind}': '/kinds/annual-plan',
    '/cities/{code}': '/cities/150600',
    '/cities/{code}/history': '/cities/150600/history',
    '/rule-sets/{city}/{number}': '/rule-sets/default/1',
    '/rule-sets/{city}/{number}/difference': '/rule-sets/default/1/difference',
    '/calendar/{year}': '/calendar/2026',
    '/evaluation-schemes/{year}': '/evaluation-schemes/2021',
    '/exports/{list}': '/exports/desk',
    '/inbox/{day}/deliveries': '/inbox/2021-10-12/deliveries',
    '/offices/{code}/mailbox': '/offices/150600/mailbox',
    '/offices/{code}/delegates': '/offices/150600/delegates',
    '/inbox/{day}/read': '/inbox/2021-10-12/read',
    '/inbox/{day}/snooze': '/inbox/2021-10-12/snooze',
  };

  test.each(rest.map((route) => [routeKey(route), route] as const))('%s', async (_key, route) => {
    for (const user of users) {
      const ofDuty = route.path.startsWith('/obligations/{id}');
      const path = ofDuty ? route.path.replace('{id}', obligation) : (samples[route.path] ?? route.path);
      const action = dutyActionNames.find((one) => route.path === `/obligations/{id}/${one}`);
      const answer = await bureau.call(
        user.id,
        `${route.method} ${path}`,
        route.method === 'GET' ? {} : action ? { body: dutyBodies[action], ifMatch: '"999"' } : { body: {} },
      );
      if (!admitted(user, route)) expect(answer.status, user.id).toBe(403);
      else if (ofDuty && !regional(user) && user.office !== '150600')
        expect(answer.status, user.id).toBe(404);
      else if (action) expect(answer.status, user.id).toBe(412);
      // A city's mailbox: to itself and the region.
      else if (route.path.startsWith('/offices') && route.method === 'GET')
        expect(answer.status, user.id).toBe(regional(user) || user.office === '150600' ? 200 : 404);
      // A list is of one's own office; elsewhere one has no notices: only the city's drafter has one.
      else if (route.path === '/inbox/{day}/read')
        expect(answer.status, user.id).toBe(user.id === 'ordos-drafter' ? 201 : 404);
      // Nobody is on leave, and ending none is no mistake.
      else if (routeKey(route) === 'DELETE /me/leave') expect(answer.status, user.id).toBe(200);
      else expect(answer.status, user.id).toBe(route.method === 'GET' ? 200 : 422);
      if (answer.status === 200 && ['/submissions', '/desk', '/inbox', '/obligations'].includes(route.path)) {
        for (const line of answer.body['items'] as {
          owner?: string;
          city?: string;
          office?: string;
          path?: string;
        }[]) {
          if (route.path === '/desk' || route.path === '/inbox')
            expect(line.office, user.id).toBe(user.office);
          // A filing about a project is of its county and city, too.
          else if (!regional(user) && line.path === 'joint-review')
            expect(['150102', '150100', line.owner], user.id).toContain(
              user.office === line.owner ? line.owner : user.office.slice(0, 6),
            );
          else if (!regional(user)) expect(line.owner ?? line.city, user.id).toBe(user.office);
        }
      }
    }
  });

  // Its actions need a year that is over: every role of them stands in evaluation.test.ts.
  const ofRun = guarded.filter(
    ({ path, method }) => path.startsWith('/evaluations/{id}') && method === 'GET',
  );

  test.each(ofRun.map((route) => [routeKey(route), route] as const))('%s', async (_key, route) => {
    for (const user of users) {
      const path = route.path
        .replace('{id}', '2021-09.1')
        .replace('{city}', '150600')
        .replace('{indicator}', 'A1')
        .replace('{form}', 'csv');
      const answer = await bureau.call(user.id, `GET ${path}`);
      // A month's run is for steering: no city sees it.
      expect(answer.status, user.id).toBe(regional(user) ? 200 : 404);
    }
  });

  test('the region’s list holds no draft', async () => {
    const list = await bureau.call('housing-lead', 'GET /submissions?limit=100');
    expect((list.body['items'] as Json[]).map(({ state }) => state)).toEqual([
      'published',
      // Those about the projects in Hohhot.
      'in-review',
      'deciding',
      'submitted',
    ]);
  });
});

describe('on a certificate, every role of its county, its city, another city, and of the region', () => {
  const onCertificate = guarded.filter(({ path }) => path.startsWith('/certificates/'));
  let certificate: string;
  beforeAll(async () => {
    const bench = await CertificateBench.on(bureau);
    certificate = await bench.issue();
    bench.close();
  });

  test.each(onCertificate.map((route) => [routeKey(route), route] as const))('%s', async (_key, route) => {
    for (const user of users) {
      const concerned = regional(user) || /^1501(00|02)/.test(user.office) || user.office === demoCompany;
      const answer = await bureau.call(
        user.id,
        `${route.method} ${route.path.replace('{id}', certificate)}`,
        route.method === 'GET' ? {} : { body: certificateBodies[route.path] ?? {}, ifMatch: '"999"' },
      );
      if (!admitted(user, route)) expect(answer.status, user.id).toBe(403);
      // An empty form: who may take papers in is told what is missing.
      else if (route.path === '/certificates/import') expect(answer.status, user.id).toBe(422);
      else if (!concerned) expect(answer.status, user.id).toBe(404);
      else expect(answer.status, user.id).toBe(route.method === 'GET' ? 200 : 412);
    }
  });
});

test('every role stands among the callers, and who may call what is as it was agreed', () => {
  expect(roleNames.filter((role) => !users.some((user) => user.roles.includes(role)))).toEqual([]);
  expect(demoUser('wuhai-clerk')?.roles).toHaveLength(3);
  const lines = routes.map(
    (route) =>
      `${routeKey(route)}: ${route.access === 'anyone' ? 'anyone' : `${route.access.scope} ${route.access.roles === 'any' ? 'any role' : route.access.roles.join(' ')}`}`,
  );
  // A change here is a change of rights: edit the file by hand, so that a reviewer sees it.
  const agreed = readFileSync(new URL('./who-may-call.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  expect(lines.toSorted()).toEqual(agreed);
});
