/** Which scheme holds for a year. Apart from the commands, which ask a run for its own terms. */
import { proposedScheme } from '../../domain/evaluation/schemes/proposal.ts';
import type { Scheme } from '../../domain/evaluation/scheme.ts';
import type { Store } from '../ports.ts';

/** The scheme of a year: what was loaded for it, or what the platform ships. */
export async function schemeOf(store: Store, year: number): Promise<Scheme> {
  const loaded = await store.schemeRecord(year);
  if (!loaded) return proposedScheme(year);
  const { seq: _seq, hash: _hash, ...scheme } = loaded;
  return scheme;
}
