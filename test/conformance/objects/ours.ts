import { serveEngine, credentials } from '../../../infra/local/engines/objects/testing.ts';
import type { SeenEvent, Target } from './target.ts';

export interface Standing {
  readonly target: Target;
  stop(): Promise<void>;
}

const region = 'cn-north-1';

/** Our own engine, behind HTTP. */
export async function ours(): Promise<Standing> {
  const served = await serveEngine({ region });
  let count = 0;
  const target: Target = {
    url: served.url,
    region,
    credentials,
    s3: served.s3,
    client: (config) => served.client(config),
    async bucket(wish = {}) {
      const name = `bucket-${++count}`;
      served.engine.createBucket(name, wish);
      return name;
    },
    async suspend(bucket) {
      served.engine.createBucket(bucket, { versioning: false });
    },
    events: (bucket): SeenEvent[] =>
      served.engine.pendingEvents(100_000).filter(({ detail }) => detail.bucket.name === bucket),
  };
  return { target, stop: () => served.close() };
}
