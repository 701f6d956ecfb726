/** An invitation of the fire department, for tests to change. */
import type { Head } from '../submissions/submission.ts';
import { draft } from '../submissions/sample-filing.ts';
import type { Invitation } from './invitation.ts';

/** 09:00 in Inner Mongolia. */
export const nine = '2021-10-12T01:00:00.000Z';

export function later(minutes: number, from = nine): string {
  return new Date(Date.parse(from) + minutes * 60_000).toISOString();
}

export function sampleInvitation(changes: Partial<Invitation> = {}): Invitation {
  return {
    submission: 'filing',
    number: 1,
    office: '150102-FIRE',
    version: 2,
    content: 'frozen two',
    official: { name: '苏**', phone: '139****0001', sealed: 'his name and number' },
    state: 'sent',
    validUntil: later(5 * 24 * 60),
    createdAt: nine,
    tokenHash: 'hash of the link',
    link: { state: 'waiting', sealed: 'the link' },
    codes: [],
    seq: 1,
    hash: '',
    ...changes,
  };
}

/** The filing that it is about, in its joint review. */
export function sampleReview(changes: Partial<Head> = {}): Head {
  return draft({
    kind: 'recognition',
    path: 'joint-review',
    county: '150102',
    state: 'in-review',
    version: 2,
    frozen: 2,
    frozenHash: 'frozen two',
    ...changes,
  });
}
