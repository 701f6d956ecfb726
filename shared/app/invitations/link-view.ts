/** What a link tells before the code: which kind of filing, for which department, to whose number, until when. No content, no name. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import { standings } from '../../domain/invitations/invitation.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import type { Found } from './find.ts';

export function linkView({ invitation, head, standing }: Found) {
  const { number, office, official, state, validUntil } = invitation;
  const kind = kindOf(head.kind)?.name ?? { zh: head.kind, en: head.kind };
  const county = officeOf(head.county ?? '');
  const department = officeOf(office);
  const day = civilDateOf(head.receivedAt ?? invitation.createdAt);
  return {
    number,
    about: {
      zh: `${county?.zh ?? ''}${day}收到的“${kind.zh}”`,
      en: `${kind.en}, received ${day}, ${county?.en ?? ''}`,
    },
    department: { zh: department?.zh ?? office, en: department?.en ?? office },
    phone: official.phone,
    state,
    standing,
    standingText: standings[standing],
    validUntil,
  };
}
