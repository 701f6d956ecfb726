/** Two projects for one resource, two for the last homes of a plan: one of them has it, and the other is told. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleDetails } from '../../shared/domain/resources/sample-resource.ts';
import { sampleRecognition } from '../../shared/domain/submissions/kinds/sample-recognition.ts';
import { Bureau, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
  const review = { panel: ['FIRE'], days: { notice: 0 } };
  await bureau.measures('hohhot', { review });
  await bureau.annualPlan(150);
});
afterAll(() => bureau.close());

/** An application that waits for its signature. */
async function drafted(changes: Partial<typeof sampleRecognition>): Promise<string> {
  const id = await bureau.begin('company', 'recognition', '');
  await bureau.save('company', id, { ...sampleRecognition, ...changes });
  for (const paper of sampleOfKind('recognition').papers) await bureau.upload('company-drafter', id, paper);
  return bureau.send('company', id, 'signing');
}

/** The same step on two filings at once. */
async function both(user: string, action: string, ids: readonly string[]): Promise<Map<string, Json>> {
  const answers = await Promise.all(
    ids.map(async (id) => [id, await bureau.step(user, id, action, {})] as const),
  );
  expect(answers.map(([, { status }]) => (status === 200 ? 200 : 400))).toContain(200);
  return new Map(answers.map(([id, { status, body }]) => [id, { status, ...body }]));
}

const resourceState = async (id: string): Promise<unknown> =>
  (await bureau.call('hohhot-drafter', `GET /resources/${id}`)).body['state'];

test('one resource stands in one application, and is free again when that one is withdrawn', async () => {
  const registered = await bureau.call('hohhot-drafter', 'POST /resources', { body: sampleDetails({}) });
  const resource = String(registered.body['id']);
  const ids = [await drafted({ resources: [resource] }), await drafted({ resources: [resource] })];
  const answers = await both('company-signatory', 'sign', ids);
  const winner = ids.find((id) => answers.get(id)?.['status'] === 200) ?? '';
  const loser = ids.find((id) => id !== winner) ?? '';
  const { status, errors } = answers.get(loser) as { status: number; errors: Json[] };
  expect([status, errors]).toMatchObject([
    422,
    [{ code: 'resource-taken', pointer: '/content/resources/0' }],
  ]);
  expect(await resourceState(resource)).toBe('held');
  await bureau.take('company-signatory', winner, 'withdraw', { reason: '改用其他房屋' });
  expect(await resourceState(resource)).toBe('idle');
  await bureau.take('company-signatory', loser, 'sign');
  expect(await resourceState(resource)).toBe('held');
  await bureau.take('company-signatory', loser, 'withdraw', { reason: '演示结束' });
});

test('the last homes of a plan are spoken for once, and given back when their project is withdrawn', async () => {
  const homes = {
    homes: 100,
    buildings: [{ name: '1号楼', floors: 8, floorArea: 6000, homes: 100, beds: 0 }],
  };
  const types = [{ name: '一居室', area: 35, homes: 100, proposedRent: 18, assessedRent: 22 }];
  const ids = [await drafted({ ...homes, types }), await drafted({ ...homes, types })];
  for (const id of ids) {
    await bureau.take('company-signatory', id, 'sign');
    await bureau.take('xincheng-lead', id, 'accept');
    await bureau.take('xincheng-fire', id, 'opine', { verdict: 'agree' });
    await bureau.take('xincheng-lead', id, 'conclude-review');
  }
  const answers = await both('hohhot-planner', 'pass-plan-check', ids);
  const winner = ids.find((id) => answers.get(id)?.['status'] === 200) ?? '';
  const loser = ids.find((id) => id !== winner) ?? '';
  expect(answers.get(loser)).toMatchObject({ status: 409, code: 'plan-full' });
  await bureau.take('company-signatory', winner, 'withdraw', { reason: '资金未落实' });
  expect(await bureau.take('hohhot-planner', loser, 'pass-plan-check')).toMatchObject({ state: 'deciding' });
});
