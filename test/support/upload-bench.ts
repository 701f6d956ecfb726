/** What the tests of uploads share: the platform's table, two buckets in memory, and documents that wait for an upload. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { uploadSeen, verdictSeen, type InspectionDeps } from '../../shared/app/documents/inspect-upload.ts';
import type { Quarantine } from '../../shared/app/documents/ports.ts';
import { documentChange } from '../../shared/app/documents/request-upload.ts';
import { systemActor } from '../../shared/domain/audit/entry.ts';
import type { Document } from '../../shared/domain/documents/document.ts';
import { objectKeyOf } from '../../shared/domain/documents/keys.ts';
import { claimOf, samplePdf } from './sample-files.ts';
import { testTable, type TestTable } from './test-table.ts';

const requestedAt = '2021-10-08T02:00:00.000Z';
export const expiresAt = '2021-10-08T02:30:00.000Z';

/** Both buckets in memory. What is gone is gone: reading it fails, as it does in S3; discarding it again does not. */
export class TestQuarantine implements Quarantine {
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

export class UploadBench {
  /** New for each test. */
  quarantine = new TestQuarantine();
  now = '';
  private opened: TestTable | undefined;
  private bytes: Uint8Array | undefined;

  /** To be made once in a test file. */
  constructor() {
    beforeAll(async () => {
      this.opened = await testTable();
      this.bytes = await samplePdf('发展规划');
    });
    beforeEach(() => {
      this.quarantine = new TestQuarantine();
      this.now = '2021-10-08T02:05:00.000Z';
    });
    afterAll(() => this.opened?.close());
  }

  get table(): TestTable {
    if (!this.opened) throw new Error('The table is there only in a test');
    return this.opened;
  }

  /** A sound file, as announced. */
  get pdf(): Uint8Array {
    if (!this.bytes) throw new Error('The file is there only in a test');
    return this.bytes;
  }

  get deps(): InspectionDeps {
    return { store: this.table.store, now: () => this.now, quarantine: this.quarantine };
  }

  /** A document that waits for its upload. */
  async requested(given: Partial<Document> = {}): Promise<Document> {
    const document: Document = {
      id: randomUUID(),
      submission: randomUUID(),
      owner: '150600',
      paper: 'plan',
      fileName: '发展规划.pdf',
      ...claimOf('pdf', this.pdf),
      state: 'awaiting-upload',
      fromVersion: 1,
      requestedAt,
      expiresAt,
      released: false,
      seq: 0,
      hash: '',
      ...given,
    };
    const change = documentChange(undefined, document, 'document.requested', systemActor, requestedAt);
    await this.table.store.commit({ changes: [change] });
    return document;
  }

  /** A document whose object lies in quarantine as v1. */
  async uploaded(bytes = this.pdf, given: Partial<Document> = {}): Promise<Document> {
    const document = await this.requested(given);
    this.quarantine.put(objectKeyOf(document), 'v1', bytes);
    return document;
  }

  stored({ submission, id }: Document): Promise<Document | undefined> {
    return this.table.store.document(submission, id);
  }

  /** What happened to it, without the first half of the events' names. */
  async history({ submission, id }: Document): Promise<string[]> {
    const entries = await this.table.store.entries(`document:${submission}/${id}`, 0, 50);
    return entries.map(({ type }) => type.slice('document.'.length));
  }

  upload(document: Document, version = 'v1', given: Partial<InspectionDeps> = {}): Promise<void> {
    return uploadSeen({ ...this.deps, ...given }, objectKeyOf(document), version);
  }

  verdict(
    document: Document,
    said: 'clean' | 'infected',
    version = 'v1',
    given: Partial<InspectionDeps> = {},
  ): Promise<void> {
    return verdictSeen({ ...this.deps, ...given }, objectKeyOf(document), version, said);
  }

  /** It lies in the clean bucket, and nothing in quarantine. */
  async expectReleased(document: Document): Promise<void> {
    const done = { state: 'available', released: true, objectVersion: 'v1' };
    expect(await this.stored(document)).toMatchObject(done);
    expect(this.quarantine.clean.get(objectKeyOf(document))).toEqual(this.pdf);
    expect([...this.quarantine.lying.keys()]).toEqual([]);
  }
}
