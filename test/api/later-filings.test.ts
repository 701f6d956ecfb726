/**
 * What a recognised project goes through afterwards, over HTTP: its change, renewal and cancellation, each reviewed and decided,
 * with the plan, the resources, the certificate and the project in step.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import { sampleRecognition } from '../../shared/domain/submissions/kinds/sample-recognition.ts';
import { Bureau, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

let bureau: Bureau;
const owner = 'company-drafter';
const number = '保租认字〔2021〕150102-0001号';
let project: string;
let [kept, added] = ['', ''];

beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  await bureau.measures('hohhot', { review: { panel: ['FIRE'], days: { notice: 0 } } });
  await bureau.annualPlan(150);
  kept = await resource('150102001001GB00001F00010001');
  added = await resource('150102001001GB00001F00010002');
  project = await recognised({ resources: [kept] });
});
afterAll(() => bureau.close());

async function resource(unitNumber: string): Promise<string> {
  const body = sampleDetails({ unitNumber });
  return String((await bureau.call('hohhot-drafter', 'POST /resources', { body })).body['id']);
}

const resourceState = async (id: string): Promise<unknown> =>
  (await bureau.call('hohhot-drafter', `GET /resources/${id}`)).body['state'];

/** A filing with its papers, signed. */
async function filed(kind: string, content: Json, period: string): Promise<string> {
  const id = await bureau.begin('company', kind, period);
  await bureau.save('company', id, content);
  for (const paper of sampleOfKind(kind).papers) await bureau.upload(owner, id, paper);
  return bureau.send('company', id, 'signed');
}

/** Accepted, agreed to by the panel, concluded. */
async function reviewed(id: string): Promise<Json> {
  await bureau.take('xincheng-lead', id, 'accept');
  await bureau.take('xincheng-fire', id, 'opine', { verdict: 'agree' });
  return bureau.take('xincheng-lead', id, 'conclude-review');
}

async function approved(id: string): Promise<Json> {
  const documentNumber = '新政认〔2021〕9号';
  await bureau.take('xincheng-decider', id, 'approve', { documentNumber });
  await bureau.platform.drain();
  return (await bureau.read(owner, id)).body;
}

/** The project's certificate is taken from it. */
async function revoke(): Promise<void> {
  const id = String(((await ofProject())['certificate'] as Json)['id']);
  const { etag } = await bureau.call('xincheng-decider', `GET /certificates/${id}`);
  const body = { reason: '以欺骗手段取得认定', document: '新政认〔2021〕11号' };
  await bureau.call('xincheng-decider', `POST /certificates/${id}/revoke`, { body, ifMatch: etag ?? '' });
}

async function recognised(changes: Json): Promise<string> {
  const id = await filed('recognition', { ...sampleRecognition, ...changes }, '');
  await reviewed(id);
  await bureau.take('hohhot-planner', id, 'pass-plan-check');
  expect((await approved(id))['state']).toBe('granted');
  return id;
}

const begin = (kind: string, period: string, user = owner) =>
  bureau.call(user, 'POST /submissions', { body: { kind, period } });
const ofProject = async (id = project): Promise<Json> =>
  (await bureau.call(owner, `GET /projects/${id}`)).body;
const shown = async (name = number): Promise<Json> =>
  (await bureau.call(undefined, `GET /public/certificates/${encodeURIComponent(name)}`)).body;
const planUse = async (): Promise<unknown> =>
  ((await bureau.call('hohhot-planner', `GET /projects/${project}`)).body['plan'] as Json)['reserved'];
const codes = ({ body }: { readonly body: Json }): unknown[] =>
  ((body['errors'] ?? []) as Json[]).map(({ code }) => code);

/** One home fewer, in the same house, and another building beside it. */
const smaller = {
  ...sampleRecognition,
  homes: 119,
  buildings: [{ name: '1号楼', floors: 8, floorArea: 6000, homes: 119, beds: 0 }],
  types: [
    { name: '一居室', area: 35, homes: 79, proposedRent: 18, assessedRent: 22 },
    { name: '两居室', area: 60, homes: 40, proposedRent: 17, assessedRent: 21 },
  ],
};

describe('a change', { timeout: 120_000 }, () => {
  const changed = (): Json => ({
    changes: ['homes', 'extent'],
    reason: '一套改作管理用房，增列配套楼',
    ...smaller,
    resources: [kept, added],
  });
  let id: string;

  test('is for the owner of a recognised project, one at a time', async () => {
    expect(codes(await begin('change', project, 'hohhot-drafter'))).toEqual([]);
    expect((await begin('change', project, 'hohhot-drafter')).body['code']).toBe('kind-not-yours');
    expect(codes(await begin('change', 'no-such-project'))).toEqual(['project-unknown']);
    id = await filed('change', changed(), project);
    const second = await begin('renewal', project);
    expect([second.status, second.body['code']]).toEqual([409, 'already-filed']);
  });

  test('touches neither mode nor term nor plan, and must change something', async () => {
    await bureau.take('company-signatory', id, 'withdraw', { reason: '补充内容' });
    expect(await resourceState(added)).toBe('idle');
    id = await bureau.begin('company', 'change', project);
    const wrong = { operatingYears: 12, planYear: '2022', supplyMode: 'newBuild' };
    await bureau.save('company', id, { ...changed(), ...wrong });
    const checks = await bureau.call(owner, `GET /submissions/${id}/checks`);
    const missing = (checks.body['missing'] as Json[]).map(({ code }) => code);
    expect(missing).toEqual(expect.arrayContaining(['fixed-by-recognition', 'term-by-renewal']));
    await bureau.save('company', id, {
      changes: ['homes'],
      reason: '无',
      ...sampleRecognition,
      resources: [kept],
    });
    const same = await bureau.call(owner, `GET /submissions/${id}/checks`);
    expect((same.body['missing'] as Json[]).map(({ code }) => code)).toContain('nothing-changes');
    await bureau.save('company', id, { ...changed(), changes: ['extent'] });
    const unnamed = await bureau.call(owner, `GET /submissions/${id}/checks`);
    expect((unnamed.body['soft'] as Json[]).map(({ code }) => code)).toContain('change-not-named-homes');
    await bureau.save('company', id, changed());
    for (const paper of sampleOfKind('change').papers) await bureau.upload(owner, id, paper);
    await bureau.send('company', id, 'signed');
  });

  test('leaves the project and its certificate as they are until it is decided', async () => {
    expect(await reviewed(id)).toMatchObject({ state: 'plan-check' });
    await bureau.take('hohhot-planner', id, 'pass-plan-check');
    expect(await ofProject()).toMatchObject({ stage: 'recognised', homes: 120, version: 1, submission: id });
    expect([await resourceState(added), await planUse()]).toEqual(['held', 120]);
    expect(await shown()).toMatchObject({ state: 'valid', version: 1 });
  });

  test('decided, gives the certificate its next version under its number, and the plan a home back', async () => {
    expect((await approved(id))['state']).toBe('granted');
    expect(await ofProject()).toMatchObject({ stage: 'recognised', homes: 119, version: 2, reserved: 119 });
    expect([await resourceState(added), await resourceState(kept), await planUse()]).toEqual([
      'used',
      'used',
      119,
    ]);
    const certificate = await shown();
    expect(certificate).toMatchObject({ number, state: 'valid', version: 2 });
    expect([certificate['validFrom'], certificate['validTo']]).toEqual(['2021-10-12', '2031-10-11']);
    const difference = await bureau.call(owner, `GET /projects/${project}/versions/2/difference?from=1`);
    expect(difference.text).toContain('由120改为119');
    const was = await bureau.call(undefined, `GET /public/certificates/${encodeURIComponent(number)}?v=1`);
    expect(was.body).toMatchObject({ state: 'changed', version: 1, currentVersion: 2 });
  });

  test('that would take more homes than the plan has left is told at the plan check, and takes none', async () => {
    const bigger = {
      changes: ['homes', 'extent', 'rent'],
      reason: '扩建',
      ...smaller,
      resources: [kept],
      homes: 199,
      buildings: [{ name: '1号楼', floors: 12, floorArea: 6000, homes: 199, beds: 0 }],
      types: [{ name: '一居室', area: 35, homes: 199, proposedRent: 18, assessedRent: 22 }],
    };
    const more = await filed('change', bigger, project);
    await reviewed(more);
    const full = await bureau.step('hohhot-planner', more, 'pass-plan-check');
    expect([full.status, full.body['code'], await planUse()]).toEqual([409, 'plan-full', 119]);
    await bureau.take('hohhot-planner', more, 'fail-plan-check', {
      reason: '计划余量不足',
      remedies: '可在计划调整后重新申请',
    });
    expect(await ofProject()).toMatchObject({ stage: 'recognised', homes: 119, reserved: 119 });
    expect(await resourceState(added)).toBe('used');
  });

  test('that grows within the plan holds the homes from the check on, and gives them back when refused', async () => {
    const [one, two] = smaller.types as [(typeof smaller.types)[0], (typeof smaller.types)[0]];
    const grown = {
      changes: ['homes'],
      reason: '恢复一套并增加十套',
      ...smaller,
      resources: [kept, added],
      homes: 130,
      buildings: [{ name: '1号楼', floors: 8, floorArea: 6000, homes: 130, beds: 0 }],
      types: [{ ...one, homes: 90 }, two],
    };
    const more = await filed('change', grown, project);
    await reviewed(more);
    await bureau.take('hohhot-planner', more, 'pass-plan-check');
    expect(await planUse()).toBe(130);
    await bureau.take('xincheng-decider', more, 'refuse', {
      reason: '与规划条件不符',
      remedies: '可依法申请行政复议',
    });
    expect([await planUse(), (await ofProject())['reserved']]).toEqual([119, 119]);
  });
});

describe('a renewal', { timeout: 120_000 }, () => {
  test('needs no plan and no notice, and puts the last day off by whole years', async () => {
    const id = await filed('renewal', { ...sampleOfKind('renewal').content }, project);
    expect(await reviewed(id)).toMatchObject({ state: 'deciding' });
    expect((await approved(id))['state']).toBe('granted');
    expect(await shown()).toMatchObject({ state: 'valid', version: 3, validTo: '2036-10-11' });
    expect(await ofProject()).toMatchObject({ version: 3, operatingYears: 15, reserved: 119 });
  });
});

describe('a suspended certificate', { timeout: 120_000 }, () => {
  test('shows at the project in the same moment, and is no obstacle to a change', async () => {
    const act = async (action: string): Promise<void> => {
      const { etag } = await bureau.call(
        'xincheng-decider',
        `GET /certificates/${encodeURIComponent(number)}`,
      );
      const body = { reason: '违规出租', document: '新政认〔2021〕10号' };
      const done = await bureau.call(
        'xincheng-decider',
        `POST /certificates/${encodeURIComponent(number)}/${action}`,
        { body, ifMatch: etag ?? '' },
      );
      expect(done.status, done.text).toBe(200);
    };
    await act('suspend');
    expect((await ofProject())['certificate']).toMatchObject({ state: 'suspended' });
    expect(codes(await begin('renewal', project))).toEqual(['project-not-open']);
    await act('resume');
    expect((await ofProject())['certificate']).toMatchObject({ state: 'valid' });
  });
});

describe('a cancellation', { timeout: 120_000 }, () => {
  test('ends the certificate and the project with the decision, and frees what they held', async () => {
    const id = await filed('cancellation', { ...sampleOfKind('cancellation').content }, project);
    expect(await reviewed(id)).toMatchObject({ state: 'deciding' });
    expect(await approved(id)).toMatchObject({ state: 'granted', waitingFor: [] });
    expect(await shown()).toMatchObject({
      state: 'cancelled',
      since: '2021-10-12',
      document: '新政认〔2021〕9号',
    });
    expect(await ofProject()).toMatchObject({
      stage: 'cancelled',
      reserved: 0,
      certificate: { state: 'cancelled' },
    });
    expect([await resourceState(kept), await resourceState(added), await planUse()]).toEqual([
      'idle',
      'idle',
      0,
    ]);
    expect(codes(await begin('change', project))).toEqual(['project-not-open']);
  });
});

test('everyone who relies on it was told what became of it, in the day’s notice', async () => {
  const told = async (user: string): Promise<unknown[]> => {
    const { body } = await bureau.call(user, 'GET /inbox');
    const notices = body['items'] as { role: string; tidings?: { what: string; text: { zh: string } }[] }[];
    return notices.flatMap(({ tidings = [] }) => tidings.map(({ what }) => what));
  };
  const all = ['issued', 'changed', 'renewed', 'suspended', 'resumed', 'cancelled'];
  for (const user of [
    'company-drafter',
    'company-signatory',
    'xincheng-lead',
    'xincheng-fire',
    'hohhot-planner',
  ])
    expect(await told(user), user).toEqual(all);
  expect(await told('baotou-drafter')).toEqual([]);
});

describe('a revocation', { timeout: 120_000 }, () => {
  test('ends the project in its own transaction, while a change of it is under way', async () => {
    project = await recognised({ resources: [kept] });
    const change = await filed(
      'change',
      { changes: ['homes', 'extent'], reason: '增列', ...smaller, resources: [kept, added] },
      project,
    );
    await revoke();
    expect(await ofProject()).toMatchObject({ stage: 'revoked', reserved: 0 });
    expect([await resourceState(kept), await resourceState(added), await planUse()]).toEqual([
      'idle',
      'held',
      0,
    ]);
    const late = await bureau.step('xincheng-lead', change, 'accept');
    expect([late.status, late.body['code']]).toEqual([409, 'project-not-in-stage']);
    const defects = [{ pointer: '/content/reason', text: '认定已撤销，请撤回' }];
    await bureau.take('xincheng-lead', change, 'return', { defects });
    await bureau.take('company-signatory', change, 'withdraw', { reason: '认定已撤销' });
    expect(await resourceState(added)).toBe('idle');
  });

  test('is what the reviewers of a change hear of, whatever else is missing; it goes back to its owner', async () => {
    project = await recognised({});
    const change = await filed('change', { changes: ['homes'], reason: '调整', ...smaller }, project);
    await bureau.take('xincheng-lead', change, 'accept');
    await revoke();
    const opinion = await bureau.step('xincheng-fire', change, 'opine', { verdict: 'agree' });
    // The opinion is missing, and would not help.
    const end = await bureau.step('xincheng-lead', change, 'conclude-review');
    for (const { status, body } of [opinion, end])
      expect([status, body['code']]).toEqual([409, 'project-not-in-stage']);
    // That nobody disagreed is what stands in the way of this one.
    const reject = await bureau.step('xincheng-lead', change, 'reject', { reason: '认定已撤销' });
    expect([reject.status, reject.body['code']]).toEqual([422, 'incomplete']);
    const defects = [{ pointer: '/content/reason', text: '认定已撤销，请撤回' }];
    await bureau.take('xincheng-lead', change, 'return', { defects });
    await bureau.take('company-signatory', change, 'withdraw', { reason: '认定已撤销' });
  });
});
