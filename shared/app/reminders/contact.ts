/** What is sealed of a person or an office, and the masks that lie beside it. */
import { maskMail, maskPhone } from '../../kernel/masking.ts';
import type { Contact, Reach } from '../../domain/reminders/person.ts';
import type { PersonalData } from '../ports.ts';

/** Binds a cipher to its record: moved to another person it cannot be opened. */
export const contactContext = {
  person: (office: string, sub: string): string => `person:${office}/${sub}:contact`,
  mailbox: (office: string): string => `mailbox:${office}:contact`,
} as const;

/** What was sealed; nothing when there is nothing. */
export async function reachOf(
  deps: { personalData: PersonalData },
  contact: Contact | undefined,
  context: string,
): Promise<Reach> {
  if (!contact) return {};
  const { mail, phone } = await deps.personalData.open(contact.sealed, context);
  return { ...(mail ? { mail } : {}), ...(phone ? { phone } : {}) };
}

/** What a form says of an address or a number: absent, it stays (the form shows it masked); empty, it goes. */
export interface ReachInput {
  readonly mail?: string | undefined;
  readonly phone?: string | undefined;
}

/**
 * The contact after a form, and the names of what changed in it.
 * @param before as it is kept; the very same comes back when nothing changes, since a cipher is never twice the same
 */
export async function contactWith(
  deps: { personalData: PersonalData },
  before: Contact | undefined,
  input: ReachInput,
  context: string,
): Promise<{ readonly contact?: Contact; readonly fields: readonly ('mail' | 'phone')[] }> {
  const known = await reachOf(deps, before, context);
  const fields = (['mail', 'phone'] as const).filter(
    (field) => input[field] !== undefined && input[field] !== (known[field] ?? ''),
  );
  if (fields.length === 0) return { ...(before ? { contact: before } : {}), fields };
  const mail = input.mail ?? known.mail ?? '';
  const phone = input.phone ?? known.phone ?? '';
  if (mail === '' && phone === '') return { fields };
  const plain = { ...(mail === '' ? {} : { mail }), ...(phone === '' ? {} : { phone }) };
  const masks = {
    ...(mail === '' ? {} : { mail: maskMail(mail) }),
    ...(phone === '' ? {} : { phone: maskPhone(phone) }),
  };
  return { contact: { ...masks, sealed: await deps.personalData.seal(plain, context) }, fields };
}
