/** 追踪号: one id from the request through audit, stream and work order to the mail, and into every log line on the way. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, type Json } from '../support/bureau.ts';

let bureau: Bureau;
const logged: string[] = [];
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-15T11:00:00+08:00', { log: (text) => logged.push(text) });
});
afterAll(() => bureau.close());

const mine = '0191c2d4-7b3a-4c5d-8e6f-0123456789ab';

/** What was logged so far, line by line. */
function lines(): Json[] {
  return logged
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Json);
}

function linesUnder(correlationId: string): Json[] {
  return lines().filter((line) => line['correlationId'] === correlationId);
}

function servicesOf(found: readonly Json[]): string[] {
  return [...new Set(found.map(({ service }) => String(service)))].sort();
}

async function begin(correlationId?: string) {
  return bureau.call('tongliao-drafter', 'POST /submissions', {
    body: { kind: 'demand-survey', period: '2021' },
    ...(correlationId === undefined ? {} : { correlationId }),
  });
}

describe('a request', () => {
  test('is answered with the id that the caller gave, and its history shows it', async () => {
    const answer = await begin(mine);
    expect(answer.status, answer.text).toBe(201);
    expect(answer.headers.get('x-correlation-id')).toBe(mine);
    const history = await bureau.call(
      'tongliao-drafter',
      `GET /submissions/${String(answer.body['id'])}/history`,
    );
    expect((history.body['items'] as Json[])[0]).toMatchObject({ correlationId: mine });
  });

  test('that is refused says it in the problem too, and a line of the log says why', async () => {
    const answer = await begin(mine);
    expect(answer.body).toMatchObject({ correlationId: mine, instance: '/submissions' });
    expect(answer.headers.get('x-correlation-id')).toBe(mine);
    expect(linesUnder(mine)).toContainEqual(
      expect.objectContaining({
        route: 'POST /submissions',
        status: answer.status,
        refusal: answer.body['code'],
      }),
    );
  });

  test.each([undefined, '150102199001011234', '13800001234'])(
    'with %j gets one of our own',
    async (given) => {
      const answer = await begin(given);
      const own = answer.headers.get('x-correlation-id') ?? '';
      expect(own).toMatch(/^[\w=-]{8,64}$/);
      expect(own).not.toBe(given);
      expect(linesUnder(own)).toMatchObject([{ service: 'commands', requestId: own }]);
    },
  );
});

test('a duty laid down is followed by its id to the stream, the order, the record of the delivery and the mail', async () => {
  const thread = '0191c2d4-7b3a-4c5d-8e6f-0123456789ac';
  const preferred = await bureau.call('baotou-drafter', 'PUT /me/preferences', {
    body: { locale: 'zh-CN', delivery: 'at-once', mail: 'li.yanshi@baotou.example.cn' },
  });
  expect(preferred.status, preferred.text).toBe(200);
  const laid = await bureau.call('housing-supervisor', 'POST /obligations', {
    correlationId: thread,
    body: {
      notice: '内政办发〔2021〕53号',
      clause: 'S-06',
      cities: ['150200'],
      items: [{ kind: 'five-year-target', period: '2021-2025' }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy: 'published',
    },
  });
  expect(laid.status, laid.text).toBe(201);
  await bureau.platform.drain();

  const found = linesUnder(thread);
  expect(servicesOf(found)).toEqual(['delivery', 'follow-up', 'steering']);
  expect(found.filter(({ message }) => message === 'followed').map(({ type }) => type)).toEqual([
    'obligation.created',
    'notice.made',
  ]);
  const { engines, assembly } = bureau.platform;
  const order = await engines.objects.read(
    assembly.output('WorkBucket'),
    'delivery/notice_150200_drafter_2021-10-15/000001.json',
  );
  expect(JSON.parse(Buffer.from(order).toString('utf8'))).toMatchObject({ correlationId: thread });
  expect((await bureau.platform.mailbox.mails()).map(({ correlationId }) => correlationId)).toEqual([thread]);
});

test('a run by the clock has an id of its own, and hands it on', async () => {
  const before = lines().length;
  await bureau.until('2021-10-22T09:01:00+08:00');
  const [remind] = lines()
    .slice(before)
    .filter(({ message, count }) => message === 'Reminders recorded' && Number(count) > 0);
  const thread = String(remind?.['correlationId']);
  expect(servicesOf(linesUnder(thread))).toEqual(['daily', 'delivery', 'follow-up']);
  const [mail] = await bureau.platform.mailbox.mails();
  expect(mail?.correlationId).toBe(thread);
  // What the alarms go by rides on the lines of the runs.
  const figures = lines().slice(before);
  const watched = figures.filter(({ message }) => message === 'Watch');
  expect(watched.length).toBeGreaterThan(10);
  for (const line of watched) expect(line).toMatchObject({ service: 'daily', RemindersUnrecorded: 0 });
  expect(figures).toContainEqual(expect.objectContaining({ QuarantineMinutes: 0, service: 'daily' }));
  expect(figures).toContainEqual(expect.objectContaining({ DeliveriesGivenUp: 0, service: 'delivery' }));
});
