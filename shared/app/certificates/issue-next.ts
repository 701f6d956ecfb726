/**
 * Issues what waits in the queue of a county and year (编号发证), one certificate a transaction: counter, number, state, version,
 * queue. The counter's revision is the condition, so that runners at once give no number twice and leave none out; who loses
 * the race looks again. Nothing outside the transaction counts: run twice, or killed anywhere, it comes out the same.
 */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { systemActor } from '../../domain/audit/entry.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { contentOf } from '../../domain/certificates/content.ts';
import { formatNumber } from '../../domain/certificates/number.ts';
import type { Commit, Now, Store } from '../ports.ts';
import { stepCommit } from './decided.ts';
import type { IssueCounter, QueueEntry, Signer } from './ports.ts';
import { signContent, signedVersion } from './sign-content.ts';

/** What else belongs into the transaction that gives the number: the filing granted, the project updated. */
export type AlsoOnIssue = (
  certificate: Certificate,
  number: string,
  now: string,
) => Promise<Omit<Commit, 'certificates' | 'receipt'>>;

export interface IssueDeps {
  readonly store: Pick<Store, 'commit' | 'certificate' | 'certificateDraft' | 'issueQueue' | 'issueCounter'>;
  readonly signer: Signer;
  readonly now: Now;
  /** Where certificates are checked, with its last slash: `https://…/public/certificates/`. */
  readonly checkAt: string;
  readonly also?: AlsoOnIssue;
  /** Between tries; full jitter up to the milliseconds given. */
  readonly pause?: (longest: number) => Promise<void>;
}

/** Lost races and passing faults in a row after which it gives up, to be called again by its order's retry. */
const patience = 60;

/** @returns how many it issued itself; the queue was empty at the end */
export async function issueNext(deps: IssueDeps, county: string, year: number): Promise<number> {
  const pause = deps.pause ?? jitter;
  let issued = 0;
  for (let lost = 0; lost < patience;) {
    const outcome = await issueFirst(deps, county, year);
    if (outcome === 'empty') return issued;
    if (outcome === 'done') {
      issued += 1;
      lost = 0;
    } else {
      lost += 1;
      await pause(Math.min(1000, 20 * 2 ** lost));
    }
  }
  throw new Error(`The queue of ${county} in ${year} is too busy: it is left to the next run`);
}

/** One certificate, or why not: `lost` to another runner, to a conflict or to throttling, to be tried anew. */
async function issueFirst(deps: IssueDeps, county: string, year: number): Promise<'empty' | 'done' | 'lost'> {
  const { store } = deps;
  // Counter before queue: a place taken in between makes the counter's revision stale.
  const counter = await patient(() => store.issueCounter(county, year));
  if (counter === busy) return 'lost';
  const queue = await patient(() => store.issueQueue(county, year, 1));
  if (queue === busy) return 'lost';
  const [first] = queue;
  if (!first) return 'empty';
  const prepared = await patient(() => prepare(deps, first, counter));
  if (prepared === busy || prepared === undefined) return 'lost';
  // An answer that was lost says nothing: the next look finds what became of it.
  const done = await patient(() => store.commit(prepared));
  return done !== busy && done.outcome === 'done' ? 'done' : 'lost';
}

async function prepare(
  { store, signer, now, checkAt, also }: IssueDeps,
  entry: QueueEntry,
  counter: IssueCounter | undefined,
): Promise<Commit | undefined> {
  const { county, year, certificate: id } = entry;
  const [before, draft] = await Promise.all([store.certificate(id), store.certificateDraft(id, 1)]);
  // Issued by another since the queue was read.
  if (before?.state !== 'pending') return undefined;
  if (!draft) throw new Error(`The certificate ${id} was decided without its terms`);
  const last = (counter?.last ?? 0) + 1;
  const number = formatNumber({ county, year, sequence: last });
  const at = now();
  const content = contentOf(draft.terms, { number, version: 1, issuedOn: civilDateOf(at), checkAt });
  const { jws, kid } = await signContent(signer, content);
  const signed = signedVersion(content, kid, before.submission);
  const stepped = stepCommit({ action: 'issue', number, signed }, before, systemActor, at);
  if (!stepped.ok) throw new Error(`The certificate ${id} cannot be issued: ${stepped.error.code}`);
  const more = await also?.(stepped.value.certificate, number, at);
  return {
    ...more,
    changes: [...stepped.value.commit.changes, ...(more?.changes ?? [])],
    certificates: {
      versions: [{ certificate: id, version: 1, issuedAt: at, jws, content }],
      dequeue: [entry],
      counters: [
        {
          ...(counter ? { before: counter } : {}),
          after: { county, year, last, begun: true, revision: (counter?.revision ?? 0) + 1 },
        },
      ],
      numbers: [{ number, certificate: id }],
    },
  };
}

const busy = Symbol('busy');

const passing = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'InternalServerError',
  'TimeoutError',
  'NetworkingError',
]);

/** Reads are throttled as writes are. */
async function patient<T>(call: () => Promise<T>): Promise<T | typeof busy> {
  try {
    return await call();
  } catch (error) {
    if (!passing.has((error as Error).name)) throw error;
    return busy;
  }
}

async function jitter(longest: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
}
