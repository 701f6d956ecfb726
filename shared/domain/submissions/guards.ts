/** What a step asks for before it may be taken. A guard returns why not, or nothing. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { documentsOf } from '../documents/document.ts';
import { missingIn } from './completeness.ts';
import type { Context } from './context.ts';
import { clockNamed, openExtensions } from './stage-clocks.ts';
import { statusOf } from '../calendar/statutory-clock.ts';
import { deciderOf, leadOf, reviewersOf } from './parties.ts';
import { jointGuards } from './joint-review/guards.ts';
import type { Head } from './submission.ts';

export type Guard = (head: Head, context: Context, input: Record<string, unknown>) => Refusal | undefined;

function complete(head: Head, context: Context): Refusal | undefined {
  const reasons = missingIn(head, context);
  return reasons.length > 0 ? refusal('incomplete', { count: reasons.length }, reasons) : undefined;
}

function notTheDrafter({ hands }: Head, { actor }: Context): Refusal | undefined {
  const drafted = hands.drafter === actor.sub || hands.coDrafters?.includes(actor.sub);
  return drafted ? refusal('same-person') : undefined;
}

function opinionWanted(head: Head, { actor }: Context): Refusal | undefined {
  const given = head.opinions.some((opinion) => opinion.office === actor.office);
  return given ? refusal('opinion-not-asked') : undefined;
}

/** A department that waits for an answer cannot ask again or opine: its clock stands still. */
function ownSupplementAnswered(head: Head, { actor }: Context): Refusal | undefined {
  const waiting = head.asked.some((ask) => ask.office === actor.office);
  return waiting ? refusal('opinion-not-asked') : undefined;
}

function supplementOpen(head: Head, _context: Context, input: Record<string, unknown>): Refusal | undefined {
  const office = input['office'];
  const open =
    office === undefined ? head.asked.length === 1 : head.asked.some((ask) => ask.office === office);
  return open ? undefined : refusal('supplement-not-open');
}

/** Files named in a step must be there and clean. */
function filesClean(head: Head, context: Context, named: readonly string[], at: string): Refusal | undefined {
  const present = documentsOf(head.version, context.documents ?? []);
  const reasons = named.flatMap((id, index) => {
    const state = present.find((document) => document.id === id)?.state;
    if (state === 'available') return [];
    const pointer = at === '/documents' ? `${at}/${index}` : at;
    return [
      state === undefined
        ? { code: 'document-unknown', pointer, text: { zh: '没有这份文件', en: 'There is no such document' } }
        : {
            code: `document-${state}`,
            pointer,
            text: { zh: '文件尚未通过检查', en: 'The document has not passed its checks' },
          },
    ];
  });
  return reasons.length > 0 ? refusal('incomplete', { count: reasons.length }, reasons) : undefined;
}

/** Whatever files a step names: one, several or none. */
function stepFilesClean(head: Head, context: Context, input: Record<string, unknown>): Refusal | undefined {
  const [one, several] = [input['document'], input['documents']];
  if (typeof one === 'string') return filesClean(head, context, [one], '/document');
  return filesClean(head, context, (several as string[] | undefined) ?? [], '/documents');
}

function supplementFilesClean(
  head: Head,
  context: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  return filesClean(head, context, (input['documents'] as string[] | undefined) ?? [], '/documents');
}

function consentScanClean(head: Head, context: Context, input: Record<string, unknown>): Refusal | undefined {
  return filesClean(head, context, [String(input['document'])], '/document');
}

/** A refusal needs a department that disagreed, and every opinion on the table (S-07: all must pass). */
function disagreementOnRecord(head: Head, { kind }: Context): Refusal | undefined {
  const complete = reviewersOf(head, kind).every((office) =>
    head.opinions.some((opinion) => opinion.office === office),
  );
  const disagreed = head.opinions.some((opinion) => opinion.verdict === 'disagree');
  if (complete && disagreed) return undefined;
  return refusal('incomplete', { count: 1 }, [
    {
      code: 'no-disagreement',
      pointer: '',
      text: {
        zh: '须各部门意见齐备且有部门不同意，方可不予通过',
        en: 'All opinions must be in and at least one must disagree',
      },
    },
  ]);
}

/**
 * 一次性告知 (行政许可法 §32): defects are told once, together. A later notice about something that was not changed
 * since must say why it was not told before.
 */
function defectsToldOnce(_head: Head, context: Context, input: Record<string, unknown>): Refusal | undefined {
  const told = new Set((context.notices ?? []).flatMap((notice) => pointersOf(notice.body['defects'])));
  if ((context.notices ?? []).length === 0) return undefined;
  const changed = context.changedSince ?? [];
  // A defect may lie in what was changed, above it, or below it.
  const isNew = (pointer: string): boolean =>
    changed.some((one) => one === pointer || one.startsWith(`${pointer}/`) || pointer.startsWith(`${one}/`));
  const defects = input['defects'] as { pointer: string; toldLate?: string }[];
  const reasons = defects.flatMap((defect, index) =>
    told.has(defect.pointer) || isNew(defect.pointer) || defect.toldLate
      ? []
      : [
          {
            code: 'told-late',
            pointer: `/defects/${index}/toldLate`,
            text: {
              zh: '补正事项应一次告知；此项前次未告知，请说明原因',
              en: 'Defects are told once, together; say why this one was not told before',
            },
          },
        ],
  );
  return reasons.length > 0 ? refusal('incomplete', { count: reasons.length }, reasons) : undefined;
}

function pointersOf(defects: unknown): string[] {
  return Array.isArray(defects) ? defects.map((defect: { pointer: string }) => defect.pointer) : [];
}

function notYetReceived(head: Head): Refusal | undefined {
  return head.received ? refusal('already-received') : undefined;
}

function notYetNoted(head: Head): Refusal | undefined {
  return head.noted ? refusal('already-received') : undefined;
}

/** Who holds the clock may ask once at a time, while it runs. */
function clockExtendable(
  head: Head,
  { actor }: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  const name = String(input['clock']);
  const clock = clockNamed(head, name);
  const asked = head.extensions.some((extension) => extension.clock === name);
  const mine = clock?.office === actor.office;
  return clock && mine && !asked && statusOf(clock) !== 'ended'
    ? undefined
    : refusal('clock-not-running', { clock: name, actionZh: '申请延期', action: 'extended' });
}

/** The lead answers; its own requests are answered by the government: nobody grants his own. */
function extensionWaiting(
  head: Head,
  { actor }: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  const extension = openExtensions(head).find((waiting) => waiting.clock === input['clock']);
  return extension && grantorOf(head, extension.office) === actor.office
    ? undefined
    : refusal('extension-not-open');
}

export function grantorOf(head: Head, office: string): string {
  return office === leadOf(head) ? deciderOf(head) : leadOf(head);
}

function lastStepIsMine(head: Head, { actor }: Context): Refusal | undefined {
  return head.step?.by === actor.sub ? undefined : refusal('nothing-to-recall');
}

export const guards = {
  complete,
  notTheDrafter,
  opinionWanted,
  ownSupplementAnswered,
  supplementOpen,
  supplementFilesClean,
  consentScanClean,
  minutesScanClean: consentScanClean,
  stepFilesClean,
  disagreementOnRecord,
  defectsToldOnce,
  notYetReceived,
  notYetNoted,
  clockExtendable,
  extensionWaiting,
  lastStepIsMine,
  ...jointGuards,
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof guards;
