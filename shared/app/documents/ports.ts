import type { Document } from '../../domain/documents/document.ts';

/** A form that lets a browser put exactly one file: bound to its key, length, media type and hash. */
export interface UploadTicket {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

export interface UploadDesk {
  ticket(document: Document, now: string): Promise<UploadTicket>;
}

export interface DownloadDesk {
  /** A link that works for a few minutes; the file is offered under its own name. */
  link(document: Document): Promise<{ readonly url: string; readonly expiresInSeconds: number }>;
}

/** The two buckets, as the inspection sees them. */
export interface Quarantine {
  read(key: string, version: string): Promise<Uint8Array>;
  /** Copies what has passed into the clean bucket. */
  release(document: Document, bytes: Uint8Array): Promise<void>;
  /** Removes the object from quarantine; that it is gone already is no error. */
  discard(key: string, version: string): Promise<void>;
}
