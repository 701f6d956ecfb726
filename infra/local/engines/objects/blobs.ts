import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { S3Failure } from './failures.ts';

/** The bytes of objects and parts, each under a name of its own that is never used twice. */
export interface Blobs {
  /** Begins a blob that is not there until it is kept. */
  writer(): Promise<BlobWriter>;
  /** The bytes from `start` to `end`, both included. Throws S3Failure InternalError when the blob is gone. */
  stream(id: string, start: number, end: number): Promise<Readable>;
  /** All bytes. Throws the same. */
  bytes(id: string): Promise<Buffer>;
  remove(id: string): void;
  /** Removes what no row speaks of: half-written files, and blobs whose commit never came. Gives how many. */
  sweep(known: ReadonlySet<string>): number;
}

export interface BlobWriter {
  write(chunk: Buffer): void | Promise<void>;
  /** Makes the bytes readable and gives their name. */
  keep(): Promise<string>;
  discard(): Promise<void>;
}

/**
 * Blobs as files: written under `incoming/`, renamed to `blobs/` when whole. There is no fsync: a killed process loses
 * nothing, a power cut may.
 */
export function fileBlobs(dir: string): Blobs {
  const incoming = join(dir, 'incoming');
  const kept = join(dir, 'blobs');
  for (const folder of [incoming, kept]) mkdirSync(folder, { recursive: true });

  async function writer(): Promise<BlobWriter> {
    const id = randomUUID();
    const file = join(incoming, id);
    const handle = await open(file, 'wx');
    return {
      async write(chunk) {
        for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at)).bytesWritten;
      },
      async keep() {
        await handle.close();
        renameSync(file, join(kept, id));
        return id;
      },
      async discard() {
        await handle.close();
        rmSync(file, { force: true });
      },
    };
  }

  return {
    writer,
    async stream(id, start, end) {
      if (end < start) return Readable.from([]);
      const handle = await open(join(kept, id)).catch(explain);
      return handle.createReadStream({ start, end });
    },
    bytes: (id) => readFile(join(kept, id)).catch(explain),
    remove: (id) => {
      rmSync(join(kept, id), { force: true });
    },
    sweep(known) {
      const halves = readdirSync(incoming).map((name) => join(incoming, name));
      const orphans = readdirSync(kept).filter((name) => !known.has(name));
      const lost = [...halves, ...orphans.map((name) => join(kept, name))];
      for (const file of lost) rmSync(file, { force: true });
      return lost.length;
    },
  };
}

/** Blobs in memory, for tests and `--memory`. */
export function memoryBlobs(): Blobs {
  const kept = new Map<string, Buffer>();
  function bytes(id: string): Buffer {
    return kept.get(id) ?? missing();
  }
  return {
    writer() {
      const chunks: Buffer[] = [];
      return Promise.resolve({
        // A chunk is often a view of a larger buffer, which would stay as long as the view.
        write: (chunk) => void chunks.push(Buffer.from(chunk)),
        keep() {
          const id = randomUUID();
          kept.set(id, Buffer.concat(chunks));
          return Promise.resolve(id);
        },
        discard: () => Promise.resolve(),
      });
    },
    stream: (id, start, end) => Promise.resolve(Readable.from([bytes(id).subarray(start, end + 1)])),
    bytes: (id) => Promise.resolve(bytes(id)),
    remove: (id) => void kept.delete(id),
    sweep: () => 0,
  };
}

function explain(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') return missing();
  throw error;
}

function missing(): never {
  throw new S3Failure('InternalError', 'The bytes of this object are missing from the local store.');
}
