import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { Theme } from '../check.ts';

/** What a check may ask of a new bucket; spelled as the local engine spells it. */
export interface BucketWish {
  readonly versioning?: boolean;
  readonly objectLock?: {
    readonly defaultRetention?: { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly days: number };
  };
  readonly cors?: readonly CorsWish[];
}

export interface CorsWish {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly maxAge?: number;
}

/** An event of a change as EventBridge would carry it. */
export interface SeenEvent {
  readonly detailType: string;
  readonly detail: {
    readonly bucket: { readonly name: string };
    readonly object: {
      readonly key: string;
      readonly size?: number;
      readonly etag?: string;
      readonly 'version-id'?: string;
      readonly sequencer: string;
    };
    readonly reason?: string;
    readonly 'deletion-type'?: string;
  };
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An S3 server under test. */
export interface Target {
  readonly url: string;
  readonly region: string;
  readonly credentials: Keys;
  readonly s3: S3Client;
  /** A client of the same server, with other settings. */
  client(config: S3ClientConfig): S3Client;
  /** A new empty bucket under a name of its own. */
  bucket(wish?: BucketWish): Promise<string>;
  /** Stops the keeping of versions in a bucket. */
  suspend(bucket: string): Promise<void>;
  /** What happened in a bucket, the oldest first. Needs the knob `events`. */
  events(bucket: string): readonly SeenEvent[];
}

export type ObjectsTheme = Theme<Target>;

/** The documents that the checks rest on: the page's title, under the book it stands in. */
export const api = (page: string): string => `Amazon S3 API Reference: ${page}`;
export const guide = (page: string): string => `Amazon S3 User Guide: ${page}`;
