/** A CORS rule, as CloudFormation spells it, in camel case. `*` may stand once in an origin or a header. */
export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  /** Seconds a browser may keep the answer to its preflight. */
  readonly maxAge?: number;
}

export type RetentionMode = 'GOVERNANCE' | 'COMPLIANCE';

/** How long a new version is locked when its writer says nothing. */
export interface DefaultRetention {
  readonly mode: RetentionMode;
  readonly days?: number;
  readonly years?: number;
}

/** What the template says of a bucket. */
export interface BucketSettings {
  readonly versioning?: boolean;
  readonly cors?: readonly CorsRule[];
  /** Present: Object Lock is on, and versioning with it, for good. */
  readonly objectLock?: { readonly defaultRetention?: DefaultRetention };
  /** The KMS key named in answers. The local engine stores the bytes as they are. */
  readonly encryptionKey?: string;
  /** Whether changes are announced to EventBridge. Default true. */
  readonly events?: boolean;
}

/** A bucket as kept: once versioned it can only be suspended. */
export interface Bucket {
  readonly name: string;
  readonly created: number;
  readonly versioning: 'off' | 'enabled' | 'suspended';
  readonly settings: BucketSettings;
}

/**
 * The bucket after its settings were said (again): what is in it stays.
 * @throws Error when the settings contradict themselves, or would take Object Lock away
 */
export function settledBucket(
  name: string,
  settings: BucketSettings,
  before: Bucket | undefined,
  now: number,
): Bucket {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw new Error(`"${name}" is not a bucket name.`);
  const locked = settings.objectLock !== undefined;
  if (!locked && before?.settings.objectLock !== undefined) {
    throw new Error(`Bucket ${name} has Object Lock, which cannot be taken away.`);
  }
  const retention = settings.objectLock?.defaultRetention;
  if (retention !== undefined && (retention.days === undefined) === (retention.years === undefined)) {
    throw new Error(`The default retention of bucket ${name} needs days or years, and not both.`);
  }
  const versioned = settings.versioning === true || locked;
  const was = before?.versioning ?? 'off';
  const versioning = versioned ? 'enabled' : was === 'off' ? 'off' : 'suspended';
  return { name, created: before?.created ?? now, versioning, settings };
}

/** The instant a default retention ends for a version written now. A year is counted as 365 days, as S3 does. */
export function retainedUntil(retention: DefaultRetention, now: number): number {
  const days = retention.days ?? (retention.years ?? 0) * 365;
  return now + days * 24 * 3600_000;
}
