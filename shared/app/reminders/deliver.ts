/**
 * Delivers notices by mail and text message. An order makes the deliveries of one notice, each recorded once, and sends
 * those that go at once; a run every hour sends what is gathered for the day and tries again what failed.
 */
import type { AuditEntry } from '../../domain/audit/entry.ts';
import {
  afterAttempt,
  claimed,
  messageName,
  nextDigest,
  type Delivery,
  type Outcome,
} from '../../domain/reminders/delivery.ts';
import { isOpen } from '../../domain/duties/obligation.ts';
import { mailOf, shortOf, type Mail, type Part } from '../../domain/reminders/message.ts';
import { tidingKey, type Tiding } from '../../domain/reminders/tiding.ts';
import type { Notice, NoticeLine } from '../../domain/reminders/notice.ts';
import { channels, type Channel } from '../../domain/reminders/delivery.ts';
import type { Now, PersonalData, Store } from '../ports.ts';
import { addresseesOf } from './addressees.ts';
import { contactContext, reachOf } from './contact.ts';

export interface Mailer {
  /**
   * @param key the same for the same message: it becomes the Message-ID
   * @param threads the correlation ids that led to it; none of a mail of before
   */
  send(to: string, mail: Mail, key: string, threads: readonly string[]): Promise<Outcome>;
}

export interface TextMessages {
  send(to: string, text: string, key: string, at: string): Promise<Outcome>;
}

export interface DeliveryRecords {
  /** Puts a new record; false when it is there already. */
  begin(delivery: Delivery): Promise<boolean>;
  /** Replaces records that are as they were read, all or none; false when another was faster. */
  replace(changes: readonly { readonly before: Delivery; readonly after: Delivery }[]): Promise<boolean>;
  /** What is to be sent by an instant. */
  due(now: string): Promise<readonly Delivery[]>;
  /** All deliveries of one day's notice. */
  of(office: string, role: string, day: string): Promise<readonly Delivery[]>;
}

export interface DeliverDeps {
  readonly store: Store;
  readonly personalData: PersonalData;
  readonly records: DeliveryRecords;
  /** Absent: the channel is not set up, and nothing is recorded for it. */
  readonly mailer?: Mailer;
  readonly texts?: TextMessages;
  readonly now: Now;
  /** Where people sign in; `/inbox/<day>` is added. */
  readonly portal: string;
}

/**
 * @param entry a `notice.made` event
 * @returns what was given up for good, which somebody should know of
 */
export async function deliverNotice(deps: DeliverDeps, entry: AuditEntry): Promise<readonly Delivery[]> {
  const {
    office,
    role,
    day,
    duties,
    tidings = [],
  } = entry.facts as {
    office: string;
    role: string;
    day: string;
    duties: readonly { readonly obligation: string }[];
    tidings?: readonly Pick<Tiding, 'certificate' | 'event'>[];
  };
  const notice = await deps.store.notice(office, role, day);
  const told = new Set(duties.map(({ obligation }) => obligation));
  const lines = notice?.lines.filter(({ obligation }) => told.has(obligation)) ?? [];
  const keys = new Set(tidings.map(tidingKey));
  const news = notice?.tidings?.filter((one) => keys.has(tidingKey(one))) ?? [];
  if (!notice || lines.length + news.length === 0) return [];
  const now = deps.now();
  const atOnce: Delivery[] = [];
  for (const addressee of await addresseesOf(deps, { ...notice, lines, tidings: news }, now)) {
    const { sub, locale, coversFor, masks, putOff = [] } = addressee;
    const obligations = [...told].filter((id) => !putOff.includes(id));
    for (const channel of channels) {
      const to = masks[channel];
      if (to === undefined || !isSetUp(deps, channel)) continue;
      const gathered = addressee.when === 'daily';
      const morning = gathered ? nextDigest(now) : undefined;
      const named = { office, role, day, notice: entry.seq, channel, sub };
      const unnamed: Omit<Delivery, 'message'> = {
        ...named,
        ...{ locale, to, gathered, obligations },
        ...(coversFor === undefined ? {} : { coversFor }),
        ...(news.length > 0 ? { tidings: news.map(tidingKey) } : {}),
        state: 'pending',
        attempts: [],
        nextAt: morning ?? now,
        createdAt: now,
        ...(entry.correlationId === undefined ? {} : { correlationId: entry.correlationId }),
      };
      const fresh: Delivery = { ...unnamed, message: messageName(unnamed, morning) };
      // There already: this order came before, and what it left open the next run finds.
      if ((await deps.records.begin(fresh)) && !gathered) atOnce.push(fresh);
    }
  }
  const givenUp: Delivery[] = [];
  for (const delivery of atOnce) givenUp.push(...(await sendTogether(deps, [delivery])));
  return givenUp;
}

/** Sends what is due. What hinders one message hinders no other. */
export async function deliverDue(deps: DeliverDeps): Promise<Delivered> {
  const due = await deps.records.due(deps.now());
  const givenUp: Delivery[] = [];
  const hindered: unknown[] = [];
  for (const group of Map.groupBy(due, ({ message }) => message).values()) {
    try {
      givenUp.push(...(await sendTogether(deps, group)));
    } catch (error) {
      hindered.push(error);
    }
  }
  return { count: due.length, givenUp, hindered };
}

export interface Delivered {
  readonly count: number;
  /** What was given up for good. */
  readonly givenUp: readonly Delivery[];
  /** What went wrong besides: it is tried again. */
  readonly hindered: readonly unknown[];
}

function isSetUp({ mailer, texts }: DeliverDeps, channel: Channel): boolean {
  return channel === 'mail' ? mailer !== undefined : texts !== undefined;
}

/** One message for the deliveries that share it: taken up, sent and recorded together. */
async function sendTogether(deps: DeliverDeps, group: readonly Delivery[]): Promise<readonly Delivery[]> {
  const now = deps.now();
  const taken = group.map((delivery) => claimed(delivery, now));
  const [first] = taken;
  const isMine = await deps.records.replace(group.map((before) => ({ before, after: claimed(before, now) })));
  if (!first || !isMine) return [];
  const wanted: (StillToTell & { readonly delivery: Delivery })[] = [];
  const done: Delivery[] = [];
  for (const delivery of taken) {
    const { lines, tidings } = await stillToTell(deps, delivery);
    if (lines.length + tidings.length > 0) wanted.push({ delivery, lines, tidings });
    else done.push(delivery);
  }
  const address = wanted.length > 0 ? await addressOf(deps, first) : undefined;
  if (address === undefined) {
    // Fulfilled meanwhile, or he has taken his address away: nothing is owed any more.
    await record(
      deps,
      taken.map((before) => ({ before, after: settled(before) })),
    );
    return [];
  }
  const parts = wanted.map(({ delivery: { office, role, coversFor }, lines, tidings }): Part => ({
    office,
    role,
    lines,
    tidings,
    ...(coversFor === undefined ? {} : { coversFor }),
  }));
  const result: Outcome =
    address === unreadable
      ? { outcome: 'failed', reason: 'unreadable-address' }
      : await sendBy(deps, first, parts, address, threadsOf(wanted.map(({ delivery }) => delivery)));
  const at = deps.now();
  const after = wanted.map(({ delivery }) => ({
    before: delivery,
    after: afterAttempt(delivery, result, at),
  }));
  await record(deps, [...after, ...done.map((before) => ({ before, after: settled(before) }))]);
  return after.map((one) => one.after).filter(({ state }) => state === 'failed');
}

/** @throws Error when the records are not as they were claimed: then the message may be sent again, under the same name */
async function record(
  deps: DeliverDeps,
  changes: readonly { readonly before: Delivery; readonly after: Delivery }[],
): Promise<void> {
  if (!(await deps.records.replace(changes)))
    throw new Error(`A delivery took longer than its claim: ${changes[0]?.before.message ?? ''}`);
}

function settled(delivery: Delivery): Delivery {
  const { nextAt: _next, ...rest } = delivery;
  return { ...rest, state: 'not-needed' };
}

/** A digest tells of many events; so many ids are enough to go by. */
const mostThreads = 10;

function threadsOf(deliveries: readonly Delivery[]): readonly string[] {
  return [...new Set(deliveries.flatMap(({ correlationId }) => correlationId ?? []))].slice(0, mostThreads);
}

async function sendBy(
  deps: DeliverDeps,
  first: Delivery,
  parts: readonly Part[],
  address: string,
  threads: readonly string[],
): Promise<Outcome> {
  const off: Outcome = { outcome: 'failed', reason: 'channel-off' };
  if (first.channel === 'sms')
    return (await deps.texts?.send(address, shortOf(parts, first.locale), first.message, deps.now())) ?? off;
  const mail = mailOf(parts, first.locale, `${deps.portal}/inbox/${first.day}`);
  return (await deps.mailer?.send(address, mail, first.message, threads)) ?? off;
}

/** Stands for an address that cannot be opened: its key may be missing, or its cipher damaged. */
const unreadable = Symbol('unreadable');

/** Where he is reached now; undefined when he has taken the address away meanwhile. */
async function addressOf(
  deps: DeliverDeps,
  { office, sub, channel }: Delivery,
): Promise<string | typeof unreadable | undefined> {
  const shared = sub === `office:${office}`;
  const kept = shared ? await deps.store.mailbox(office) : await deps.store.person(office, sub);
  const context = shared ? contactContext.mailbox(office) : contactContext.person(office, sub);
  try {
    const reach = await reachOf(deps, kept?.contact, context);
    return channel === 'mail' ? reach.mail : reach.phone;
  } catch {
    // It says nothing of the others, and is tried again like any failure.
    return unreadable;
  }
}

interface StillToTell {
  readonly lines: readonly NoticeLine[];
  readonly tidings: readonly Tiding[];
}

/** What was fulfilled or closed since the notice was made needs no message; a tiding stays one. */
async function stillToTell(deps: DeliverDeps, delivery: Delivery): Promise<StillToTell> {
  const notice: Notice | undefined = await deps.store.notice(delivery.office, delivery.role, delivery.day);
  const told = new Set(delivery.obligations);
  const open: NoticeLine[] = [];
  for (const line of notice?.lines.filter(({ obligation }) => told.has(obligation)) ?? []) {
    const duty = await deps.store.obligation(line.obligation);
    if (duty && isOpen(duty)) open.push(line);
  }
  const tidings = notice?.tidings?.filter((one) => delivery.tidings?.includes(tidingKey(one))) ?? [];
  return { lines: open, tidings };
}
