/** What must hold between records: filings and their places, duties, publications, reminders, documents. */
import { civilDateOf } from '../../shared/kernel/civil-date.ts';
import type { City } from '../../shared/domain/cities/city.ts';
import type { Document } from '../../shared/domain/documents/document.ts';
import { objectKeyOf } from '../../shared/domain/documents/keys.ts';
import type { Obligation, ObligationItem } from '../../shared/domain/duties/obligation.ts';
import type { Delivery } from '../../shared/domain/reminders/delivery.ts';
import type { Notice } from '../../shared/domain/reminders/notice.ts';
import type { Reminder } from '../../shared/domain/reminders/reminder.ts';
import { placeOf } from '../../shared/domain/submissions/kind.ts';
import { kindOf } from '../../shared/domain/submissions/kinds/index.ts';
import { states, type Head } from '../../shared/domain/submissions/submission.ts';
import type { Records } from './records.ts';
import type { Uploads } from './uploads.ts';
import type { World } from './world.ts';

/** One place for a city, kind and period: at most one filing under way and one in force, and the place knows them. */
export function filingFaults(records: Records): string[] {
  const heads = records.all<Head>('submission');
  const groups = Map.groupBy(heads, ({ owner, kind, period }) => `${owner} ${placed(kind)} ${period}`);
  return [...groups].flatMap(([place, filings]) => {
    const slot = records.slots.find(({ owner, kind, period }) => `${owner} ${kind} ${period}` === place);
    const underWay = filings.filter(({ state }) => !states[state].final).map(({ id }) => id);
    const inForce = filings
      .filter(
        ({ kind, state }) =>
          state === 'published' ||
          state === 'acknowledged' ||
          // What concerns a project leaves the place to the next.
          (state === 'granted' && placed(kind) === kind),
      )
      .map(({ id }) => id);
    const same = (is: string | undefined, should: readonly string[]): boolean =>
      should.length <= 1 && is === should[0];
    return same(slot?.underWay, underWay) && same(slot?.inForce, inForce)
      ? []
      : [
          `place: ${place} holds ${JSON.stringify(slot)}, under way ${underWay.join()}, in force ${inForce.join()}`,
        ];
  });
}

function placed(kind: string): string {
  const known = kindOf(kind);
  return known ? placeOf(known) : kind;
}

/** What a duty says of its items is what the city's filings say. */
export function duty(obligation: Obligation, records: Records): string[] {
  const city = records.record(`city:${obligation.city}`) as City | undefined;
  const heads = records.all<Head>('submission').filter(({ owner }) => owner === obligation.city);
  return obligation.items.flatMap((item) => {
    const filing = heads.find(
      ({ kind, period, state }) => kind === item.kind && period === item.period && received.has(state),
    );
    const fault = itemFault(obligation, item, filing, city?.development === 'not-developing');
    return fault === undefined ? [] : [`duty: ${obligation.city} ${item.kind} is ${item.state}: ${fault}`];
  });
}

const received = new Set([
  'submitted',
  'in-review',
  'awaiting-consent',
  'approved',
  'published',
  'acknowledged',
]);

function itemFault(
  { dueBefore }: Obligation,
  { state, at }: ObligationItem,
  filing: Head | undefined,
  notDeveloping: boolean,
): string | undefined {
  switch (state) {
    case 'open':
      if (filing) return `${filing.id} was received`;
      return notDeveloping ? 'the city does not develop' : undefined;
    case 'closed':
      return notDeveloping ? undefined : 'the city develops';
    case 'fulfilled':
    case 'fulfilled-late':
      if (!filing) return 'nothing was received';
      if (at !== filing.receivedAt) return `by ${at ?? ''}, received ${filing.receivedAt ?? ''}`;
      return (at ?? '') < dueBefore === (state === 'fulfilled') ? undefined : `received ${at ?? ''}`;
  }
}

/** The public sees what is in force, all of it and nothing else. */
export function publicationFaults(records: Records): string[] {
  const should = records
    .all<Head>('submission')
    .filter(({ state, kind }) => state === 'published' && kindOf(kind)?.published)
    .map(({ id }) => id);
  const is = records.items
    .filter(({ PK }) => PK === 'PUBLIC#plans')
    .map((item) =>
      String((item['data'] as { submission?: string } | undefined)?.submission ?? item['submission']),
    );
  return [
    ...should.filter((id) => !is.includes(id)).map((id) => `public: ${id} is not shown`),
    ...is.filter((id) => !should.includes(id)).map((id) => `public: ${id} is shown and not in force`),
  ];
}

/** What was told stands in a notice, once; what is recorded as sent was taken by the mail server. */
export function reminderFaults(records: Records, { mailbox, now }: World): string[] {
  const of = <T>(part: string): T[] =>
    records.items.filter(({ SK }) => String(SK).startsWith(part)).map(({ data }) => data as T);
  const notices = records.all<Notice>('notice');
  const told = of<Reminder>('REM#').filter(({ outcome }) => outcome === 'noticed');
  const lines = notices.flatMap(({ office, role, day, lines: inIt }) =>
    inIt.map(({ obligation, point }) => [office, role, day, obligation, point].join(' ')),
  );
  const untold = told.filter(
    ({ office, role, at, obligation }) =>
      !lines.some((line) => line.startsWith([office, role, civilDateOf(at), obligation].join(' '))),
  );
  const deliveries = of<Delivery>('DLV#');
  return [
    ...untold.map(({ office, point }) => `reminder: ${point} of ${office} stands in no notice`),
    ...(new Set(lines).size === lines.length ? [] : ['reminder: a line stands in a notice twice']),
    ...deliveries
      .filter(({ state, message }) => state === 'sent' && !mailbox.taken.has(message))
      .map(({ message }) => `delivery: ${message} was never sent`),
    ...deliveries
      .filter(({ state, nextAt = '' }) => state === 'pending' && Date.parse(nextAt) < now - 2 * 3_600_000)
      .map(({ message, nextAt }) => `delivery: ${message} is left behind since ${nextAt ?? ''}`),
  ];
}

/** Only what the scanner called clean is available, and nothing else lies in the clean bucket. */
export function documentFaults(records: Records, { buckets }: World, { verdicts }: Uploads): string[] {
  const documents = records.all<Document>('document');
  const clean = new Set(documents.filter(({ state }) => state === 'available').map(objectKeyOf));
  const faults = documents.flatMap((document) => {
    const key = objectKeyOf(document);
    if (document.state === 'checking') return [`document: ${key} is checked for ever`];
    if (document.state !== 'available') return [];
    const verdict = verdicts.get(`${key}@${document.objectVersion ?? ''}`);
    if (verdict !== 'clean')
      return [`document: ${key} is available, and the scanner said ${verdict ?? 'nothing'}`];
    return buckets.clean.has(key) ? [] : [`document: ${key} is available and lies nowhere`];
  });
  return [
    ...faults,
    ...[...buckets.clean.keys()]
      .filter((key) => !clean.has(key))
      .map((key) => `document: ${key} is clean for nobody`),
    ...[...buckets.lying.keys()].map((key) => `document: ${key} was left in quarantine`),
  ];
}
