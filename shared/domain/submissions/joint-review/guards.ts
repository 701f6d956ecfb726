/** What the steps of the joint review ask for. */
import { refusal, type Reason, type Refusal } from '../../../kernel/refusal.ts';
import { dueOf } from '../../calendar/statutory-clock.ts';
import type { Context } from '../context.ts';
import type { Guard } from '../guards.ts';
import { leadOf, reviewersOf } from '../parties.ts';
import { clockNamed } from '../stage-clocks.ts';
import type { Head } from '../submission.ts';
import { conditionNumbered, contradictionsIn } from './review-file.ts';

function one(code: string, pointer: string, zh: string, en: string): Refusal {
  return all([{ code, pointer, text: { zh, en } }]) as Refusal;
}

function all(reasons: readonly Reason[]): Refusal | undefined {
  return reasons.length > 0 ? refusal('incomplete', { count: reasons.length }, reasons) : undefined;
}

function opinionsComplete(head: Head, { kind }: Context): Refusal | undefined {
  const missing = reviewersOf(head, kind).filter(
    (office) => !head.opinions.some((given) => given.office === office),
  );
  const disagree = head.opinions.filter(({ verdict }) => verdict === 'disagree');
  return all([
    ...missing.map((office) => ({
      code: 'opinion-missing',
      pointer: '',
      text: { zh: `${office}尚未出具意见`, en: `${office} has given no opinion yet` },
    })),
    ...disagree.map(({ office }) => ({
      code: 'department-disagrees',
      pointer: '',
      text: { zh: `${office}不同意`, en: `${office} disagrees` },
    })),
  ]);
}

function supplementsAnswered({ asked }: Head): Refusal | undefined {
  return asked.length === 0
    ? undefined
    : one('supplement-open', '', '尚有补充材料要求未答复', 'A request for a supplement is still open');
}

function contradictionsSettled(_head: Head, { review }: Context): Refusal | undefined {
  return all(
    contradictionsIn(review).map(([a, b]) => ({
      code: 'contradiction-open',
      pointer: '',
      text: {
        zh: `条件${a}与条件${b}就同一事项作出不同要求，须先处理`,
        en: `Conditions ${a} and ${b} ask for different things of one subject: settle them first`,
      },
    })),
  );
}

function contradictionOpen(
  _head: Head,
  { review }: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  const named = (input['conditions'] as number[] | undefined) ?? [];
  const prevails = input['prevails'] as number | undefined;
  const known = contradictionsIn(review).some((pair) => pair.every((number) => named.includes(number)));
  if (!known)
    return one(
      'no-such-contradiction',
      '/conditions',
      '这两项条件之间没有待处理的冲突',
      'These two do not contradict',
    );
  return prevails === undefined || named.includes(prevails)
    ? undefined
    : one('not-one-of-the-two', '/prevails', '须为这两项条件之一', 'It must be one of the two');
}

function conditionToProve(
  _head: Head,
  { review }: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  const condition = conditionNumbered(review, Number(input['condition']));
  return condition?.state === 'open' || condition?.state === 'proved'
    ? undefined
    : one('condition-not-open', '/condition', '没有这项待落实的条件', 'There is no such open condition');
}

/** The department that set it looks at the proof; the lead may in its place. */
function conditionToClose(
  head: Head,
  { review, actor }: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  const condition = conditionNumbered(review, Number(input['condition']));
  if (condition?.state !== 'proved')
    return one(
      'condition-not-proved',
      '/condition',
      '这项条件尚无待核的证明',
      'No proof of this condition waits',
    );
  return condition.office === actor.office || leadOf(head) === actor.office
    ? undefined
    : refusal('not-allowed');
}

function conditionsMetInTime(_head: Head, { review }: Context): Refusal | undefined {
  return all(
    (review?.conditions ?? [])
      .filter(({ before, state }) => before === 'decision' && (state === 'open' || state === 'proved'))
      .map(({ number, text }) => ({
        code: 'condition-open',
        pointer: '',
        text: {
          zh: `条件${number}须在认定前落实：${text}`,
          en: `Condition ${number} is to be met first: ${text}`,
        },
      })),
  );
}

function paperPromised(
  _head: Head,
  { review }: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  const promised = review?.promised.some(
    ({ paper, deliveredBy }) => paper === input['paper'] && deliveredBy === undefined,
  );
  return promised
    ? undefined
    : one('paper-not-promised', '/paper', '此项材料不在容缺之列', 'It was not promised');
}

function promisesKept({ open }: Head): Refusal | undefined {
  return all(
    (open?.papers ?? []).map(({ paper, by }) => ({
      code: 'promised-paper-missing',
      pointer: `/documents/${paper}`,
      text: {
        zh: `容缺材料尚未补交：${paper}（应于${by}前）`,
        en: `The promised paper ${paper} is missing (by ${by})`,
      },
    })),
  );
}

/** 公示 runs its whole last day. */
function noticeOver(head: Head, { calendar, now }: Context): Refusal | undefined {
  const clock = clockNamed(head, 'notice');
  const due = clock && dueOf(clock, calendar);
  const over = due?.ok && due.value.dueBefore !== null && now >= due.value.dueBefore;
  const last = due?.ok ? (due.value.due ?? '') : '';
  return over
    ? undefined
    : one('notice-runs', '', `公示至${last}止，尚未期满`, `The public notice runs until the end of ${last}`);
}

function objectionsAnswered({ open }: Head): Refusal | undefined {
  return (open?.objections ?? 0) === 0
    ? undefined
    : one('objection-open', '', '尚有异议未答复', 'An objection has no answer yet');
}

function objectionOpen(
  _head: Head,
  { review }: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  const open = review?.objections.some(
    ({ number, answeredBy }) => number === input['objection'] && answeredBy === undefined,
  );
  return open
    ? undefined
    : one('no-such-objection', '/objection', '没有这项待答复的异议', 'No such open objection');
}

/** Minutes settle opinions that are still wanted, each once. */
function minutesOpinionsWanted(
  head: Head,
  { kind }: Context,
  input: Record<string, unknown>,
): Refusal | undefined {
  const given = (input['opinions'] as { department: string }[] | undefined) ?? [];
  const wanted = reviewersOf(head, kind).filter(
    (office) => !head.opinions.some((had) => had.office === office),
  );
  return all(
    given.flatMap(({ department }, index) => {
      const office = `${head.county ?? ''}-${department}`;
      const repeated = given.findIndex((other) => other.department === department) !== index;
      return wanted.includes(office) && !repeated
        ? []
        : [
            {
              code: 'opinion-not-asked',
              pointer: `/opinions/${index}/department`,
              text: { zh: `${department}没有待出具的意见`, en: `No opinion of ${department} is wanted` },
            },
          ];
    }),
  );
}

/** Nobody reviews or decides what he drafted, checked or signed himself, in whatever office he does it. */
function noHandInTheFiling({ hands }: Head, { actor }: Context): Refusal | undefined {
  const all4 = [hands.drafter, hands.checker, hands.signatory, ...(hands.coDrafters ?? [])];
  return all4.includes(actor.sub) ? refusal('same-person') : undefined;
}

export const jointGuards = {
  opinionsComplete,
  supplementsAnswered,
  contradictionsSettled,
  contradictionOpen,
  conditionToProve,
  conditionToClose,
  conditionsMetInTime,
  paperPromised,
  promisesKept,
  noticeOver,
  objectionsAnswered,
  objectionOpen,
  minutesOpinionsWanted,
  noHandInTheFiling,
} as const satisfies Record<string, Guard>;
