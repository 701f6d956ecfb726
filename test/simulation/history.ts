/**
 * One history: people, readers of the stream, events and schedules live side by side while things go wrong; then all goes
 * well until everything that was begun has come to its end; then what must always hold is looked at.
 */
import { sampleOfKind } from '../support/contents.ts';
import { definition } from '../support/test-table.ts';
import { applyForRecognition, countyOfficials, lateLife, layGround } from './county.ts';
import type { FaultKind } from './faults.ts';
import { violationsOf } from './invariants.ts';
import type { MutantName } from './mutants.ts';
import { Desks, officialsOf } from './officials.ts';
import { Portal, type Official } from './portal.ts';
import { Schedules } from './schedules.ts';
import { Stream } from './stream.ts';
import { tableName } from './functions.ts';
import { withOwnTime } from './turns.ts';
import { untilDone, Uploads } from './uploads.ts';
import { World } from './world.ts';

export interface HistoryOptions {
  readonly seed: number;
  readonly faults: boolean;
  readonly mutant?: MutantName;
}

export interface Finding {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly fired: ReadonlyMap<FaultKind, number>;
  readonly turns: number;
  readonly acknowledged: number;
  readonly unanswered: number;
  /** Filings by the state in which they ended. */
  readonly ended: Readonly<Record<string, number>>;
  readonly trace: number;
}

/** With the stream that its consumers read. */
const tableAsDeployed = {
  ...definition(tableName),
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
};

/** A bottom-line city decides itself, the others are reviewed. */
const cities = ['150200', '150600', '150500'] as const;
const kinds: Readonly<Record<string, readonly string[]>> = {
  '150200': ['five-year-target', 'demand-survey'],
  '150600': ['five-year-target', 'demand-survey', 'not-developing'],
  '150500': ['demand-survey', 'five-year-target', 'not-developing'],
};

const supervisor: Official = { sub: 'R_HOUSING-supervisor', office: 'R_HOUSING', roles: ['supervisor'] };

export async function playHistory(options: HistoryOptions): Promise<Finding> {
  const world = new World({ ...options, definition: tableAsDeployed, at: startOf(options.seed) });
  const { turns, random } = world;
  const portal = new Portal(world);
  const uploads = new Uploads(world, portal);
  const desks = new Desks(world, portal, uploads);
  const stream = new Stream(world);
  const schedules = new Schedules(world, stream);
  world.buckets.announce = (order) => {
    const desk = deskIn(order);
    turns.begin(() => untilDone(world, desk, orderEvent(order)));
  };
  try {
    await world.table.ready();
    return await withOwnTime(turns, random, async () => {
      const hasProjects = options.seed % 2 === 1;
      schedules.hasProjects = hasProjects;
      const chosen = hasProjects ? cities.slice(0, 1) : cities.slice(0, 1 + random.below(cities.length));
      const people = [...officialsOf(chosen), ...(hasProjects ? countyOfficials() : [])];
      stream.begin();
      schedules.begin();
      turns.begin(async () => {
        await Promise.all([
          layDuty(portal, chosen),
          ...people.slice(0, 4).map((one) => tellHow(portal, one)),
        ]);
        if (hasProjects) await layGround(world);
        const filings = chosen.map((city) => beginFilings(world, portal, people, city));
        if (hasProjects) filings.push(applyForRecognition(world, portal));
        const rounds = ({ office }: Official): number => (office.startsWith('15010') ? 24 : 12);
        await Promise.all([...filings, ...people.map((person) => desks.work(person, rounds(person), false))]);
        if (hasProjects)
          await Promise.all([
            lateLife(world, portal),
            ...countyOfficials().map((person) => desks.work(person, 10, false)),
          ]);
        if (random.chance(0.4)) await askForRun(world, portal);
        world.faults.end();
        await settle(world, desks, people, schedules);
        await lastRuns(world, stream, schedules);
        schedules.stop();
        stream.stop();
      });
      await turns.run();
      const { violations, ended } = await violationsOf(world, portal, uploads);
      return {
        seed: options.seed,
        violations: [...world.surprises, ...violations],
        fired: world.faults.fired,
        turns: turns.taken,
        acknowledged: portal.acknowledged.length,
        unanswered: portal.unanswered,
        ended,
        trace: turns.trace,
      };
    });
  } finally {
    world.close();
  }
}

/** By whom an order is carried out: it lies under his name. */
function deskIn(order: string): 'reports' | 'delivery' | 'certificates' {
  const [desk] = order.split('/');
  return desk === 'reports' || desk === 'certificates' ? desk : 'delivery';
}

/** Some day of the autumn of 2021, at nine in the morning. */
function startOf(seed: number): string {
  return new Date(Date.parse('2021-09-24T01:00:00Z') + (seed % 80) * 86_400_000).toISOString();
}

async function layDuty(portal: Portal, owners: readonly string[]): Promise<void> {
  const body = {
    notice: '内政办发〔2021〕53号',
    clause: 'S-07',
    cities: owners,
    items: [{ kind: 'five-year-target', period: '2021-2025' }],
    dueBefore: '2021-10-31T16:00:00.000Z',
    satisfiedBy: 'submitted',
  };
  await portal.command(supervisor, { function: 'steering', route: 'POST /obligations', body });
}

async function tellHow(portal: Portal, person: Official): Promise<void> {
  const body = { locale: 'zh-CN', delivery: 'at-once', mail: `${person.office}@example.cn` };
  await portal.command(person, { function: 'commands', route: 'PUT /me/preferences', body });
}

/** Two drafters of one office may begin the same filing: one place, one filing. */
async function beginFilings(
  world: World,
  portal: Portal,
  people: readonly Official[],
  city: string,
): Promise<void> {
  const drafters = people.filter(({ office, roles }) => office === city && roles.includes('drafter'));
  const wanted = (kinds[city] ?? []).filter((_kind, index) => index === 0 || world.random.chance(0.4));
  const begun = wanted.flatMap((kind) =>
    drafters
      .filter((_one, index) => index === 0 || world.random.chance(0.3))
      .map((person) => ({ kind, person })),
  );
  await Promise.all(
    begun.map(({ kind, person }) =>
      portal.command(person, {
        function: 'commands',
        route: 'POST /submissions',
        body: { kind, period: sampleOfKind(kind).period },
      }),
    ),
  );
}

async function askForRun(world: World, portal: Portal): Promise<void> {
  const month = new Date(world.now).getUTCMonth();
  const body = month === 0 ? { year: 2021 } : { year: 2021, month };
  await portal.command(supervisor, { function: 'steering', route: 'POST /evaluations', body });
}

/** In the calm, everyone goes on until no desk holds anything that can be taken up. */
async function settle(
  world: World,
  desks: Desks,
  people: readonly Official[],
  schedules: Schedules,
): Promise<void> {
  for (let round = 1; round <= 40; round += 1) {
    await Promise.all(people.map((person) => desks.work(person, 1, true)));
    // Lines may lie there that wait for an inspection or for a reader of the stream: so more than once.
    const open = await Promise.all(people.map((person) => desks.linesOf(person)));
    if (open.every((lines) => lines.length === 0)) return;
    // A ticket that nobody used stands in the way until it lapses.
    if (round % 5 !== 0) continue;
    world.turns.now += 40 * 60_000;
    await schedules.fire();
  }
  const open = (await Promise.all(people.map((person) => desks.linesOf(person)))).flat();
  world.surprise(
    `Work does not come to its end: ${open.map(({ task, record }) => `${task} of ${record}`).join(', ')}`,
  );
}

/** What waits for the clock is waited for: mails that are tried again, reminders of the days that went by. */
async function lastRuns(world: World, stream: Stream, schedules: Schedules): Promise<void> {
  for (let day = 1; day <= 3; day += 1) {
    world.turns.now += 86_400_000;
    await schedules.fire();
    await quiet(world, stream);
  }
}

async function quiet(world: World, stream: Stream): Promise<void> {
  const isQuiet = (): boolean => stream.isDrained && world.underWay === 0;
  for (let still = 0, wait = 0; still < 3; wait += 1) {
    await world.turns.sleep(500);
    still = isQuiet() ? still + 1 : 0;
    if (wait > 2000) return world.surprise('Stream and events do not come to their end');
  }
}

function orderEvent(order: string): object {
  return { 'detail-type': 'Object Created', detail: { object: { key: order } } };
}
