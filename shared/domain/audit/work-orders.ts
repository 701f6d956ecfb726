/**
 * What is handed on (交办): events after which someone else has work to do that takes its time, by the desk that does it. AWS
 * lets two readers at a stream; the journal and the follow-up are those two, and the follow-up hands on.
 */
import type { AuditEntry } from './entry.ts';

export const workDesks = ['reports', 'delivery', 'certificates'] as const;
export type WorkDesk = (typeof workDesks)[number];

const handedOn: Readonly<Record<string, WorkDesk>> = {
  'evaluation.requested': 'reports',
  'evaluation.resumed': 'reports',
  'evaluation.published': 'reports',
  'notice.made': 'delivery',
  'invitation.sent': 'delivery',
  'invitation.code-asked': 'delivery',
  'certificate.decided': 'certificates',
  'certificate.amended': 'certificates',
  'certificate.renewed': 'certificates',
  'certificate.issued': 'certificates',
  'certificate.version-issued': 'certificates',
};

/** The desk that has work to do after this event, if any. */
export function deskFor({ type }: Pick<AuditEntry, 'type'>): WorkDesk | undefined {
  return handedOn[type];
}

/** The order's name: the same event is the same order, however often it is handed on. */
export function orderName(desk: WorkDesk, { record, seq }: Pick<AuditEntry, 'record' | 'seq'>): string {
  return `${desk}/${record.replaceAll(/[^\w.-]/g, '_')}/${String(seq).padStart(6, '0')}.json`;
}
