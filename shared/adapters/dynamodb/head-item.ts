/**
 * A head as an item. Every step of a filing writes it, and the table counts by the kilobyte: nothing stands in it twice,
 * what is usual is absent, and clocks, opinions, hashes and instants are packed. What is read is parsed.
 */
import { Head } from '../../domain/submissions/submission.ts';
import { keys, type Key } from './keys.ts';
import {
  fullHash,
  fullInstant,
  packClock,
  packOpinion,
  shortHash,
  shortInstant,
  unpackClock,
  unpackOpinion,
} from './packing.ts';
import { schemaVersion } from './schema-version.ts';

/** What most heads have. */
const usual = { asked: [], extensions: [], corrections: 0, received: false, noted: false } as const;

/** What the keys and the index say already. */
type Elsewhere = 'id' | 'kind' | 'owner' | 'period' | 'path' | 'state' | 'frozen' | 'updatedAt' | 'seq';

type Packed = Omit<Head, Elsewhere | 'clocks' | 'opinions'> & {
  readonly clocks: readonly string[];
  readonly opinions: readonly string[];
};

export interface HeadItem extends Key {
  readonly v: number;
  readonly seq: number;
  readonly ownerPk: string;
  readonly ownerSk: string;
  readonly listed: Pick<Head, 'path' | 'state' | 'frozen' | 'updatedAt'>;
  readonly data: Partial<Packed>;
  /** While a joint review is under way: those who look for silent departments find it. */
  readonly duePk?: string;
  readonly dueSk?: string;
  readonly dueTask?: { readonly submission: string };
}

/** The joint reviews under way: as many as there are, and none once they are concluded. */
export const reviewsPartition = 'OPEN#reviews';

export function headItem(head: Head): HeadItem {
  const { id, kind, owner, period, path, state, frozen, updatedAt, seq, ...kept } = head;
  const data: Packed = {
    ...kept,
    hash: shortHash(head.hash),
    ...(head.frozenHash === undefined ? {} : { frozenHash: shortHash(head.frozenHash) }),
    createdAt: shortInstant(head.createdAt),
    ...(head.receivedAt === undefined ? {} : { receivedAt: shortInstant(head.receivedAt) }),
    clocks: head.clocks.map(packClock),
    opinions: head.opinions.map((opinion) => packOpinion(opinion, head.frozenHash)),
  };
  const unusual = Object.entries(data).filter(([name, value]) => !isUsual(name, value));
  return {
    ...keys.submission(id),
    v: schemaVersion,
    seq,
    ownerPk: `OWNER#${owner}`,
    ownerSk: `${kind}#${period}#${id}`,
    listed: { path, state, frozen, updatedAt },
    data: Object.fromEntries(unusual),
    ...(path === 'joint-review' && state === 'in-review'
      ? { duePk: reviewsPartition, dueSk: id, dueTask: { submission: id } }
      : {}),
  };
}

function isUsual(name: string, value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : name in usual && !value;
}

export function headOf(item: Readonly<Record<string, unknown>>): Head {
  const { seq, ownerPk, ownerSk, listed, data } = item as unknown as HeadItem;
  const [kind, period, id] = ownerSk.split('#');
  const {
    hash = '',
    frozenHash: frozenShort,
    createdAt = '',
    receivedAt,
    clocks = [],
    opinions = [],
    ...rest
  } = data;
  const frozenHash = frozenShort === undefined ? undefined : fullHash(frozenShort);
  return Head().parse({
    ...usual,
    ...rest,
    ...listed,
    id,
    kind,
    period,
    owner: ownerPk.slice('OWNER#'.length),
    seq,
    hash: fullHash(hash),
    ...(frozenHash === undefined ? {} : { frozenHash }),
    createdAt: fullInstant(createdAt),
    ...(receivedAt === undefined ? {} : { receivedAt: fullInstant(receivedAt) }),
    clocks: clocks.map(unpackClock),
    opinions: opinions.map((opinion) => unpackOpinion(opinion, frozenHash)),
  });
}
