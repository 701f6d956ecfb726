/**
 * Delivers notices by mail and text message. An order makes the deliveries of one notice, each recorded once, and sends
 * those that go at once; a run every hour sends what is gathered for the day and tries again what failed.
 */
import type { AuditEntry } from '../../domain/audit/entry.ts';
import {
  afterAttempt,
  deliveryKey,
  nextDigest,
  type Delivery,
  type Outcome,
} from '../../domain/reminders/delivery.ts';
import { isOpen } from '../../domain/duties/obligation.ts';
import { mailOf, shortOf, type Mail, type Part } from '../../domain/reminders/message.ts';
import type { Notice, NoticeLine } from '../../domain/reminders/notice.ts';
import { channels, type Channel } from '../../domain/reminders/delivery.ts';
import { maskMail, maskPhone } from '../../kernel/masking.ts';
import type { Now, PersonalData, Store } from '../ports.ts';
import { addresseesOf } from './addressees.ts';
import { contactContext, reachOf } from './contact.ts';

export interface Mailer {
  /** @param key the same for the same message: it becomes the Message-ID */
  send(to: string, mail: Mail, key: string): Promise<Outcome>;
}

export interface TextMessages {
  send(to: string, text: string, key: string, at: string): Promise<Outcome>;
}

export interface DeliveryRecords {
  /** Puts a new record; false when it is there already. */
  begin(delivery: Delivery): Promise<boolean>;
  /** Replaces a record that has had so many attempts; false when another was faster. */
  replace(before: Delivery, after: Delivery): Promise<boolean>;
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
  const { office, role, day, duties } = entry.facts as {
    office: string;
    role: string;
    day: string;
    duties: readonly { readonly obligation: string }[];
  };
  const notice = await deps.store.notice(office, role, day);
  const told = new Set(duties.map(({ obligation }) => obligation));
  const lines = notice?.lines.filter(({ obligation }) => told.has(obligation)) ?? [];
  if (!notice || lines.length === 0) return [];
  const now = deps.now();
  const atOnce: Delivery[] = [];
  for (const addressee of await addresseesOf(deps, { ...notice, lines }, now)) {
    const { sub, locale, coversFor, mail, phone, putOff = [] } = addressee;
    const masks = {
      ...(mail === undefined ? {} : { mail: maskMail(mail) }),
      ...(phone === undefined ? {} : { sms: maskPhone(phone) }),
    };
    const obligations = [...told].filter((id) => !putOff.includes(id));
    for (const channel of channels) {
      const to = masks[channel];
      if (to === undefined || !isSetUp(deps, channel)) continue;
      const gathered = addressee.when === 'daily';
      const fresh: Delivery = {
        ...{ office, role, day, notice: entry.seq, channel, sub, locale, to, gathered },
        ...(coversFor === undefined ? {} : { coversFor }),
        obligations,
        state: 'pending',
        attempts: [],
        nextAt: gathered ? nextDigest(now) : now,
        createdAt: now,
      };
      // There already: this order came before, and what it left open the next run finds.
      if ((await deps.records.begin(fresh)) && !gathered) atOnce.push(fresh);
    }
  }
  const givenUp: Delivery[] = [];
  for (const delivery of atOnce) givenUp.push(...(await sendTogether(deps, [delivery])));
  return givenUp;
}

/** Sends what is due; what is gathered for one person goes together. */
export async function deliverDue(
  deps: DeliverDeps,
): Promise<{ readonly count: number; readonly givenUp: readonly Delivery[] }> {
  const due = await deps.records.due(deps.now());
  const groups = Map.groupBy(due, (one) =>
    one.gathered && one.attempts.length === 0
      ? `${one.office} ${one.sub} ${one.channel}`
      : JSON.stringify([one.office, one.role, one.day, one.notice, one.channel, one.sub]),
  );
  const givenUp: Delivery[] = [];
  for (const group of groups.values()) givenUp.push(...(await sendTogether(deps, group)));
  return { count: due.length, givenUp };
}

function isSetUp({ mailer, texts }: DeliverDeps, channel: Channel): boolean {
  return channel === 'mail' ? mailer !== undefined : texts !== undefined;
}

/** One message for several deliveries of one person by one channel. */
async function sendTogether(deps: DeliverDeps, group: readonly Delivery[]): Promise<readonly Delivery[]> {
  const [first] = group;
  if (!first) return [];
  const wanted: { readonly delivery: Delivery; readonly lines: readonly NoticeLine[] }[] = [];
  for (const delivery of group) {
    const lines = await linesStillOpen(deps, delivery);
    if (lines.length > 0) wanted.push({ delivery, lines });
    else await deps.records.replace(delivery, settled(delivery));
  }
  if (wanted.length === 0) return [];
  const address = await addressOf(deps, first);
  const parts = wanted.map(({ delivery: { office, role, coversFor }, lines }): Part => ({
    office,
    role,
    lines,
    ...(coversFor === undefined ? {} : { coversFor }),
  }));
  const result: Outcome =
    address === undefined
      ? { outcome: 'refused', reason: 'no-address' }
      : await sendBy(deps, first, parts, address);
  const givenUp: Delivery[] = [];
  for (const { delivery } of wanted) {
    const after = afterAttempt(delivery, result, deps.now());
    await deps.records.replace(delivery, after);
    if (after.state === 'failed') givenUp.push(after);
  }
  return givenUp;
}

function settled(delivery: Delivery): Delivery {
  const { nextAt: _next, ...rest } = delivery;
  return { ...rest, state: 'not-needed' };
}

async function sendBy(
  deps: DeliverDeps,
  first: Delivery,
  parts: readonly Part[],
  address: string,
): Promise<Outcome> {
  const key = deliveryKey(first);
  const lines = parts.flatMap((part) => part.lines);
  if (first.channel === 'sms')
    return (
      (await deps.texts?.send(address, shortOf(lines, first.locale), key, deps.now())) ?? {
        outcome: 'failed',
        reason: 'channel-off',
      }
    );
  const mail = mailOf(parts, first.locale, `${deps.portal}/inbox/${first.day}`);
  return (await deps.mailer?.send(address, mail, key)) ?? { outcome: 'failed', reason: 'channel-off' };
}

/** Where he is reached now; undefined when he has taken the address away meanwhile. */
async function addressOf(deps: DeliverDeps, { office, sub, channel }: Delivery): Promise<string | undefined> {
  const shared = sub === `office:${office}`;
  const kept = shared ? await deps.store.mailbox(office) : await deps.store.person(office, sub);
  const context = shared ? contactContext.mailbox(office) : contactContext.person(office, sub);
  const reach = await reachOf(deps, kept?.contact, context);
  return channel === 'mail' ? reach.mail : reach.phone;
}

/** What was fulfilled or closed since the notice was made needs no message. */
async function linesStillOpen(deps: DeliverDeps, delivery: Delivery): Promise<readonly NoticeLine[]> {
  const notice: Notice | undefined = await deps.store.notice(delivery.office, delivery.role, delivery.day);
  const told = new Set(delivery.obligations);
  const open: NoticeLine[] = [];
  for (const line of notice?.lines.filter(({ obligation }) => told.has(obligation)) ?? []) {
    const duty = await deps.store.obligation(line.obligation);
    if (duty && isOpen(duty)) open.push(line);
  }
  return open;
}
