/** Who is to be told of a notice outside the platform, where and when; the inbox itself shows it in any case. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import type { Channel } from '../../domain/reminders/delivery.ts';
import type { Contact } from '../../domain/reminders/person.ts';
import type { Notice } from '../../domain/reminders/notice.ts';
import { putOffOf, toldOf, whenOf } from '../../domain/reminders/preferences.ts';
import type { Store } from '../ports.ts';

export interface Addressee {
  /** The person's subject; `office:<code>` is the office's own mailbox. */
  readonly sub: string;
  readonly locale: 'zh-CN' | 'en';
  /** The masks of the addresses that he gave: they are opened for the moment of sending, each by itself. */
  readonly masks: Readonly<Partial<Record<Channel, string>>>;
  /** At once, or gathered into the daily digest. */
  readonly when: 'at-once' | 'daily';
  /** The subject of the colleague on leave for whom he stands in. */
  readonly coversFor?: string;
  /** Ids of the notice's duties that he has put off: to be left out of his message. */
  readonly putOff?: readonly string[];
}

/**
 * Everyone who holds the notice's role in its office, who covers for those on leave, and the office's own mailbox. Nobody
 * appears twice; who gave neither address nor number stands there without. Who has put off all of its lines is left out.
 * @param now instant in UTC; leaves and snoozes count in civil days of Asia/Shanghai
 */
export async function addresseesOf(
  deps: { store: Store },
  notice: Notice,
  now: string,
): Promise<readonly Addressee[]> {
  const { people, mailbox, snoozes } = await deps.store.addressBook(notice.office);
  const day = civilDateOf(now);
  const told = toldOf(people, notice.role, day)
    .map((one) => ({ ...one, putOff: putOffOf(notice, one.person.sub, snoozes, day) }))
    .filter(({ putOff }) => putOff.length < notice.lines.length || (notice.tidings ?? []).length > 0);
  const persons = told.map(({ person, coversFor, putOff }): Addressee => ({
    sub: person.sub,
    locale: person.locale,
    masks: masksOf(person.contact),
    when: whenOf(person.delivery, notice),
    ...(coversFor === undefined ? {} : { coversFor }),
    ...(putOff.length === 0 ? {} : { putOff }),
  }));
  return [...persons, ...(mailbox?.contact ? [officeOf(notice.office, mailbox.contact)] : [])];
}

/** The legal minimum when nobody of the office said how to be told. */
function officeOf(office: string, contact: Contact): Addressee {
  return { sub: `office:${office}`, locale: 'zh-CN', masks: masksOf(contact), when: 'at-once' };
}

function masksOf(contact: Contact | undefined): Addressee['masks'] {
  return {
    ...(contact?.mail === undefined ? {} : { mail: contact.mail }),
    ...(contact?.phone === undefined ? {} : { sms: contact.phone }),
  };
}
