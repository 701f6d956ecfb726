/**
 * A county's projects in a history: a company applies, one department reviews, the city looks into its plan, the county's
 * government decides; what was recognised is changed, suspended, given up or revoked while all this goes on.
 */
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { chain, systemActor } from '../../shared/domain/audit/entry.ts';
import { certificateActions } from '../../shared/domain/certificates/lifecycle.ts';
import type { Certificate } from '../../shared/domain/certificates/certificate.ts';
import { cityAtFirst } from '../../shared/domain/cities/city.ts';
import { regionalDefault } from '../../shared/domain/policies/rule-set.ts';
import type { Role } from '../../shared/domain/identity/roles.ts';
import { company } from '../../shared/domain/submissions/kinds/sample-recognition.ts';
import type { Head } from '../../shared/domain/submissions/submission.ts';
import { tableName } from './functions.ts';
import { isDone, type Official, type Portal } from './portal.ts';
import { recordsIn } from './records.ts';
import type { World } from './world.ts';

const [city, county] = ['150100', '150102'];
/** Room for two projects of 120 homes, and not for much more. */
const planned = 280;

export function countyOfficials(): Official[] {
  const one = (office: string, role: Role, number = ''): Official => ({
    sub: `${office}-${role}${number}`,
    office,
    roles: [role],
  });
  return [
    one(company, 'drafter', '-2'),
    one(company, 'drafter'),
    one(company, 'checker'),
    one(company, 'signatory'),
    one(`${county}-HOUSING`, 'lead'),
    one(`${county}-FIRE`, 'reviewer'),
    one(`${city}-HOUSING`, 'plan-checker'),
    one(county, 'decider'),
  ];
}

const decider = countyOfficials().at(-1) as Official;

/** The city's rules and its plan, as their own filings would have left them. */
export async function layGround({ table, now }: World): Promise<void> {
  const at = new Date(now).toISOString();
  const store = dynamoStore(table.client, tableName, () => at);
  const source = '演政发〔2021〕1号';
  const { review } = regionalDefault;
  const rules = {
    ...regionalDefault,
    id: `${city}/1`,
    city,
    number: 1,
    effectiveFrom: '2021-01-01',
    submission: 'ground',
    documentNumber: source,
    review: {
      ...review,
      panel: { value: ['FIRE'], source },
      days: { ...review.days, notice: { value: 0, source } },
    },
  };
  const made = { type: 'rule-set.made', facts: {} };
  const first = chain(`rule-set:${rules.id}`, undefined, rules, made, systemActor, at);
  const before = cityAtFirst(city);
  const known = {
    ...before,
    figures: { ...before.figures, annual: { '2021': { homes: planned, submission: 'ground' } } },
  };
  const told = { type: 'city.changed', facts: {} };
  const second = chain(`city:${city}`, undefined, known, told, systemActor, at);
  for (;;) {
    const done = await store
      .commit({
        changes: [
          { kind: 'rule-set', after: first.record, entry: first.entry },
          { kind: 'city', after: second.record, entry: second.entry },
        ],
      })
      .catch(() => undefined);
    // Stale: it was done, and its answer lost.
    if (done?.outcome === 'done' || done?.outcome === 'stale') return;
  }
}

export async function applyForRecognition(world: World, portal: Portal): Promise<void> {
  const drafters = countyOfficials().slice(0, 2);
  await Promise.all(
    drafters.map((person) =>
      portal.command(person, {
        function: 'commands',
        route: 'POST /submissions',
        body: { kind: 'recognition', county },
      }),
    ),
  );
  if (world.random.chance(0.3))
    await portal.command(drafters[0] as Official, {
      function: 'commands',
      route: 'POST /submissions',
      body: { kind: 'recognition', county },
    });
}

/** Of every project that was recognised: its owner files for something, and its government acts on the certificate. */
export async function lateLife(world: World, portal: Portal): Promise<void> {
  const records = recordsIn(world.table.engine);
  const granted = records
    .all<Head>('submission')
    .filter(({ kind, state }) => kind === 'recognition' && state === 'granted');
  await Promise.all(granted.map(({ period }) => fileAgain(world, portal, period)));
  await Promise.all(
    records.all<Certificate>('certificate').map((certificate) => actOn(world, portal, certificate)),
  );
}

async function fileAgain(world: World, portal: Portal, period: string): Promise<void> {
  const { random } = world;
  const drafters = countyOfficials().slice(0, 1 + random.below(2));
  await Promise.all(
    drafters.map((person) =>
      portal.command(person, {
        function: 'commands',
        route: 'POST /submissions',
        body: { kind: random.pick(['change', 'change', 'renewal', 'cancellation']), period },
      }),
    ),
  );
}

async function actOn(world: World, portal: Portal, { id, seq }: Certificate): Promise<void> {
  const { random, turns } = world;
  await turns.sleep(random.below(60_000));
  let revision = seq;
  for (let act = random.below(4); act > 0; act -= 1) {
    const action = random.pick(['suspend', 'resume', 'suspend', 'resume', 'revoke'] as const);
    const answer = await portal.command(decider, {
      function: 'steering',
      route: `POST /certificates/{id}/${action}`,
      path: { id },
      body: { reason: certificateActions[action].zh, document: '演政认〔2021〕2号' },
      ifMatch: `"${revision}"`,
    });
    if (isDone(answer)) revision = Number(answer.etag?.slice(1, -1));
    else revision = recordsIn(world.table.engine).record(`certificate:${id}`)?.seq ?? revision;
    await turns.sleep(random.below(20_000));
  }
}
