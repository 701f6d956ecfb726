/** Shows the contact person to those who handle the filing: with a purpose, and on the record (个保法 §35). */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { ActionInput } from '../../domain/submissions/inputs.ts';
import type { CommandRequest, SealingDeps } from '../command.ts';
import type { Answer } from '../ports.ts';
import { actOn } from './act.ts';
import { contactContext } from './save.ts';

/** The receipt of the look is kept without the answer's content: what was shown is opened anew for a repetition. */
export async function viewContact(
  deps: SealingDeps,
  command: CommandRequest,
  id: string,
  input: ActionInput<'view-contact'>,
): Promise<Result<Answer, Refusal>> {
  const recorded = await actOn(deps, command, id, 'view-contact', input);
  if (!recorded.ok) return recorded;
  const head = await deps.store.head(id);
  const version = head && (await deps.store.version(id, head.frozen));
  const sealed = version?.filing.contact?.sealed;
  if (!sealed) return refuse(refusal('not-found'));
  const contact = await deps.personalData.open(sealed, contactContext(id));
  return ok({ ...recorded.value, body: { name: contact['name'], phone: contact['phone'] } });
}
