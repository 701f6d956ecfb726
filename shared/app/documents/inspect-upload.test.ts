/** Uploads and verdicts against the real store, with a quarantine that records what is asked of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimOf, samplePdf } from '../../../test/support/sample-files.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import { systemActor } from '../../domain/audit/entry.ts';
import type { Document } from '../../domain/documents/document.ts';
import { objectKeyOf } from '../../domain/documents/keys.ts';
import type { Commit, Store } from '../ports.ts';
import { lapse, uploadSeen, verdictSeen, type InspectionDeps } from './inspect-upload.ts';
import type { Quarantine } from './ports.ts';
import { documentChange } from './request-upload.ts';
import { ScannerUnavailable, type MalwareScanner, type ScanVerdict } from './scanner-port.ts';

const requestedAt = '2021-10-08T02:00:00.000Z';
const expiresAt = '2021-10-08T02:30:00.000Z';

/** Both buckets in memory. What is gone is gone: reading it fails, as it does in S3; discarding it again does not. */
class TestQuarantine implements Quarantine {
  readonly lying = new Map<string, Uint8Array>();
  readonly clean = new Map<string, Uint8Array>();
  readonly calls: string[] = [];
  /** The calls that fail once before they work. */
  readonly failing: string[] = [];

  put(key: string, version: string, bytes: Uint8Array): void {
    this.lying.set(`${key}@${version}`, bytes);
  }

  async read(key: string, version: string): Promise<Uint8Array> {
    await this.called(`read ${version}`);
    const bytes = this.lying.get(`${key}@${version}`);
    if (!bytes) throw new Error('NoSuchVersion');
    return bytes;
  }

  async release(document: Document, bytes: Uint8Array): Promise<void> {
    await this.called('release');
    this.clean.set(objectKeyOf(document), bytes);
  }

  async discard(key: string, version: string): Promise<void> {
    await this.called(`discard ${version}`);
    this.lying.delete(`${key}@${version}`);
  }

  private async called(call: string): Promise<void> {
    // As a bucket does, it answers later.
    await Promise.resolve();
    this.calls.push(call);
    const at = this.failing.indexOf(call);
    if (at < 0) return;
    this.failing.splice(at, 1);
    throw new Error(`The bucket is away: ${call}`);
  }
}

let table: TestTable;
let pdf: Uint8Array;
beforeAll(async () => {
  table = await testTable();
  pdf = await samplePdf('发展规划');
});
afterAll(() => table.close());

let quarantine: TestQuarantine;
let now: string;
let deps: InspectionDeps;
beforeEach(() => {
  quarantine = new TestQuarantine();
  now = '2021-10-08T02:05:00.000Z';
  deps = { store: table.store, now: () => now, quarantine };
});

/** A document that waits for its upload. */
async function requested(given: Partial<Document> = {}): Promise<Document> {
  const document: Document = {
    id: randomUUID(),
    submission: randomUUID(),
    owner: '150600',
    paper: 'plan',
    fileName: '发展规划.pdf',
    ...claimOf('pdf', pdf),
    state: 'awaiting-upload',
    fromVersion: 1,
    requestedAt,
    expiresAt,
    released: false,
    seq: 0,
    hash: '',
    ...given,
  };
  await table.store.commit({
    changes: [documentChange(undefined, document, 'document.requested', systemActor, requestedAt)],
  });
  return document;
}

/** A document whose object lies in quarantine as v1. */
async function uploaded(bytes = pdf, given: Partial<Document> = {}): Promise<Document> {
  const document = await requested(given);
  quarantine.put(objectKeyOf(document), 'v1', bytes);
  return document;
}

const stored = (document: Document): Promise<Document | undefined> =>
  table.store.document(document.submission, document.id);

async function history(document: Document): Promise<string[]> {
  const entries = await table.store.entries(`document:${document.submission}/${document.id}`, 0, 50);
  return entries.map(({ type }) => type.slice('document.'.length));
}

const upload = (document: Document, version = 'v1', given = deps): Promise<void> =>
  uploadSeen(given, objectKeyOf(document), version);
const verdict = (document: Document, said: 'clean' | 'infected', version = 'v1'): Promise<void> =>
  verdictSeen(deps, objectKeyOf(document), version, said);

async function expectReleased(document: Document): Promise<void> {
  expect(await stored(document)).toMatchObject({ state: 'available', released: true, objectVersion: 'v1' });
  expect(quarantine.clean.get(objectKeyOf(document))).toEqual(pdf);
  expect([...quarantine.lying.keys()]).toEqual([]);
}

describe('a good file', () => {
  it('is released when the upload comes first, then the verdict', async () => {
    const document = await uploaded();
    await upload(document);
    expect(await stored(document)).toMatchObject({ state: 'checking', inspection: 'ok' });
    expect(quarantine.clean.size).toBe(0);
    await verdict(document, 'clean');
    await expectReleased(document);
    expect(await history(document)).toEqual(['requested', 'inspected', 'scanned', 'released']);
  });

  it('is released when the verdict comes first', async () => {
    const document = await uploaded();
    await verdict(document, 'clean');
    expect((await stored(document))?.state).toBe('awaiting-upload');
    await upload(document);
    await expectReleased(document);
  });

  it('is released once when both come twice', async () => {
    const document = await uploaded();
    for (const _time of [1, 2]) {
      await upload(document);
      await verdict(document, 'clean');
    }
    await expectReleased(document);
    expect(quarantine.calls.filter((call) => call === 'release')).toHaveLength(1);
    expect(await history(document)).toEqual(['requested', 'inspected', 'scanned', 'released']);
  });

  it('is released when all come at once, what failed being delivered again', async () => {
    const document = await uploaded();
    let left = [
      () => upload(document),
      () => verdict(document, 'clean'),
      () => upload(document),
      () => verdict(document, 'clean'),
    ];
    for (let delivery = 1; left.length > 0; delivery += 1) {
      expect(delivery).toBeLessThanOrEqual(3);
      const done = await Promise.allSettled(left.map((event) => event()));
      left = left.filter((_event, index) => done[index]?.status === 'rejected');
    }
    await expectReleased(document);
    const [first, ...rest] = await history(document);
    expect(first).toBe('requested');
    expect(rest.toSorted()).toEqual(['inspected', 'released', 'scanned']);
  });
});

describe('a bad file', () => {
  it('is rejected with the reason and thrown away', async () => {
    const document = await uploaded(pdf.slice(0, -1));
    await upload(document);
    expect(await stored(document)).toMatchObject({ state: 'rejected', reason: 'wrong-length' });
    await verdict(document, 'clean');
    expect(await stored(document)).toMatchObject({ state: 'rejected', released: false });
    expect([quarantine.lying.size, quarantine.clean.size]).toEqual([0, 0]);
  });

  it.each(['before', 'after'])(
    'is thrown away when the scanner finds something %s the upload',
    async (when) => {
      const document = await uploaded();
      if (when === 'before') await verdict(document, 'infected');
      await upload(document);
      await verdict(document, 'infected');
      expect(await stored(document)).toMatchObject({ state: 'infected', released: false });
      expect([quarantine.lying.size, quarantine.clean.size]).toEqual([0, 0]);
    },
  );
});

describe('where the function scans by itself', () => {
  function answering(...answers: (ScanVerdict | Error)[]): MalwareScanner {
    return {
      scan: () => {
        const next = answers.shift() ?? new Error('No more answers');
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
      },
    };
  }

  it('one event is enough', async () => {
    const document = await uploaded();
    await upload(document, 'v1', { ...deps, scanner: answering({ verdict: 'clean' }) });
    await expectReleased(document);
  });

  it('the file waits unjudged while the scanner is away, and the event again finishes it', async () => {
    const document = await uploaded();
    const scanner = answering(new ScannerUnavailable('too slow'), { verdict: 'clean' });
    await expect(upload(document, 'v1', { ...deps, scanner })).rejects.toThrow(ScannerUnavailable);
    expect(await stored(document)).toMatchObject({ state: 'checking', released: false });
    expect(quarantine.calls).toEqual(['read v1']);
    await upload(document, 'v1', { ...deps, scanner });
    await expectReleased(document);
  });

  it('what it finds is thrown away', async () => {
    const document = await uploaded();
    const scanner = answering({ verdict: 'infected', signature: 'Eicar-Signature' });
    await upload(document, 'v1', { ...deps, scanner });
    expect((await stored(document))?.state).toBe('infected');
    expect([quarantine.lying.size, quarantine.clean.size]).toEqual([0, 0]);
  });

  it('a file that is done is not scanned again', async () => {
    const document = await uploaded();
    const scanner = answering({ verdict: 'clean' });
    await upload(document, 'v1', { ...deps, scanner });
    await upload(document, 'v1', { ...deps, scanner });
    await expectReleased(document);
  });
});

describe('a crash', () => {
  /** A store whose commit fails once for the entry of this type. */
  function losing(type: string): Store {
    let lost = false;
    return {
      ...table.store,
      commit(unit: Commit) {
        if (lost || !unit.changes.some(({ entry }) => entry.type === type)) return table.store.commit(unit);
        lost = true;
        return Promise.reject(new Error('crashed'));
      },
    };
  }

  it.each(['document.inspected', 'document.scanned', 'document.released'])(
    'before %s is committed is made up for by the event again',
    async (type) => {
      const document = await uploaded();
      deps = { ...deps, store: losing(type) };
      const events = [() => upload(document), () => verdict(document, 'clean')];
      const outcomes: string[] = [];
      for (const event of events) {
        const first = await event().then(
          () => 'done',
          (error: unknown) => (error as Error).message,
        );
        outcomes.push(first);
        if (first !== 'done') await event();
      }
      expect(outcomes).toContain('crashed');
      await expectReleased(document);
    },
  );

  it.each(['release', 'discard v1'])(
    'at the bucket in %s is made up for by the event again',
    async (call) => {
      const document = await uploaded();
      await upload(document);
      quarantine.failing.push(call);
      await expect(verdict(document, 'clean')).rejects.toThrow(call);
      await verdict(document, 'clean');
      await expectReleased(document);
    },
  );

  it('before a bad file is thrown away is made up for by the event again', async () => {
    const document = await uploaded(pdf.slice(0, -1));
    quarantine.failing.push('discard v1');
    await expect(upload(document)).rejects.toThrow('discard');
    await upload(document);
    expect((await stored(document))?.state).toBe('rejected');
    expect(quarantine.lying.size).toBe(0);
  });
});

describe('an object that nothing waits for', () => {
  it('is ignored when its key names no document, or is none of ours', async () => {
    for (const key of [`${randomUUID()}/${randomUUID()}`, 'malware-protection-resource-validation-object']) {
      await uploadSeen(deps, key, 'v1');
      await verdictSeen(deps, key, 'v1', 'clean');
    }
    expect(quarantine.calls).toEqual([]);
  });

  it('is thrown away when the document has lapsed', async () => {
    const document = await uploaded();
    expect(await lapse({ ...deps, now: () => expiresAt }, document.submission, document.id)).toBe(true);
    await verdict(document, 'clean');
    await upload(document);
    await upload(document);
    expect(await history(document)).toEqual(['requested', 'expired']);
    expect([quarantine.lying.size, quarantine.clean.size]).toEqual([0, 0]);
  });

  it('is thrown away when the document lapses while the object is read', async () => {
    const document = await uploaded();
    const slow: Quarantine = {
      read: async (key, version) => {
        await lapse({ ...deps, now: () => expiresAt }, document.submission, document.id);
        return quarantine.read(key, version);
      },
      release: (one, bytes) => quarantine.release(one, bytes),
      discard: (key, version) => quarantine.discard(key, version),
    };
    await upload(document, 'v1', { ...deps, quarantine: slow });
    expect((await stored(document))?.state).toBe('expired');
    expect([quarantine.lying.size, quarantine.clean.size]).toEqual([0, 0]);
  });

  it('is thrown away when the document was removed before the upload', async () => {
    const document = await uploaded(pdf, { removedIn: 1 });
    await verdict(document, 'clean');
    await upload(document);
    await upload(document);
    expect((await stored(document))?.state).toBe('awaiting-upload');
    expect([quarantine.lying.size, quarantine.clean.size]).toEqual([0, 0]);
  });

  it('is thrown away when another came first under the same key, which stays', async () => {
    const document = await uploaded();
    await upload(document);
    quarantine.put(objectKeyOf(document), 'v2', pdf);
    await upload(document, 'v2');
    await verdict(document, 'infected', 'v2');
    expect([...quarantine.lying.keys()]).toEqual([`${objectKeyOf(document)}@v1`]);
    await verdict(document, 'clean');
    await expectReleased(document);
  });

  it('loses the race with a twin under the same key: one of the two stays', async () => {
    const document = await uploaded();
    quarantine.put(objectKeyOf(document), 'v2', pdf);
    await Promise.all([upload(document, 'v1'), upload(document, 'v2')]);
    const { objectVersion } = (await stored(document)) ?? {};
    expect([...quarantine.lying.keys()]).toEqual([`${objectKeyOf(document)}@${objectVersion}`]);
  });

  it('does no harm when it is gone: the events of a finished document end well', async () => {
    const good = await uploaded();
    const bad = await uploaded(pdf.slice(0, -1));
    const infected = await uploaded();
    for (const document of [good, bad, infected]) {
      const said = document === infected ? 'infected' : 'clean';
      await upload(document);
      await verdict(document, said);
      const before = await stored(document);
      await upload(document);
      await verdict(document, said);
      expect(await stored(document)).toEqual(before);
    }
    expect(quarantine.lying.size).toBe(0);
  });

  it('is asked for again when it is gone and its document still waits', async () => {
    const document = await requested();
    await expect(upload(document)).rejects.toThrow('NoSuchVersion');
    now = expiresAt;
    expect(await lapse(deps, document.submission, document.id)).toBe(true);
    await upload(document);
    expect((await stored(document))?.state).toBe('expired');
  });
});

describe('a ticket that was not used', () => {
  it('lapses once, at its instant, and says so once', async () => {
    const document = await requested();
    const at = (instant: string): Promise<boolean> =>
      lapse({ ...deps, now: () => instant }, document.submission, document.id);
    expect(await at('2021-10-08T02:29:59.999Z')).toBe(false);
    expect(await at(expiresAt)).toBe(true);
    expect(await at(expiresAt)).toBe(false);
    expect(await history(document)).toEqual(['requested', 'expired']);
  });

  it('does not lapse once the object was seen, nor when there is no such document', async () => {
    const document = await uploaded();
    await upload(document);
    now = '2021-10-09T00:00:00.000Z';
    expect(await lapse(deps, document.submission, document.id)).toBe(false);
    expect(await lapse(deps, randomUUID(), randomUUID())).toBe(false);
    expect((await stored(document))?.state).toBe('checking');
  });
});
