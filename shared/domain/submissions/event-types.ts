/** What happened, in the past tense, for each action; consumers and the history read these. */
import type { Text } from '../../kernel/refusal.ts';
import { actionNames, lifecycle, platformSteps, type Action, type PlatformStep } from './lifecycle.ts';
import { projectEvents } from '../projects/lifecycle.ts';
import { planUseEvents } from '../projects/plan-use.ts';
import { resourceEventTexts } from '../resources/event-texts.ts';

export const eventTypes = {
  save: 'submission.saved',
  'send-to-check': 'submission.sent-to-check',
  'send-back': 'submission.sent-back',
  'refuse-signature': 'submission.signature-refused',
  'pass-check': 'submission.checked',
  sign: 'submission.signed',
  withdraw: 'submission.withdrawn',
  accept: 'submission.accepted',
  acknowledge: 'submission.acknowledged',
  return: 'submission.returned',
  receive: 'submission.received',
  opine: 'submission.opinion-given',
  'ask-supplement': 'submission.supplement-asked',
  supply: 'submission.supplied',
  reject: 'submission.rejected',
  consent: 'submission.consented',
  'record-consent': 'submission.consent-recorded',
  'refuse-consent': 'submission.consent-refused',
  publish: 'submission.published',
  'take-note': 'submission.result-noted',
  'record-visit': 'submission.site-visited',
  'record-minutes': 'submission.minutes-recorded',
  'settle-contradiction': 'submission.contradiction-settled',
  'conclude-review': 'submission.review-concluded',
  'prove-condition': 'submission.condition-proved',
  'close-condition': 'submission.condition-closed',
  'deliver-paper': 'submission.paper-delivered',
  'pass-plan-check': 'submission.plan-checked',
  'fail-plan-check': 'submission.plan-check-failed',
  'record-objection': 'submission.objection-recorded',
  'answer-objection': 'submission.objection-answered',
  'close-notice': 'submission.notice-closed',
  approve: 'submission.approved',
  refuse: 'submission.refused',
  'request-extension': 'submission.extension-requested',
  'answer-extension': 'submission.extension-answered',
  recall: 'submission.step-recalled',
  'view-contact': 'submission.contact-viewed',
} as const satisfies Record<Action, string>;

/** Events that no action of the table makes. */
export const otherEventTypes = {
  created: 'submission.created',
  superseded: 'submission.superseded',
} as const;

/** What the platform does by itself. */
export const platformEventTypes = {
  escalate: 'submission.opinion-escalated',
  'take-silence': 'submission.silence-taken',
  grant: 'submission.granted',
} as const satisfies Record<PlatformStep, string>;

const otherTexts: Readonly<Record<string, Text>> = {
  [otherEventTypes.created]: { zh: '新建', en: 'begin' },
  'review.changed': { zh: '联审案卷变更', en: 'change of the review file' },
  [otherEventTypes.superseded]: { zh: '被修订取代', en: 'superseded by an amendment' },
  'city.changed': { zh: '城市记录变更', en: "change of the city's record" },
  ...resourceEventTexts,
  ...planUseEvents,
  ...Object.fromEntries(Object.entries(projectEvents).map(([type, { zh, en }]) => [type, { zh, en }])),
};

/** What an event is called in a history; of a type that is not known, its code. */
export function eventText(type: string): Text {
  const action = actionNames.find((name) => eventTypes[name] === type);
  if (action) return { zh: lifecycle[action].zh, en: lifecycle[action].en };
  const step = (Object.keys(platformSteps) as PlatformStep[]).find(
    (name) => platformEventTypes[name] === type,
  );
  return (step && platformSteps[step]) ?? otherTexts[type] ?? { zh: type, en: type };
}
