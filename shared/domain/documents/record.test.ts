import { describe, expect, test } from 'vitest';
import { Document, documentsOf, learn } from './document.ts';
import { detailOf, isRejection, rejections, type RejectionCode } from './inspection/rejection.ts';

const document: Document = {
  id: 'd-1',
  submission: 's-1',
  owner: '150600',
  paper: 'plan',
  fileName: '发展规划.pdf',
  type: 'pdf',
  length: 3,
  sha256: 'h',
  state: 'rejected',
  reason: 'broken',
  fromVersion: 2,
  removedIn: 4,
  replaces: 'd-0',
  requestedAt: '2021-10-08T02:00:00.000Z',
  expiresAt: '2021-10-08T02:30:00.000Z',
  objectVersion: 'v1',
  inspection: 'broken',
  verdict: 'clean',
  earlyVerdicts: { v1: 'clean', v2: 'infected' },
  released: false,
  seq: 1,
  hash: 'h',
};

describe('the record of a document', () => {
  test('is read back as it was written', () => {
    expect(Document().parse(document)).toEqual(document);
  });

  test.each<[string, object]>([
    ['a type that is not taken', { type: 'exe' }],
    ['a state that nobody knows', { state: 'lost' }],
    ['half a byte', { length: 0.5 }],
    ['a verdict that is none', { verdict: 'perhaps' }],
    ['an early verdict that is none', { earlyVerdicts: { v1: 'perhaps' } }],
    ['no filing', { submission: undefined }],
  ])('is not read with %s', (_, change) => {
    expect(Document().safeParse({ ...document, ...change }).success).toBe(false);
  });

  test('counts for the versions from the one in which it was added to the one before it was removed', () => {
    expect([1, 2, 3, 4].map((version) => documentsOf(version, [document]).length)).toEqual([0, 1, 1, 0]);
  });
});

test('bytes are released for the object that passed, and for no other', () => {
  const { reason: _reason, earlyVerdicts: _early, ...rest } = document;
  const checking: Document = { ...rest, state: 'checking', inspection: 'ok', verdict: 'clean' };
  expect(learn(checking, { kind: 'released', objectVersion: 'v2' })).toBe(checking);
  const available = learn(checking, { kind: 'released', objectVersion: 'v1' });
  expect(available).toMatchObject({ state: 'available', released: true });
  expect(learn(available, { kind: 'released', objectVersion: 'v1' })).toBe(available);
});

describe('what the sender is told', () => {
  const codes = Object.keys(rejections) as RejectionCode[];

  test.each(codes)('has no hole left: %s', (code) => {
    for (const actual of [undefined, 'png'] as const) {
      const { zh, en } = detailOf(code, 'pdf', actual);
      expect(zh + en).not.toMatch(/[{}]/);
      expect(zh).toMatch(/\p{Script=Han}.*。$/u);
    }
  });

  test('names what was announced and what it is, or that it is something else', () => {
    expect(detailOf('type-differs-from-claim', 'pdf', 'png')).toEqual({
      zh: '登记为PDF文档，内容却是PNG图片。',
      en: 'Announced as PDF document, but the content is PNG image.',
    });
    expect(detailOf('type-differs-from-claim', 'pdf')).toEqual({
      zh: '登记为PDF文档，内容却是其他类型。',
      en: 'Announced as PDF document, but the content is something else.',
    });
  });

  test('is known of every code of ours, and of nothing that every object has', () => {
    expect(codes.every(isRejection)).toBe(true);
    expect(['toString', 'unknown', ''].some(isRejection)).toBe(false);
  });
});
