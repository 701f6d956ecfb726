import { expect, test } from 'vitest';
import { certificateActions } from '../certificates/lifecycle.ts';
import { noticeTelling, noticeWith } from './notice.ts';
import { tidingFor, tidingKey, tidingNames, tidings, tidingWords, type Tiding } from './tiding.ts';

const told = (given: Partial<Tiding> = {}): Tiding => ({
  certificate: 'c',
  event: 4,
  what: 'suspended',
  number: '保租认字〔2021〕150102-0001号',
  project: 'p',
  name: '青年公寓',
  on: '2022-02-21',
  validTo: '2032-02-14',
  ...given,
});

test('every tiding tells of an event of a certificate, and of the others nobody is told', () => {
  const events = Object.values(certificateActions).map(({ event }) => event as string);
  for (const name of tidingNames) {
    expect(events).toContain(tidings[name].event);
    expect(tidingFor(tidings[name].event)).toBe(name);
  }
  expect(events.filter((event) => tidingFor(event) === undefined).toSorted()).toEqual([
    'certificate.printed',
    'certificate.sealed',
    'certificate.version-issued',
  ]);
});

test.each([
  ['issued', '已编号发证。有效期至2032-02-14。', 'was issued on 2022-02-21. It runs until 2032-02-14.'],
  [
    'changed',
    '已决定变更。有效期至2032-02-14。',
    'is to be changed on 2022-02-21. It runs until 2032-02-14.',
  ],
  ['resumed', '已恢复。有效期至2032-02-14。', 'was resumed on 2022-02-21. It runs until 2032-02-14.'],
  [
    'suspended',
    '已中止。凭该认定书办理的事项请予停止或复核。',
    'was suspended on 2022-02-21. What is granted on it is to be stopped or looked at again.',
  ],
  [
    'expired',
    '已到期。凭该认定书办理的事项请予停止或复核。',
    'has expired on 2022-02-21. What is granted on it is to be stopped or looked at again.',
  ],
] as const)('%s', (what, zh, en) => {
  expect(tidingWords(told({ what }))).toEqual({
    zh: `保租认字〔2021〕150102-0001号（青年公寓）2022-02-21${zh}`,
    en: `保租认字〔2021〕150102-0001号 (青年公寓) ${en}`,
  });
});

test('a decision is named by its number; a term that ends, by its last day and what is to be done', () => {
  expect(tidingWords(told({ what: 'revoked', document: '新政认〔2022〕2号' })).zh).toContain(
    '2022-02-21已撤销（新政认〔2022〕2号）。',
  );
  expect(tidingWords(told({ what: 'ending' })).zh).toBe(
    '保租认字〔2021〕150102-0001号（青年公寓）有效期至2032-02-14，即将到期。继续运营的，应在届满三十日前申请续期（行政许可法第五十条）。',
  );
});

test('a notice keeps its duties beside what became of certificates, and the other way round', () => {
  const recipient = { office: '150102-TAX', role: 'drafter' } as const;
  const first = noticeTelling(undefined, recipient, told(), '2022-02-21', '2022-02-21T01:00:00.000Z');
  expect(first).toMatchObject({ ...recipient, day: '2022-02-21', lines: [], seq: 0 });
  const more = noticeTelling(first, recipient, told({ event: 5 }), '2022-02-21', '2022-02-21T02:00:00.000Z');
  expect(more.tidings?.map(tidingKey)).toEqual(['c/4', 'c/5']);
  expect(noticeWith(more, recipient, [], '2022-02-21T03:00:00.000Z').tidings).toEqual(more.tidings);
});
