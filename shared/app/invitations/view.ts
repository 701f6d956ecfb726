/** An invitation as the lead of the review sees it. */
import { departmentOf } from '../../domain/identity/departments.ts';
import { officePlaceOf } from '../../domain/identity/office-place.ts';
import {
  invitationStates,
  linkStates,
  standingOf,
  standings,
  type Invitation,
} from '../../domain/invitations/invitation.ts';
import type { Head } from '../../domain/submissions/submission.ts';

export function invitationView(invitation: Invitation, head: Head, now: string): unknown {
  const { number, office, version, official, state, validUntil, createdAt, link, codes, endedAt, opinion } =
    invitation;
  const standing = standingOf(invitation, head, now);
  const department = departmentOf(officePlaceOf(office)?.department ?? '');
  return {
    number,
    office,
    department: { zh: department?.zh ?? office, en: department?.en ?? office },
    official: { name: official.name, phone: official.phone },
    version,
    state,
    stateText: { zh: invitationStates[state].zh, en: invitationStates[state].en },
    standing,
    standingText: standings[standing],
    link: link.state,
    linkText: linkStates[link.state],
    codesAsked: codes.length,
    createdAt,
    validUntil,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(opinion === undefined ? {} : { opinion }),
    revision: invitation.seq,
  };
}
