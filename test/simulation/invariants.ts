/** What must always hold, asked of a history that has come to its end. Each check names what it found, or nothing. */
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { desksOf } from '../../shared/app/desk-changes.ts';
import { deskOf } from '../../shared/app/duties/duty-desks.ts';
import { bytesOf, resultOf } from '../../shared/app/evaluation/carry-out.ts';
import { checkCounters } from '../../shared/app/evaluation/check-counters.ts';
import { linesOf } from '../../shared/app/evaluation/run-commit.ts';
import type { DeskEntry } from '../../shared/app/ports.ts';
import { systemActor, type AuditEntry } from '../../shared/domain/audit/entry.ts';
import { verifyAgainstTip, verifyChain } from '../../shared/domain/audit/verify.ts';
import { builtInCalendar } from '../../shared/domain/calendar/working-days.ts';
import type { Obligation } from '../../shared/domain/duties/obligation.ts';
import type { EvaluationRun } from '../../shared/domain/evaluation/run.ts';
import { kindOf } from '../../shared/domain/submissions/kinds/index.ts';
import type { Head } from '../../shared/domain/submissions/submission.ts';
import {
  documentFaults,
  duty,
  filingFaults,
  publicationFaults,
  reminderFaults,
} from './invariants-of-records.ts';
import { projectFaults } from './invariants-of-projects.ts';
import { tableName } from './functions.ts';
import type { Portal } from './portal.ts';
import { recordsIn, type Records } from './records.ts';
import type { Uploads } from './uploads.ts';
import type { World } from './world.ts';

export interface Judgement {
  readonly violations: readonly string[];
  readonly ended: Readonly<Record<string, number>>;
}

export async function violationsOf(world: World, portal: Portal, uploads: Uploads): Promise<Judgement> {
  const records = recordsIn(world.table.engine);
  const violations = [
    ...chainFaults(records, world),
    ...acknowledgedFaults(records, portal),
    ...onceFaults(records),
    ...deskFaults(records),
    ...filingFaults(records),
    ...records.all<Obligation>('obligation').flatMap((one) => duty(one, records)),
    ...publicationFaults(records),
    ...reminderFaults(records, world),
    ...documentFaults(records, world, uploads),
    ...projectFaults(records),
  ];
  // The rest reads through the code under test, so it takes turns as that does.
  world.turns.begin(async () => {
    violations.push(...(await counterFaults(records, world)), ...(await reportFaults(records, world)));
  });
  await world.turns.run();
  const heads = records.all<Head>('submission');
  const ended = Object.fromEntries(
    [...Map.groupBy(heads, ({ state }) => state)].map(([state, of]) => [state, of.length]),
  );
  return { violations, ended };
}

/** No state change without its entry, no entry without its change; and the journal has all of them. */
function chainFaults(records: Records, { buckets }: World): string[] {
  const journal = new Map<string, string>();
  for (const batch of buckets.journal.values())
    for (const { record, seq, hash } of JSON.parse(batch) as AuditEntry[])
      journal.set(`${record} ${seq}`, hash);
  const faults: string[] = [];
  for (const [name, entries] of records.chains) {
    const record = records.record(name);
    if (!record) faults.push(`${name} has entries and no record`);
    const fault = verifyChain(name, entries, record);
    if (fault) faults.push(`chain: ${JSON.stringify(fault)}`);
    for (const { seq, hash } of entries)
      if (journal.get(`${name} ${seq}`) !== hash)
        faults.push(`journal: ${name} ${seq} is missing or another`);
  }
  const newest = [...buckets.rootsKept.values()].at(-1);
  for (const tip of newest ? (buckets.tips.get(`${newest.day}.${newest.tipsHash}`) ?? []) : []) {
    const fault = verifyAgainstTip(tip, records.chains.get(tip.record) ?? []);
    if (fault) faults.push(`root: ${JSON.stringify(fault)}`);
  }
  const known = [...records.chains.values()].reduce((sum, entries) => sum + entries.length, 0);
  if (journal.size > known) faults.push(`journal: ${journal.size} entries, the table has ${known}`);
  return faults;
}

/** What was acknowledged is there, and says so again. */
function acknowledgedFaults({ receipts, chains }: Records, { acknowledged }: Portal): string[] {
  const byKey = new Map(receipts.map((receipt) => [`${receipt.sub} ${receipt.key}`, receipt]));
  return acknowledged.flatMap(({ by, key, route, path, answer }) => {
    const receipt = byKey.get(`${by.sub} ${key}`);
    if (!receipt) return [`lost: ${route} of ${by.sub} was acknowledged and left no receipt`];
    if (route.includes('/documents') || !route.startsWith('POST /submissions')) return [];
    const id = path?.['id'] ?? String(answer.body['id']);
    const entry = chains.get(`submission:${id}`)?.[Number(answer.etag?.slice(1, -1)) - 1];
    return entry?.by.sub === by.sub
      ? []
      : [`lost: ${route} of ${by.sub} was acknowledged and has no entry of his`];
  });
}

/** Every entry that a person caused comes from one command, and every command has caused one. */
function onceFaults({ receipts, chains }: Records): string[] {
  const caused = new Map<string, number>();
  for (const { answer } of receipts) {
    const { id } = (answer.body ?? {}) as { id?: string };
    const name = `submission:${id ?? ''} ${answer.etag ?? ''}`;
    caused.set(name, (caused.get(name) ?? 0) + 1);
  }
  return [...chains].flatMap(([name, entries]) =>
    entries.flatMap(({ seq, by, type }) => {
      if (!name.startsWith('submission:') || by.sub === systemActor.sub || type === 'submission.superseded')
        return [];
      const commands = caused.get(`${name} "${seq}"`) ?? 0;
      return commands === 1 ? [] : [`once: ${type} ${name} ${seq} comes from ${commands} commands`];
    }),
  );
}

/** The desks show what waits, all of it and nothing else. */
function deskFaults(records: Records): string[] {
  const calendar = builtInCalendar();
  const should = [
    ...records.all<Head>('submission').flatMap((head) => {
      const kind = kindOf(head.kind);
      return kind ? desksOf(head, kind, calendar) : [];
    }),
    ...records.all<Obligation>('obligation').flatMap(deskOf),
    ...records.all<EvaluationRun>('evaluation').flatMap(linesOf),
  ].map(lineOf);
  const is = records.desks.map(lineOf);
  return [
    ...should.filter((line) => !is.includes(line)).map((line) => `desk: missing ${line}`),
    ...is.filter((line) => !should.includes(line)).map((line) => `desk: left behind ${line}`),
    ...(new Set(is).size === is.length ? [] : ['desk: a line lies there twice']),
  ];
}

function lineOf({ office, role, task, record, due }: DeskEntry): string {
  return [office, role, task, record, due ?? ''].join(' ');
}

async function counterFaults(records: Records, { table, now }: World): Promise<string[]> {
  const store = dynamoStore(table.client, tableName, () => new Date(now).toISOString());
  async function* names(): AsyncIterable<string> {
    for (const name of records.chains.keys()) yield await Promise.resolve(name);
  }
  const { faults } = await checkCounters(
    { store, counters: dynamoCounters(table.client, tableName) },
    names(),
  );
  return faults.map((fault) => `counter: ${JSON.stringify(fault)}`);
}

/** A run that is ready recomputes to the same bytes from what was frozen. */
async function reportFaults(records: Records, { table, buckets, now }: World): Promise<string[]> {
  const store = dynamoStore(table.client, tableName, () => new Date(now).toISOString());
  const faults: string[] = [];
  for (const run of records.all<EvaluationRun>('evaluation')) {
    if (run.state !== 'ready') faults.push(`run: ${run.id} stays ${run.state}`);
    else {
      const again = bytesOf(await resultOf({ store, files: buckets.evaluations }, run));
      const kept = buckets.files.get(run.result?.key ?? '');
      if (!kept || !Buffer.from(kept).equals(Buffer.from(again)))
        faults.push(`run: ${run.id} recomputes to other bytes`);
      for (const form of Object.values(run.forms))
        if (!buckets.files.has(form.key)) faults.push(`run: ${run.id} has lost a form`);
    }
  }
  return faults;
}
