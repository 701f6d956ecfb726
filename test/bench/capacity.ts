/** Capacity units per route: each call is made alone, and only what its own function asks of the table is counted. */
import { Bureau, type Answer, type CallOptions, type Json } from '../support/bureau.ts';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import { CertificateBench } from '../support/certificate-bench.ts';
import { sampleOfKind } from '../support/contents.ts';
import { codeOf, invited } from '../support/invited.ts';
import { Projects } from '../support/projects.ts';

export interface Units {
  readonly read: number;
  readonly write: number;
}

const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
/** Consumers of the stream and of the bucket work beside the call; their units are theirs. */
const consumers = /-(journal|follow-up|inspection|daily|delivery|certificates)$/;

/** @returns route (with the case where it matters) → units, in the order of a filing's life */
export async function measureCapacity(): Promise<Record<string, Units>> {
  let read = 0;
  let write = 0;
  const bureau = await Bureau.open('2021-10-12T09:00:00+08:00', {
    meter: ({ caller, operation, units }) => {
      if (consumers.test(caller)) return;
      if (writing.has(operation)) write += units;
      else read += units;
    },
  });
  const table: Record<string, Units> = {};

  async function call(
    name: string,
    user: string | undefined,
    target: string,
    options: CallOptions = {},
  ): Promise<Answer> {
    await bureau.platform.drain();
    [read, write] = [0, 0];
    const answer = await bureau.call(user, target, options);
    if (answer.status >= 300) throw new Error(`${name}: ${answer.status} ${answer.text}`);
    table[name] = { read, write };
    return answer;
  }

  async function step(user: string, id: string, action: string, body: Json = {}, note = ''): Promise<void> {
    const { etag } = await bureau.read(user, id);
    const name = `POST /submissions/{id}/${action}${note}`;
    await call(name, user, `POST /submissions/${id}/${action}`, { body, ifMatch: etag ?? '' });
  }

  try {
    // The first call of a function also reads the calendar, once a minute: that is no route's cost.
    await bureau.call('ordos-drafter', 'GET /desk');
    await bureau.begin('ordos', 'demand-survey', '2021');
    await measureLife(bureau, call, step);
    await measureReads(bureau, call);
    await measureProjects(bureau, call, step);
    await measureReviewers(bureau, call);
    await measureRules(bureau, call, step);
  } finally {
    await bureau.close();
  }
  return table;
}

type Call = (
  name: string,
  user: string | undefined,
  target: string,
  options?: CallOptions,
) => Promise<Answer>;
type Step = (user: string, id: string, action: string, body?: Json, note?: string) => Promise<void>;

async function measureLife(bureau: Bureau, call: Call, step: Step): Promise<void> {
  const duty = {
    notice: '演通〔2021〕1号',
    clause: 'S-06',
    cities: ['150100', '150200', '150400'],
    items: ['five-year-target', 'policy-measures'].map((kind) => ({ kind, period: '2021-2025' })),
    dueBefore: '2021-10-31T16:00:00.000Z',
    satisfiedBy: 'published',
  };
  await call('POST /obligations (3 cities)', 'housing-supervisor', 'POST /obligations', { body: duty });

  const { content } = sampleOfKind('five-year-target');
  const filing = {
    documentNumber: '演发〔2021〕1号',
    issueDate: '2021-09-20',
    contact: { name: '王演示', phone: '13800001234' },
  };
  const made = await call('POST /submissions', 'ordos-drafter', 'POST /submissions', {
    body: { kind: 'five-year-target', period: '2021-2025' },
  });
  const id = String(made.body['id']);
  await step('ordos-drafter', id, 'save', { content, filing });
  const bytes = Buffer.from('%PDF-1.7');
  const upload = {
    paper: 'target-document',
    fileName: 'x.pdf',
    type: 'pdf',
    length: bytes.length,
    sha256: 'A'.repeat(43) + '=',
  };
  await call('POST /submissions/{id}/documents', 'ordos-drafter', `POST /submissions/${id}/documents`, {
    body: upload,
  });
  await bureau.upload('ordos-drafter', id, 'target-document');
  await step('ordos-drafter', id, 'send-to-check');
  await step('ordos-checker', id, 'pass-check');
  await step('ordos-signatory', id, 'sign', {}, ' (S-07)');
  await step('housing-lead', id, 'accept');
  await step('ndrc-reviewer', id, 'ask-supplement', { questions: ['何据'] });
  await step('ordos-drafter', id, 'supply', { answer: '见附件', documents: [] });
  await step('ndrc-reviewer', id, 'opine', { verdict: 'agree' });
  await step('finance-reviewer', id, 'view-contact', { purpose: '核实' });
  await step('finance-reviewer', id, 'opine', { verdict: 'agree' });
  await step('housing-reviewer', id, 'opine', { verdict: 'agree' }, ' (the last)');
  await step('government-consenter', id, 'consent');
  await step('housing-publisher', id, 'publish', {}, ' (S-07)');

  const own = await bureau.prepare('hohhot', 'five-year-target', 'signing');
  await step('hohhot-signatory', own, 'sign', {}, ' (S-06)');
  await step('hohhot-publisher', own, 'publish', {}, ' (S-06)');
  await step('housing-lead', own, 'receive');

  for (const target of ['', '/checks', '/clock', '/history', '/versions/1', '/documents'])
    await call(`GET /submissions/{id}${target}`, 'housing-lead', `GET /submissions/${id}${target}`);
}

async function measureReads(bureau: Bureau, call: Call): Promise<void> {
  const { content } = sampleOfKind('annual-plan');
  for (let year = 2030; year < 2056; year += 1) {
    const id = await bureau.begin('chifeng', 'annual-plan', String(year));
    if (year === 2030) await bureau.save('chifeng', id, content);
  }
  await call('GET /desk (25 lines)', 'chifeng-drafter', 'GET /desk?limit=25');
  await call('GET /submissions (25 lines of a city)', 'chifeng-drafter', 'GET /submissions?limit=25');
  await call('GET /submissions (25 lines of the region)', 'housing-lead', 'GET /submissions?limit=25');
  await call('GET /obligations (a city)', 'hohhot-drafter', 'GET /obligations');
  await call('GET /obligations (the region)', 'housing-supervisor', 'GET /obligations');
  await call('GET /deadlines (the region)', 'housing-supervisor', 'GET /deadlines');
  await call('GET /inbox', 'hohhot-drafter', 'GET /inbox');
  await call('GET /cities', 'housing-lead', 'GET /cities');
  await call('GET /kinds', 'housing-lead', 'GET /kinds');
  await bureau.platform.drain();
  await call('GET /public/plans', undefined, 'GET /public/plans');
  await call('GET /public/cities', undefined, 'GET /public/cities');
  await call('GET /public/duties', undefined, 'GET /public/duties');
  await measureCertificates(bureau, call);
  await call('PUT /me/preferences', 'hohhot-drafter', 'PUT /me/preferences', {
    body: { locale: 'zh-CN', delivery: 'daily', mail: 'bench@example.cn' },
  });
  await call('GET /me/preferences', 'hohhot-drafter', 'GET /me/preferences');
  await call('GET /inbox/{day}/deliveries', 'hohhot-drafter', 'GET /inbox/2021-10-12/deliveries');
  for (let number = 1; number <= 26; number += 1) {
    const body = sampleDetails({ unitNumber: `150102001002GB00003F${String(number).padStart(8, '0')}` });
    if (number === 1) await call('POST /resources', 'hohhot-drafter', 'POST /resources', { body });
    else await bureau.call('hohhot-drafter', 'POST /resources', { body });
  }
  await call('GET /resources (25 lines of a city)', 'hohhot-drafter', 'GET /resources?limit=25');
  const projects = await Projects.on(bureau.platform);
  for (let number = 1; number <= 26; number += 1)
    await projects.apply({ name: `演示·${number}号公寓` }, '2021-10-19');
  await call('GET /projects (25 lines of a city)', 'hohhot-drafter', 'GET /projects?limit=25');
  await call('GET /projects (25 lines of the region)', 'housing-lead', 'GET /projects?limit=25');
  await call('GET /projects/{id}', 'hohhot-drafter', 'GET /projects/p-1');
  await call('GET /regions/overview', 'housing-supervisor', 'GET /regions/overview');
  await call('POST /evaluations', 'housing-supervisor', 'POST /evaluations', {
    body: { year: 2021, month: 9 },
  });
  await bureau.platform.drain();
  await call('GET /evaluations', 'housing-supervisor', 'GET /evaluations?year=2021');
  await call('GET /evaluations/{id}', 'housing-supervisor', 'GET /evaluations/2021-09.1');
  await call('GET /evaluations/{id}/result', 'housing-supervisor', 'GET /evaluations/2021-09.1/result');
}

/** A recognition under the region's default rules, with eight departments, and the change of what was recognised. */
async function measureProjects(bureau: Bureau, call: Call, step: Step): Promise<void> {
  await bureau.annualPlan(300);
  const id = await bureau.prepare('company', 'recognition', 'signing');
  const others = ['ndrc', 'finance', 'fire', 'ecology', 'market', 'tax'];
  await reviewed(bureau, step, id, others, ' (a project)');
  await bureau.platform.drain();
  const begun = await call('POST /submissions (a change)', 'company-drafter', 'POST /submissions', {
    body: { kind: 'change', period: id },
  });
  const change = String(begun.body['id']);
  const { content, papers } = sampleOfKind('change');
  await bureau.save('company', change, { ...content, changes: ['other'] });
  for (const paper of papers) await bureau.upload('company-drafter', change, paper);
  await bureau.send('company', change, 'signing');
  await reviewed(bureau, step, change, others, ' (a change)');
  await bureau.platform.drain();
  const measures = sampleOfKind('policy-measures').content;
  const rehearsal = 'POST /rule-sets/rehearse';
  await call(`${rehearsal} (25 projects)`, 'hohhot-drafter', rehearsal, { body: { content: measures } });
}

async function reviewed(
  bureau: Bureau,
  step: Step,
  id: string,
  others: readonly string[],
  note: string,
): Promise<void> {
  const agree = { verdict: 'agree' };
  await step('company-signatory', id, 'sign', {}, note);
  await step('xincheng-lead', id, 'accept', {}, note);
  await step('xincheng-natres', id, 'opine', agree, note);
  for (const department of others) await bureau.take(`xincheng-${department}`, id, 'opine', agree);
  await step('xincheng-power', id, 'opine', agree, `${note.slice(0, -1)}, the last)`);
  await step('xincheng-lead', id, 'conclude-review', {}, note);
  await step('hohhot-planner', id, 'pass-plan-check', {}, note);
  await step('xincheng-decider', id, 'approve', {}, note);
}

/** A filing in its review: what is printed of it, and an official who opines by his link. */
async function measureReviewers(bureau: Bureau, call: Call): Promise<void> {
  const id = await bureau.recognition('in-review');
  const lead = 'xincheng-lead';
  const sheet = 'GET /submissions/{id}/countersign-sheet';
  await call(sheet, lead, sheet.replace('{id}', id));

  const invite = 'POST /submissions/{id}/invitations';
  const body = { department: 'TAX', name: '苏日娜', phone: '13900000001' };
  await call(invite, lead, invite.replace('{id}', id), { body });
  const list = 'GET /submissions/{id}/invitations';
  const { body: listed } = await call(list, lead, list.replace('{id}', id));
  const [first] = listed['items'] as Json[];
  const revoke = 'POST /submissions/{id}/invitations/{number}/revoke';
  await call(revoke, lead, revoke.replace('{id}', id).replace('{number}', String(first?.['number'])), {
    body: {},
    ifMatch: `"${String(first?.['revision'])}"`,
  });

  const who = await invited(bureau, id);
  const at = (route: string): string => route.replace('{token}', who.token);
  await call('GET /invitations/{token}', undefined, at('GET /invitations/{token}'));
  const code = await codeOf(bureau, who);
  const open = 'POST /invitations/{token}/open';
  const opened = await call(open, undefined, at(open), { body: { code } });
  const answer = 'POST /invitations/{token}/answer';
  await call(answer, undefined, at(answer), {
    body: { session: opened.body['session'], opinion: { verdict: 'agree' } },
  });
  const papers = (await bureau.read(lead, id)).body['papers'] as Json[];
  const opinion = papers.find(({ type }) => type === 'opinion');
  const print = 'GET /submissions/{id}/papers/{number}/print';
  await call(print, lead, print.replace('{id}', id).replace('{number}', String(opinion?.['number'])));
  const other = await invited(bureau, id, { department: 'MARKET' });
  const ask = 'POST /invitations/{token}/code';
  await call(ask, undefined, ask.replace('{token}', other.token), { body: {} });
}

/** Last, so that the lists of before stay as long as they were. */
async function measureRules(bureau: Bureau, call: Call, step: Step): Promise<void> {
  const measures = await bureau.prepare('hohhot', 'policy-measures', 'signed');
  await step('hohhot-publisher', measures, 'publish', {}, ' (with a rule-set)');
  await call('GET /rule-sets (a city)', 'hohhot-drafter', 'GET /rule-sets');
  await call('GET /rule-sets (the region)', 'housing-lead', 'GET /rule-sets');
  await call('GET /rule-sets/{city}/{number}', 'housing-lead', 'GET /rule-sets/150100/1');
  const difference = 'GET /rule-sets/150100/1/difference';
  await call('GET /rule-sets/{city}/{number}/difference', 'housing-lead', difference);
  await call('GET /public/guides/{city}', undefined, 'GET /public/guides/150100');
}

async function measureCertificates(bureau: Bureau, call: Call): Promise<void> {
  const bench = await CertificateBench.on(bureau);
  const id = await bench.issue();
  bench.close();
  const decider = 'xincheng-decider';
  await call('GET /certificates/{id}', decider, `GET /certificates/${id}`);
  await call('GET /certificates/{id}/pdf', decider, `GET /certificates/${id}/pdf`);
  const number = '/public/certificates/150102-2021-0001';
  await call('GET /public/certificates/{number}', undefined, `GET ${number}`);
  await call('GET /.well-known/jwks.json', undefined, 'GET /.well-known/jwks.json');
  for (const action of ['suspend', 'resume', 'revoke']) {
    const { etag } = await bureau.call(decider, `GET /certificates/${id}`);
    const body = { reason: '理由', document: '演发〔2021〕1号' };
    const route = `POST /certificates/{id}/${action}`;
    await call(route, decider, route.replace('{id}', id), { body, ifMatch: etag ?? '' });
  }
}
