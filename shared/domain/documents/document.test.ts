import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsOf, learn, passed, type Document, type DocumentFact } from './document.ts';

const requestedAt = '2021-10-08T02:00:00.000Z';
const expiresAt = '2021-10-08T02:30:00.000Z';

function awaiting(given: Partial<Document> = {}): Document {
  return {
    id: 'd-1',
    submission: 's-1',
    owner: '150600',
    paper: 'plan',
    fileName: '发展规划.pdf',
    type: 'pdf',
    length: 3,
    sha256: '',
    state: 'awaiting-upload',
    fromVersion: 1,
    requestedAt,
    expiresAt,
    released: false,
    seq: 1,
    hash: 'h',
    ...given,
  };
}

function inspected(finding = 'ok', objectVersion = 'v1'): DocumentFact {
  return { kind: 'inspected', objectVersion, finding };
}
function scanned(verdict: 'clean' | 'infected', objectVersion = 'v1'): DocumentFact {
  return { kind: 'scanned', objectVersion, verdict };
}
function released(objectVersion = 'v1'): DocumentFact {
  return { kind: 'released', objectVersion };
}
function expired(now = expiresAt): DocumentFact {
  return { kind: 'expired', now };
}

function after(...facts: readonly DocumentFact[]): Document {
  return facts.reduce(learn, awaiting());
}

function orders<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((one, index) => orders(list.toSpliced(index, 1)).map((rest) => [one, ...rest]));
}

describe('the two checks', () => {
  const good = [inspected(), scanned('clean'), released()];

  it.each(orders(good).map((order) => [order.map(({ kind }) => kind).join(', '), order] as const))(
    'passed, in the order %s, make it available once it is released after both',
    (_name, order) => {
      const inOrder = order.at(-1)?.kind === 'released';
      const state = inOrder ? 'available' : 'checking';
      expect(after(...order)).toMatchObject({ state, released: inOrder });
      expect(passed(after(...order))).toBe(true);
      // The release is repeated with the event that came too soon.
      expect(after(...order, released()).state).toBe('available');
    },
  );

  it.each([
    ['rejected', inspected('wrong-hash'), scanned('clean')],
    ['infected', inspected(), scanned('infected')],
    ['infected', inspected('wrong-hash'), scanned('infected')],
  ] as const)('leave it %s in any order when one fails', (state, upload, verdict) => {
    for (const order of orders([upload, verdict, released()])) {
      const result = after(...order);
      expect(result).toMatchObject({ state, released: false });
      expect(passed(result)).toBe(false);
    }
  });

  it('name what is wrong', () => {
    expect(after(inspected('type-differs-from-claim'))).toMatchObject({
      state: 'rejected',
      reason: 'type-differs-from-claim',
    });
    expect(after(inspected()).reason).toBeUndefined();
  });

  it('leave it being checked while one is missing', () => {
    expect(after(inspected()).state).toBe('checking');
    expect(after(scanned('clean')).state).toBe('awaiting-upload');
    expect(after(inspected(), released())).toEqual(after(inspected()));
  });
});

describe('a verdict', () => {
  it('that comes before the upload is kept for it', () => {
    const early = after(scanned('clean'));
    expect(early.earlyVerdicts).toEqual({ v1: 'clean' });
    const seen = learn(early, inspected());
    expect(seen).toMatchObject({ state: 'checking', verdict: 'clean', objectVersion: 'v1' });
    expect('earlyVerdicts' in seen).toBe(false);
    expect(after(scanned('infected'), inspected()).state).toBe('infected');
  });

  it('that comes early for another object does not count for this one', () => {
    const seen = after(scanned('clean', 'v2'), scanned('infected', 'v3'), inspected());
    expect(seen).toMatchObject({ state: 'checking', objectVersion: 'v1' });
    expect(seen.verdict).toBeUndefined();
  });

  it('for another object changes nothing', () => {
    const seen = after(inspected());
    expect(learn(seen, scanned('clean', 'v2'))).toBe(seen);
    expect(learn(seen, scanned('infected', 'v2'))).toBe(seen);
  });

  it('stands: a second one changes nothing', () => {
    for (const [first, second] of [
      ['clean', 'infected'],
      ['infected', 'clean'],
    ] as const) {
      const judged = after(inspected(), scanned(first));
      expect(learn(judged, scanned(second))).toBe(judged);
      const early = after(scanned(first));
      expect(learn(early, scanned(second))).toBe(early);
    }
  });
});

describe('a second upload under the same key', () => {
  it('is ignored in every state', () => {
    for (const before of [
      after(inspected()),
      after(inspected('wrong-hash')),
      after(inspected(), scanned('infected')),
      after(inspected(), scanned('clean'), released()),
    ])
      for (const late of [inspected('ok', 'v2'), scanned('clean', 'v2'), released('v2')])
        expect(learn(before, late)).toBe(before);
  });
});

describe('a ticket that was not used', () => {
  it('lapses at its instant, not before', () => {
    const before = awaiting();
    expect(learn(before, expired('2021-10-08T02:29:59.999Z'))).toBe(before);
    expect(learn(before, expired(expiresAt)).state).toBe('expired');
    expect(learn(before, expired('2021-10-09T00:00:00.000Z')).state).toBe('expired');
  });

  it('lapses only while it waits for the upload', () => {
    for (const used of [
      after(inspected()),
      after(inspected('empty')),
      after(inspected(), scanned('infected')),
      after(inspected(), scanned('clean'), released()),
      after(expired()),
    ])
      expect(learn(used, expired('2021-10-09T00:00:00.000Z'))).toBe(used);
  });

  it('takes no upload afterwards', () => {
    const lapsed = after(expired());
    for (const late of [inspected(), inspected('empty'), scanned('clean'), scanned('infected'), released()])
      expect(learn(lapsed, late)).toBe(lapsed);
    // Nor with a verdict that came early.
    const judged = after(scanned('clean'), expired());
    expect(learn(judged, inspected())).toBe(judged);
  });
});

describe('whatever happens in whatever order', () => {
  const objectVersion = fc.constantFrom('v1', 'v2');
  const fact: fc.Arbitrary<DocumentFact> = fc.oneof(
    fc.record({
      kind: fc.constant('inspected' as const),
      objectVersion,
      finding: fc.constantFrom('ok', 'ok', 'wrong-hash'),
    }),
    fc.record({
      kind: fc.constant('scanned' as const),
      objectVersion,
      verdict: fc.constantFrom('clean', 'clean', 'infected'),
    }),
    fc.record({ kind: fc.constant('released' as const), objectVersion }),
    fc.record({
      kind: fc.constant('expired' as const),
      now: fc.constantFrom(requestedAt, expiresAt),
    }),
  );
  const sequences = fc.array(fact, { maxLength: 12 });
  const has = (facts: readonly DocumentFact[], wanted: DocumentFact): boolean =>
    facts.some((one) => JSON.stringify(one) === JSON.stringify(wanted));

  it('is available only after both checks of one object have passed', () => {
    let reached = 0;
    fc.assert(
      fc.property(sequences, (facts) => {
        const { state, objectVersion: version = '' } = after(...facts);
        if (state !== 'available') return;
        reached += 1;
        expect(has(facts, { kind: 'inspected', objectVersion: version, finding: 'ok' })).toBe(true);
        expect(has(facts, { kind: 'scanned', objectVersion: version, verdict: 'clean' })).toBe(true);
      }),
      { numRuns: 2000, seed: 53 },
    );
    // The sequences do get there, so the property says something.
    expect(reached).toBeGreaterThan(20);
  });

  it('never leaves infected, rejected or expired for available', () => {
    fc.assert(
      fc.property(sequences, sequences, (facts, more) => {
        const before = after(...facts);
        const final =
          before.state === 'infected' || before.state === 'rejected' || before.state === 'expired';
        fc.pre(final);
        expect(more.reduce(learn, before).state).not.toBe('available');
      }),
    );
  });

  it('takes every fact once: the second time it is the very same object', () => {
    fc.assert(
      fc.property(sequences, fact, (facts, one) => {
        const learnt = learn(after(...facts), one);
        expect(learn(learnt, one)).toBe(learnt);
      }),
    );
  });
});

describe('the documents of a version', () => {
  it('are those added by then and not yet removed', () => {
    const first = awaiting({ id: 'first' });
    const replaced = awaiting({ id: 'replaced', removedIn: 2 });
    const second = awaiting({ id: 'second', fromVersion: 2, removedIn: 4 });
    const never = awaiting({ id: 'never', fromVersion: 2, removedIn: 2 });
    const all = [first, replaced, second, never];
    const shown = [0, 1, 2, 3, 4].map((version) => documentsOf(version, all).map(({ id }) => id));
    expect(shown).toEqual([[], ['first', 'replaced'], ['first', 'second'], ['first', 'second'], ['first']]);
  });
});
