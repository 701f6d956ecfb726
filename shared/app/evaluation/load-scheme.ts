/** Loads the region's own scheme for a year, in place of the proposal that the platform ships. Past runs keep theirs. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain } from '../../domain/audit/entry.ts';
import { defectsOf, type Scheme, type SchemeRecord } from '../../domain/evaluation/scheme.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';

export type LoadSchemeInput = Omit<Scheme, 'year' | 'version'>;

export async function loadScheme(
  deps: Deps,
  command: CommandRequest,
  year: number,
  input: LoadSchemeInput,
): Promise<Result<Answer, Refusal>> {
  return runCommand(deps, command, {}, async () => {
    if (!Number.isInteger(year) || year < 2021 || year > 2100) return refuse(refusal('not-found'));
    const before = await deps.store.schemeRecord(year);
    // What was loaded is replaced only by who has seen it.
    if (before && command.ifMatch === undefined) return refuse(refusal('precondition-required'));
    if (command.ifMatch !== undefined && command.ifMatch !== (before?.seq ?? 0))
      return refuse(refusal('stale-version'));
    const scheme: Scheme = { year, version: (before?.version ?? 0) + 1, ...input };
    const defects = defectsOf(scheme);
    if (defects.length > 0) return refuse(refusal('invalid-request', { count: defects.length }, defects));
    const after: SchemeRecord = { ...scheme, seq: 0, hash: '' };
    const { actor } = command;
    const by = { sub: actor.sub, office: actor.office, role: 'supervisor' };
    const facts = { year, version: scheme.version, indicators: scheme.indicators.length };
    const event = { type: 'evaluation-scheme.loaded', facts };
    const { record, entry } = chain(`scheme:${year}`, before, after, event, by, deps.now());
    return ok({
      commit: { changes: [{ kind: 'scheme', ...(before ? { before } : {}), after: record, entry }] },
      answer: { status: 200, body: { year, version: scheme.version }, etag: etagOf(record.seq) },
    });
  });
}
