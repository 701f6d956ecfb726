/**
 * How every command runs: read its receipt and record together, decide, commit once. A repetition finds the receipt and
 * gets the first answer again; a twin at the same moment loses the race and finds it on the second look.
 */
import { refusal, type Refusal } from '../kernel/refusal.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { hashOf } from '../kernel/hash.ts';
import type { Actor } from '../domain/identity/roles.ts';
import type { Head } from '../domain/submissions/submission.ts';
import { maySee } from './submissions/view.ts';
import type {
  Answer,
  CommandLoad,
  CommandReads,
  Commit,
  NewId,
  Now,
  PersonalData,
  Receipt,
  Store,
} from './ports.ts';

export interface Deps {
  readonly store: Store;
  readonly now: Now;
  readonly newId: NewId;
}

/** Of a command that seals or opens what identifies a person. Only a function that holds the key has them. */
export interface SealingDeps extends Deps {
  readonly personalData: PersonalData;
}

/** What a command carries besides its own input. */
export interface CommandRequest {
  readonly actor: Actor;
  /** Idempotency-Key. */
  readonly key: string;
  /** What the key stands for: method, path and body. */
  readonly request: unknown;
  /** Audit number that the caller has seen (If-Match); commands that create take none. */
  readonly ifMatch?: number;
}

export interface Decided {
  readonly commit: Omit<Commit, 'receipt'>;
  readonly answer: Answer;
}

const attempts = 6;

/**
 * @param reads the filing that the command changes, when it is one, and what else it will need: one read brings them.
 * @param decide given the head and the rest as they are now; returns what to write, or why not. It may be called again
 * after a race, and asks for it by refusing as `busy`: what it read besides does not belong together.
 */
export async function runCommand(
  deps: Deps,
  command: CommandRequest,
  reads: CommandReads,
  decide: (head: Head | undefined, loaded: CommandLoad) => Promise<Result<Decided, Refusal>>,
): Promise<Result<Answer, Refusal>> {
  const request = hashOf(command.request);
  const sub = command.actor.sub;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const loaded = await deps.store.loadForCommand(sub, command.key, reads);
    const { receipt, head } = loaded;
    if (receipt) return replayed(receipt, request);
    const decided = refusedUnseen(command, head) ?? (await decide(head, loaded));
    if (!decided.ok) {
      // The parts of one load are not of one moment: another command may have been done between them, and its success
      // be what stands in our way. Its twin's receipt, or the revision that has moved on, says so.
      const again = await deps.store.loadForCommand(sub, command.key, reads);
      if (again.receipt) return replayed(again.receipt, request);
      const unseen = refusedUnseen(command, again.head);
      // Of what it read one part was older than the other: read anew, they are of one moment.
      if (!unseen && decided.error.code === 'busy') {
        await pause(attempt);
        continue;
      }
      return unseen ?? decided;
    }
    const { commit, answer } = decided.value;
    const done = await deps.store.commit({ ...commit, receipt: { sub, key: command.key, request, answer } });
    if (done.outcome === 'done') return ok(answer);
    // A conflict passes quickly; a stale read is settled by reading again, where If-Match then decides.
    if (done.outcome === 'busy') await pause(attempt);
  }
  return refuse(refusal('busy'));
}

/** What refuses the command before its rules are asked. */
function refusedUnseen(
  { actor, ifMatch }: CommandRequest,
  head: Head | undefined,
): Result<never, Refusal> | undefined {
  // Before the revision: to a stranger the record does not exist, whatever revision he sends.
  if (head && !maySee(actor, head)) return refuse(refusal('not-found'));
  return head && ifMatch !== undefined && head.seq !== ifMatch ? refuse(refusal('stale-version')) : undefined;
}

function replayed(receipt: Receipt, request: string): Result<Answer, Refusal> {
  return receipt.request === request ? ok(receipt.answer) : refuse(refusal('idempotency-key-reused'));
}

/** Full jitter, so that twins do not meet again. */
async function pause(attempt: number): Promise<void> {
  const longest = Math.min(400, 10 * 2 ** attempt);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
}
