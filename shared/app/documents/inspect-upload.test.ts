/** Uploads and verdicts against the real store, with a quarantine that records what is asked of it. */
import { describe, expect, it } from 'vitest';
import { UploadBench } from '../../../test/support/upload-bench.ts';
import type { Commit, Store } from '../ports.ts';
import { ScannerUnavailable, type MalwareScanner, type ScanVerdict } from './scanner-port.ts';

const bench = new UploadBench();

describe('a good file', () => {
  it('is released when the upload comes first, then the verdict', async () => {
    const document = await bench.uploaded();
    await bench.upload(document);
    expect(await bench.stored(document)).toMatchObject({ state: 'checking', inspection: 'ok' });
    expect(bench.quarantine.clean.size).toBe(0);
    await bench.verdict(document, 'clean');
    await bench.expectReleased(document);
    expect(await bench.history(document)).toEqual(['requested', 'inspected', 'scanned', 'released']);
  });

  it('is released when the verdict comes first', async () => {
    const document = await bench.uploaded();
    await bench.verdict(document, 'clean');
    expect((await bench.stored(document))?.state).toBe('awaiting-upload');
    await bench.upload(document);
    await bench.expectReleased(document);
  });

  it('is released once when both come twice', async () => {
    const document = await bench.uploaded();
    for (const _time of [1, 2]) {
      await bench.upload(document);
      await bench.verdict(document, 'clean');
    }
    await bench.expectReleased(document);
    expect(bench.quarantine.calls.filter((call) => call === 'release')).toHaveLength(1);
    expect(await bench.history(document)).toEqual(['requested', 'inspected', 'scanned', 'released']);
  });

  it('is released when all come at once, what failed being delivered again', async () => {
    const document = await bench.uploaded();
    let left = [
      () => bench.upload(document),
      () => bench.verdict(document, 'clean'),
      () => bench.upload(document),
      () => bench.verdict(document, 'clean'),
    ];
    for (let delivery = 1; left.length > 0; delivery += 1) {
      expect(delivery).toBeLessThanOrEqual(3);
      const done = await Promise.allSettled(left.map((event) => event()));
      left = left.filter((_event, index) => done[index]?.status === 'rejected');
    }
    await bench.expectReleased(document);
    const [first, ...rest] = await bench.history(document);
    expect(first).toBe('requested');
    expect(rest.toSorted()).toEqual(['inspected', 'released', 'scanned']);
  });
});

describe('a bad file', () => {
  it('is rejected with the reason and thrown away', async () => {
    const document = await bench.uploaded(bench.pdf.slice(0, -1));
    await bench.upload(document);
    expect(await bench.stored(document)).toMatchObject({ state: 'rejected', reason: 'wrong-length' });
    await bench.verdict(document, 'clean');
    expect(await bench.stored(document)).toMatchObject({ state: 'rejected', released: false });
    expect([bench.quarantine.lying.size, bench.quarantine.clean.size]).toEqual([0, 0]);
  });

  it.each(['before', 'after'])(
    'is thrown away when the scanner finds something %s the upload',
    async (when) => {
      const document = await bench.uploaded();
      if (when === 'before') await bench.verdict(document, 'infected');
      await bench.upload(document);
      await bench.verdict(document, 'infected');
      expect(await bench.stored(document)).toMatchObject({ state: 'infected', released: false });
      expect([bench.quarantine.lying.size, bench.quarantine.clean.size]).toEqual([0, 0]);
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
    const document = await bench.uploaded();
    await bench.upload(document, 'v1', { scanner: answering({ verdict: 'clean' }) });
    await bench.expectReleased(document);
  });

  it('the file waits unjudged while the scanner is away, and the event again finishes it', async () => {
    const document = await bench.uploaded();
    const scanner = answering(new ScannerUnavailable('too slow'), { verdict: 'clean' });
    await expect(bench.upload(document, 'v1', { scanner })).rejects.toThrow(ScannerUnavailable);
    expect(await bench.stored(document)).toMatchObject({ state: 'checking', released: false });
    expect(bench.quarantine.calls).toEqual(['read v1']);
    await bench.upload(document, 'v1', { scanner });
    await bench.expectReleased(document);
  });

  it('what it finds is thrown away', async () => {
    const document = await bench.uploaded();
    const scanner = answering({ verdict: 'infected', signature: 'Eicar-Signature' });
    await bench.upload(document, 'v1', { scanner });
    expect((await bench.stored(document))?.state).toBe('infected');
    expect([bench.quarantine.lying.size, bench.quarantine.clean.size]).toEqual([0, 0]);
  });

  it('a file that is done is not scanned again', async () => {
    const document = await bench.uploaded();
    const scanner = answering({ verdict: 'clean' });
    await bench.upload(document, 'v1', { scanner });
    await bench.upload(document, 'v1', { scanner });
    await bench.expectReleased(document);
  });
});

describe('a crash', () => {
  /** A store whose commit fails once for the entry of this type. */
  function losing(type: string): Store {
    let lost = false;
    return {
      ...bench.table.store,
      commit(unit: Commit) {
        if (lost || !unit.changes.some(({ entry }) => entry.type === type))
          return bench.table.store.commit(unit);
        lost = true;
        return Promise.reject(new Error('crashed'));
      },
    };
  }

  it.each(['document.inspected', 'document.scanned', 'document.released'])(
    'before %s is committed is made up for by the event again',
    async (type) => {
      const document = await bench.uploaded();
      const store = losing(type);
      const events = [
        () => bench.upload(document, 'v1', { store }),
        () => bench.verdict(document, 'clean', 'v1', { store }),
      ];
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
      await bench.expectReleased(document);
    },
  );

  it.each(['release', 'discard v1'])(
    'at the bucket in %s is made up for by the event again',
    async (call) => {
      const document = await bench.uploaded();
      await bench.upload(document);
      bench.quarantine.failing.push(call);
      await expect(bench.verdict(document, 'clean')).rejects.toThrow(call);
      await bench.verdict(document, 'clean');
      await bench.expectReleased(document);
    },
  );

  it('before a bad file is thrown away is made up for by the event again', async () => {
    const document = await bench.uploaded(bench.pdf.slice(0, -1));
    bench.quarantine.failing.push('discard v1');
    await expect(bench.upload(document)).rejects.toThrow('discard');
    await bench.upload(document);
    expect((await bench.stored(document))?.state).toBe('rejected');
    expect(bench.quarantine.lying.size).toBe(0);
  });
});
