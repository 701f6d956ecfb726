/** Uploads that come too late, twice, for nothing, or not at all. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { expiresAt, UploadBench } from '../../../test/support/upload-bench.ts';
import { objectKeyOf } from '../../domain/documents/keys.ts';
import { lapse, uploadSeen, verdictSeen } from './inspect-upload.ts';
import type { Quarantine } from './ports.ts';

const bench = new UploadBench();

describe('an object that nothing waits for', () => {
  it('is ignored when its key names no document, or is none of ours', async () => {
    for (const key of [`${randomUUID()}/${randomUUID()}`, 'malware-protection-resource-validation-object']) {
      await uploadSeen(bench.deps, key, 'v1');
      await verdictSeen(bench.deps, key, 'v1', 'clean');
    }
    expect(bench.quarantine.calls).toEqual([]);
  });

  it('is thrown away when the document has lapsed', async () => {
    const document = await bench.uploaded();
    expect(await lapse({ ...bench.deps, now: () => expiresAt }, document.submission, document.id)).toBe(true);
    await bench.verdict(document, 'clean');
    await bench.upload(document);
    await bench.upload(document);
    expect(await bench.history(document)).toEqual(['requested', 'expired']);
    expect([bench.quarantine.lying.size, bench.quarantine.clean.size]).toEqual([0, 0]);
  });

  it('is thrown away when the document lapses while the object is read', async () => {
    const document = await bench.uploaded();
    const slow: Quarantine = {
      read: async (key, version) => {
        await lapse({ ...bench.deps, now: () => expiresAt }, document.submission, document.id);
        return bench.quarantine.read(key, version);
      },
      release: (one, bytes) => bench.quarantine.release(one, bytes),
      discard: (key, version) => bench.quarantine.discard(key, version),
    };
    await bench.upload(document, 'v1', { quarantine: slow });
    expect((await bench.stored(document))?.state).toBe('expired');
    expect([bench.quarantine.lying.size, bench.quarantine.clean.size]).toEqual([0, 0]);
  });

  it('is thrown away when the document was removed before the upload', async () => {
    const document = await bench.uploaded(bench.pdf, { removedIn: 1 });
    await bench.verdict(document, 'clean');
    await bench.upload(document);
    await bench.upload(document);
    expect((await bench.stored(document))?.state).toBe('awaiting-upload');
    expect([bench.quarantine.lying.size, bench.quarantine.clean.size]).toEqual([0, 0]);
  });

  it('is thrown away when another came first under the same key, which stays', async () => {
    const document = await bench.uploaded();
    await bench.upload(document);
    bench.quarantine.put(objectKeyOf(document), 'v2', bench.pdf);
    await bench.upload(document, 'v2');
    await bench.verdict(document, 'infected', 'v2');
    expect([...bench.quarantine.lying.keys()]).toEqual([`${objectKeyOf(document)}@v1`]);
    await bench.verdict(document, 'clean');
    await bench.expectReleased(document);
  });

  it('loses the race with a twin under the same key: one of the two stays', async () => {
    const document = await bench.uploaded();
    bench.quarantine.put(objectKeyOf(document), 'v2', bench.pdf);
    await Promise.all([bench.upload(document, 'v1'), bench.upload(document, 'v2')]);
    const { objectVersion } = (await bench.stored(document)) ?? {};
    expect([...bench.quarantine.lying.keys()]).toEqual([`${objectKeyOf(document)}@${objectVersion}`]);
  });

  it('does no harm when it is gone: the events of a finished document end well', async () => {
    const good = await bench.uploaded();
    const bad = await bench.uploaded(bench.pdf.slice(0, -1));
    const infected = await bench.uploaded();
    for (const document of [good, bad, infected]) {
      const said = document === infected ? 'infected' : 'clean';
      await bench.upload(document);
      await bench.verdict(document, said);
      const before = await bench.stored(document);
      await bench.upload(document);
      await bench.verdict(document, said);
      expect(await bench.stored(document)).toEqual(before);
    }
    expect(bench.quarantine.lying.size).toBe(0);
  });

  it('is asked for again when it is gone and its document still waits', async () => {
    const document = await bench.requested();
    await expect(bench.upload(document)).rejects.toThrow('NoSuchVersion');
    bench.now = expiresAt;
    expect(await lapse(bench.deps, document.submission, document.id)).toBe(true);
    await bench.upload(document);
    expect((await bench.stored(document))?.state).toBe('expired');
  });
});

describe('a ticket that was not used', () => {
  it('lapses once, at its instant, and says so once', async () => {
    const document = await bench.requested();
    const at = (instant: string): Promise<boolean> =>
      lapse({ ...bench.deps, now: () => instant }, document.submission, document.id);
    expect(await at('2021-10-08T02:29:59.999Z')).toBe(false);
    expect(await at(expiresAt)).toBe(true);
    expect(await at(expiresAt)).toBe(false);
    expect(await bench.history(document)).toEqual(['requested', 'expired']);
  });

  it('does not lapse once the object was seen, nor when there is no such document', async () => {
    const document = await bench.uploaded();
    await bench.upload(document);
    bench.now = '2021-10-09T00:00:00.000Z';
    expect(await lapse(bench.deps, document.submission, document.id)).toBe(false);
    expect(await lapse(bench.deps, randomUUID(), randomUUID())).toBe(false);
    expect((await bench.stored(document))?.state).toBe('checking');
  });
});
