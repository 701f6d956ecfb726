/** The people of a history: what lies on their desk they take up, mostly as it should go on, sometimes otherwise. */
import type { Role } from '../../shared/domain/identity/roles.ts';
import { formOf } from './forms.ts';
import { isDone, type Answer, type Official, type Portal } from './portal.ts';
import type { Uploads } from './uploads.ts';
import type { World } from './world.ts';

export interface Line {
  readonly task: string;
  readonly record: string;
}

/** The step that a task asks for. */
const forward: Readonly<Record<string, string>> = {
  'finish-draft': 'send-to-check',
  correct: 'send-to-check',
  check: 'pass-check',
  sign: 'sign',
  accept: 'accept',
  acknowledge: 'acknowledge',
  opine: 'opine',
  supply: 'supply',
  settle: 'reject',
  'answer-extension': 'answer-extension',
  consent: 'consent',
  publish: 'publish',
  receive: 'receive',
  'take-note': 'take-note',
  'conclude-review': 'conclude-review',
  'check-plan': 'pass-plan-check',
  decide: 'approve',
  'prove-condition': 'prove-condition',
  'close-condition': 'close-condition',
};

/** Where the usual cannot be done: a plan that has no room, a condition that nobody can meet any more. */
const instead: Readonly<Record<string, string>> = {
  'pass-plan-check': 'fail-plan-check',
  approve: 'refuse',
};

/** Tasks that are somebody else's too, or that other work fulfils. */
const left = new Set(['record-consent', 'fulfil', 'await-number', 'urge-opinion']);

export function officialsOf(cities: readonly string[]): Official[] {
  const one = (office: string, role: Role, number = ''): Official => ({
    sub: `${office}-${role}${number}`,
    office,
    roles: [role],
  });
  const inCity: readonly Role[] = ['drafter', 'checker', 'signatory', 'publisher'];
  return [
    ...cities.flatMap((city) => [one(city, 'drafter', '-2'), ...inCity.map((role) => one(city, role))]),
    one('R_HOUSING', 'lead'),
    one('R_HOUSING', 'publisher'),
    ...['R_HOUSING', 'R_NDRC', 'R_FINANCE'].map((office) => one(office, 'reviewer')),
    one('REGION_GOV', 'consenter'),
  ];
}

function signatoryOf({ office }: Official): Official {
  return { sub: `${office}-signatory`, office, roles: ['signatory'] };
}

export class Desks {
  readonly #world: World;
  readonly #portal: Portal;
  readonly #uploads: Uploads;

  constructor(world: World, portal: Portal, uploads: Uploads) {
    this.#world = world;
    this.#portal = portal;
    this.#uploads = uploads;
  }

  /** Takes up what lies there until nothing is left that he can take up, or he has done so much. */
  async work(person: Official, rounds: number, calm: boolean): Promise<void> {
    const { random, turns } = this.#world;
    for (let round = 0; round < rounds; round += 1) {
      const lines = await this.linesOf(person);
      if (lines.length > 0) await this.#take(person, random.pick(lines), calm);
      // In the calm he comes back when others have worked.
      await turns.sleep(1000 + random.below(20_000));
    }
  }

  async linesOf(person: Official): Promise<readonly Line[]> {
    const { body } = await this.#portal.read(person, { function: 'queries', route: 'GET /desk' });
    const items = (body['items'] ?? []) as readonly Line[];
    return items.filter(({ task, record }) => record.startsWith('submission:') && !left.has(task));
  }

  async #take(person: Official, { task, record }: Line, calm: boolean): Promise<void> {
    const { random } = this.#world;
    const path = { id: record.slice('submission:'.length) };
    const seen = await this.#portal.read(person, {
      function: 'queries',
      route: 'GET /submissions/{id}',
      path,
    });
    if (!isDone(seen)) return;
    const possible = seen.body['actions'] as readonly string[];
    const usual = forward[task] ?? '';
    const others = possible.filter((one) => one !== usual && one !== 'record-consent');
    const astray = !calm && others.length > 0 && random.chance(0.25);
    const action = astray ? random.pick(others) : usual;
    // What lay on the desk may have been done meanwhile.
    if (!possible.includes(action)) return;
    const refused = await this.#step(person, path.id, action, seen, calm);
    if (refused?.status === 422 || refused?.status === 409) await this.#mend(person, path.id, seen, refused);
    const other = instead[action];
    if (other !== undefined && refused && possible.includes(other) && (calm || random.chance(0.3)))
      await this.#step(person, path.id, other, seen, calm);
    if (refused?.body['code'] !== 'project-not-in-stage') return;
    // A project that ended meanwhile: its filing cannot go on, and is given up. A draft is withdrawn by whom the drafter tells.
    const back = ['withdraw', 'refuse', 'send-back', 'return'].find((one) => possible.includes(one));
    await this.#step(back ? person : signatoryOf(person), path.id, back ?? 'withdraw', seen, calm);
  }

  /** @returns the answer when it was no success */
  async #step(
    person: Official,
    id: string,
    action: string,
    seen: Answer,
    calm: boolean,
  ): Promise<Answer | undefined> {
    const answer = await this.#portal.command(person, {
      function: 'commands',
      route: `POST /submissions/{id}/${action}`,
      path: { id },
      body: formOf(action, seen.body, this.#world.random, calm),
      ...(seen.etag === undefined ? {} : { ifMatch: seen.etag }),
    });
    return isDone(answer) ? undefined : answer;
  }

  /** A draft that is not complete is completed: its form saved, its papers uploaded. */
  async #mend(person: Official, id: string, seen: Answer, refused: Answer): Promise<void> {
    const wrong = (refused.body['errors'] ?? []) as readonly { readonly pointer: string }[];
    const office = person.roles.includes('drafter');
    if (!office || wrong.length === 0) return;
    if (wrong.some(({ pointer }) => /^\/(content|filing|explanations)/.test(pointer)))
      await this.#step(person, id, 'save', seen, true);
    await this.#uploads.complete(person, id, String(seen.body['kind']));
  }
}
