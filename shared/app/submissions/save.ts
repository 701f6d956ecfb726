/** Saves a draft. Anything that is an object is kept, complete or not: what is wrong is told, and nothing is lost. */
import { hashOf } from '../../kernel/hash.ts';
import { maskName, maskPhone } from '../../kernel/masking.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { decide } from '../../domain/submissions/decide.ts';
import type { SaveInput } from '../../domain/submissions/inputs.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import type { Filing, Head, Version } from '../../domain/submissions/submission.ts';
import { runCommand, type CommandRequest, type SealingDeps } from '../command.ts';
import type { Answer } from '../ports.ts';
import { contextFor, written } from './act.ts';

export async function saveDraft(
  deps: SealingDeps,
  command: CommandRequest,
  id: string,
  input: SaveInput,
): Promise<Result<Answer, Refusal>> {
  return runCommand(deps, command, { submission: id }, async (head) => {
    const kind = head && kindOf(head.kind);
    if (!head || !kind) return refuse(refusal('not-found'));
    const context = await contextFor(deps, command, head, kind, 'save');
    const decided = decide('save', head, input, context);
    if (!decided.ok) return decided;
    const version = await versionOf(deps, head, input, context.now);
    return ok(await written(deps, command, head, kind, context, decided.value, { version }));
  });
}

async function versionOf(deps: SealingDeps, head: Head, input: SaveInput, now: string): Promise<Version> {
  const filing = await filingOf(deps, head, input);
  const { contact, ...open } = filing;
  // The contact is not part of what is reviewed: a new phone number voids no opinion. Nor is its cipher stable.
  const reviewed = { content: input.content, filing: open, explanations: input.explanations };
  return {
    number: head.version,
    content: input.content,
    filing: { ...open, ...(contact ? { contact } : {}) },
    explanations: input.explanations,
    savedAt: now,
    hash: hashOf(reviewed),
  };
}

/** A save without a contact keeps the one before: the form shows it masked and cannot send it back. */
async function filingOf(deps: SealingDeps, head: Head, { filing }: SaveInput): Promise<Filing> {
  const { contact, ...open } = filing;
  if (!contact) {
    const before = await deps.store.version(head.id, head.version);
    return { ...open, ...(before?.filing.contact ? { contact: before.filing.contact } : {}) };
  }
  const sealed = await deps.personalData.seal(contact, contactContext(head.id));
  return { ...open, contact: { name: maskName(contact.name), phone: maskPhone(contact.phone), sealed } };
}

/** Binds the cipher to its record: moved to another filing it cannot be opened. */
export function contactContext(submission: string): string {
  return `submission:${submission}:contact`;
}
