/** Papers of a filing: asked for, put into quarantine, and what the bucket and the scanner then say, in any order and twice. */
import { createHash } from 'node:crypto';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { sampleOfKind } from '../support/contents.ts';
import { isDone, type Official, type Portal } from './portal.ts';
import type { World } from './world.ts';

interface Paper {
  readonly id: string;
  readonly paper: string;
  readonly state: string;
}

/** One file serves for all: what is in it is not what is simulated. */
const file = await samplePdf.pdf('演示材料');
const sha256 = createHash('sha256').update(file).digest('base64');

export class Uploads {
  /** What the scanner said of each object, by key and version. */
  readonly verdicts = new Map<string, 'clean' | 'infected'>();
  readonly #world: World;
  readonly #portal: Portal;
  #objects = 0;

  constructor(world: World, portal: Portal) {
    this.#world = world;
    this.#portal = portal;
  }

  /** Brings the papers that are still missing, and takes away those that did not pass. */
  async complete(person: Official, submission: string, kind: string): Promise<void> {
    const path = { id: submission };
    const route = 'GET /submissions/{id}/documents';
    const found = await this.#portal.read(person, { function: 'documents', route, path });
    if (!isDone(found)) return;
    const there = (
      (found.body['items'] ?? found.body['documents'] ?? []) as readonly (Paper & { removedIn?: number })[]
    ).filter(({ removedIn }) => removedIn === undefined);
    for (const paper of sampleOfKind(kind).papers) {
      const mine = there.filter((one) => one.paper === paper);
      // Two drafters may have brought it at once: one file is enough.
      const [kept, ...others] = mine.filter(({ state }) => !bad.has(state));
      const surplus = [...mine.filter(({ state }) => bad.has(state)), ...others];
      for (const { id } of surplus) await this.#remove(person, submission, id);
      if (!kept) await this.#bring(person, submission, paper);
    }
  }

  async #remove(person: Official, submission: string, document: string): Promise<void> {
    const path = { id: submission, document };
    const at = '/submissions/{id}/documents/{document}';
    const seen = await this.#portal.read(person, { function: 'documents', route: `GET ${at}`, path });
    if (!isDone(seen) || seen.etag === undefined) return;
    await this.#portal.command(person, {
      function: 'documents',
      route: `DELETE ${at}`,
      path,
      ifMatch: seen.etag,
    });
  }

  async #bring(person: Official, submission: string, paper: string): Promise<void> {
    const { random, buckets, turns } = this.#world;
    const asked = await this.#portal.command(person, {
      function: 'documents',
      route: 'POST /submissions/{id}/documents',
      path: { id: submission },
      body: { paper, fileName: `${paper}.pdf`, type: 'pdf', length: file.length, sha256 },
    });
    if (!isDone(asked)) return;
    const key = `${submission}/${(asked.body['document'] as { id: string }).id}`;
    // Sometimes he never sends it, and the ticket lapses.
    if (this.#world.faults.on && random.chance(0.05)) return;
    await turns.sleep(random.below(5000));
    const version = `v${(this.#objects += 1)}`;
    buckets.lying.set(`${key}@${version}`, file);
    const verdict = this.#world.faults.on && random.chance(0.1) ? 'infected' : 'clean';
    this.verdicts.set(`${key}@${version}`, verdict);
    const first = this.#world.faults.strikes('verdict-first');
    this.#tell(arrival(key, version), first ? 4000 : 0);
    this.#tell(scan(key, version, verdict), first ? 0 : 4000);
  }

  /** An event to the inspection, tried again until it is taken, as events and their redrive do. */
  #tell(event: object, after: number): void {
    const { turns, random, faults } = this.#world;
    const times = faults.strikes('event-repeated') ? 2 : 1;
    for (let time = 1; time <= times; time += 1)
      turns.begin(async () => {
        await turns.sleep(after + random.below(3000));
        await untilDone(this.#world, 'inspection', event);
      });
  }
}

const bad = new Set(['rejected', 'infected', 'expired']);

/** Again with growing pauses until the function ends well. What fails in the calm has no excuse. */
export async function untilDone(
  world: World,
  name: 'inspection' | 'delivery' | 'reports' | 'daily' | 'certificates',
  event: unknown,
): Promise<void> {
  world.underWay += 1;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await world.invoke(name, event);
      break;
    } catch (error) {
      if (attempt > 30 && !world.faults.on) {
        world.surprise(`${name} fails again and again: ${(error as Error).message}`);
        break;
      }
      await world.turns.sleep(attempt * 1000 + world.random.below(2000));
    }
  }
  world.underWay -= 1;
}

function arrival(key: string, version: string): object {
  return { 'detail-type': 'Object Created', detail: { object: { key, 'version-id': version } } };
}

function scan(key: string, version: string, verdict: 'clean' | 'infected'): object {
  return {
    'detail-type': 'GuardDuty Malware Protection Object Scan Result',
    detail: {
      scanStatus: 'COMPLETED',
      s3ObjectDetails: { objectKey: key, versionId: version },
      scanResultDetails: { scanResultStatus: verdict === 'clean' ? 'NO_THREATS_FOUND' : 'THREATS_FOUND' },
    },
  };
}
