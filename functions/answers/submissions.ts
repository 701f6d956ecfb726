/** Answers about filings: what stands in the OpenAPI document, and what the tests hold every exchange against. */
import * as z from 'zod';
import { outlooks } from '../../shared/domain/duties/forecast.ts';
import { itemStates, satisfyingEvents } from '../../shared/domain/duties/obligation.ts';
import { documentStateNames } from '../../shared/domain/documents/document.ts';
import { fileTypeNames } from '../../shared/domain/documents/inspection/file-types.ts';
import { tiers } from '../../shared/domain/cities/city.ts';
import { PointName } from '../../shared/domain/reminders/points.ts';
import { actionNames } from '../../shared/domain/submissions/lifecycle.ts';
import {
  paperTypes,
  paths,
  recordedVerdicts,
  stateNames,
} from '../../shared/domain/submissions/submission.ts';
import { openedShape } from './invitations.ts';
import { reviewShape } from './review.ts';
import { civilDate, hash, instant, page, Progress, role, Text } from './texts.ts';

const path = z.enum(paths);
const state = z.enum(stateNames);

export const SubmissionSummary = z.object({
  id: z.string(),
  kind: z.string(),
  owner: z.string().describe('报送单位|Reporting office'),
  period: z.string(),
  path,
  state,
  version: z.int().describe('可阅的最新一稿|The last version that the caller may read'),
  county: z.string().optional().describe('项目所在旗县区|County of the project'),
  amends: z.string().optional(),
  receivedAt: instant.optional().describe('计入时限的收到时刻|The receipt that counts'),
  updatedAt: instant,
  revision: z.int().describe('修订号，即 ETag|Revision, as in the ETag'),
  actions: z
    .array(z.enum(actionNames as [string, ...string[]]))
    .describe('当前可办|What the caller can do now'),
});

export const DocumentAnswer = z.object({
  id: z.string(),
  paper: z.string(),
  fileName: z.string(),
  type: z.enum(fileTypeNames),
  length: z.int(),
  sha256: z.string(),
  state: z.enum(documentStateNames),
  stateText: Text,
  fromVersion: z.int(),
  requestedAt: instant,
  reason: z.string().optional().describe('不合格原因代码|Why it was rejected'),
  reasonText: Text.optional(),
  removedIn: z.int().optional(),
  replaces: z.string().optional(),
});

export const Version = z.object({
  number: z.int(),
  frozen: z.boolean().describe('已随件报出，不再变动|Submitted, and so never changed'),
  savedAt: instant,
  content: z.record(z.string(), z.unknown()),
  filing: z.object({
    documentNumber: z.string(),
    issueDate: z.string(),
    contact: z.object({ name: z.string(), phone: z.string() }).optional().describe('已去标识化|Masked'),
  }),
  explanations: z.record(z.string(), z.string()),
  hash,
});

export const VersionAnswer = Version.extend({ documents: z.array(DocumentAnswer) });

export const Paper = z.object({
  number: z.int(),
  type: z.enum(Object.keys(paperTypes) as [string, ...string[]]),
  name: Text,
  office: z.string(),
  role: z.string(),
  at: instant,
  version: z.int(),
  body: z.record(z.string(), z.unknown()),
});

export const SubmissionAnswer = SubmissionSummary.extend({
  stateText: Text,
  kindName: Text,
  createdAt: instant,
  current: Version.optional(),
  documents: z.array(DocumentAnswer),
  opinions: z.array(z.object({ office: z.string(), verdict: z.enum(recordedVerdicts), version: z.int() })),
  openSupplements: z.array(z.object({ office: z.string(), askedAt: instant })),
  openExtensions: z.array(z.object({ clock: z.string(), office: z.string(), days: z.int() })),
  papers: z.array(Paper),
  waitingFor: z.array(Progress),
  ...reviewShape,
});

/** What a link opens: the filing as a reviewer sees it. */
export const OpenedAnswer = z.object({ ...openedShape, filing: SubmissionAnswer });

export const SubmissionList = page(
  z.object({
    id: z.string(),
    kind: z.string(),
    owner: z.string(),
    period: z.string(),
    path,
    state,
    frozen: z.int(),
    updatedAt: instant,
    kindName: Text,
    stateText: Text,
  }),
);

export const DeskAnswer = page(
  Progress.extend({
    record: z.string(),
    kind: z.string(),
    kindName: Text,
    owner: z.string(),
    period: z.string(),
    overdue: z.boolean(),
  }),
);

const Reason = z.object({ code: z.string(), pointer: z.string(), text: Text });
export const ChecksAnswer = z.object({
  missing: z.array(Reason),
  soft: z.array(Reason.extend({ level: z.literal('soft') })),
});

const Entry = z.object({
  kind: z.enum(['started', 'suspended', 'resumed', 'extended', 'ended']),
  at: instant,
  seq: z.int(),
  ground: z.string().optional(),
  days: z.int().optional(),
  text: Text,
});
export const ClockAnswer = z.object({
  asOf: instant,
  clocks: z.array(
    z.object({
      name: z.string(),
      office: z.string(),
      basis: z.string(),
      status: z.enum(['running', 'suspended', 'ended']),
      limit: z.int(),
      extended: z.int(),
      due: civilDate.nullable(),
      dueBefore: instant.nullable(),
      used: z.int(),
      remaining: z.int(),
      late: z.int(),
      days: z.array(
        z.object({ date: civilDate, counted: z.boolean(), number: z.int().optional(), why: Text }),
      ),
      entries: z.array(Entry),
    }),
  ),
});

export const HistoryAnswer = z.object({
  items: z.array(
    z.object({
      number: z.int(),
      at: instant,
      type: z.string(),
      typeText: Text,
      by: z.string(),
      office: z.string(),
      role: role.optional(),
      facts: z.record(z.string(), z.unknown()),
      hash,
      correlationId: z
        .string()
        .optional()
        .describe('追踪号：所由请求或批次|The request or run that it comes from'),
    }),
  ),
  after: z.int().optional().describe('继续读取的起点；没有则已到末尾|Where to go on; absent at the end'),
});

export const DifferenceAnswer = z.object({
  from: z.int(),
  to: z.int(),
  changes: z.array(
    z.object({
      pointer: z.string(),
      label: Text,
      before: z.unknown().optional(),
      after: z.unknown().optional(),
    }),
  ),
  documents: z.object({ added: z.array(DocumentAnswer), removed: z.array(DocumentAnswer) }),
});

export const ContactAnswer = z.object({ name: z.string(), phone: z.string() });

export const UploadAnswer = z.object({
  document: DocumentAnswer,
  upload: z.object({
    url: z.url(),
    fields: z
      .record(z.string(), z.string())
      .describe('表单字段，须原样提交|Form fields, to be posted as they are'),
    expiresAt: instant,
  }),
});
export const DocumentList = z.object({ items: z.array(DocumentAnswer) });
export const DownloadAnswer = z.object({ url: z.url(), expiresInSeconds: z.int() });

export const ObligationAnswer = z.object({
  id: z.string(),
  city: z.string(),
  cityName: z.string(),
  notice: z.string(),
  clause: z.string(),
  dueBefore: instant,
  lastDay: civilDate,
  satisfiedBy: z.enum(satisfyingEvents),
  open: z.boolean(),
  items: z.array(
    z.object({
      kind: z.string(),
      kindName: Text,
      period: z.string(),
      state: z.enum(Object.keys(itemStates) as [string, ...string[]]),
      stateText: z.object({ zh: z.string(), en: z.string() }),
      submission: z.string().optional(),
      at: instant.optional(),
      closedBecause: z.string().optional(),
    }),
  ),
  extension: z
    .object({ dueBefore: instant, reason: z.string(), at: instant })
    .optional()
    .describe('待答复的延期申请|A request for more time that waits'),
  points: z
    .array(z.int())
    .describe('催报节点，距截止的工作日数|When it is told of, in working days around the deadline'),
  notes: z
    .array(z.object({ type: z.enum(['waived', 'granted', 'refused']), reason: z.string(), at: instant }))
    .optional(),
  createdAt: instant,
  revision: z.int(),
});
export const ObligationList = z.object({ items: z.array(ObligationAnswer) });
export const ObligationsMade = z.object({ items: z.array(z.object({ id: z.string(), city: z.string() })) });

const homesOf = z.object({ homes: z.int(), submission: z.string() });
export const CityAnswer = z.object({
  code: z.string(),
  name: Text,
  rollsUpTo: z.string(),
  tier: z.enum(tiers),
  development: z.enum(['undeclared', 'developing', 'not-developing']),
  figures: z.object({
    demand: z.record(z.string(), homesOf),
    target: z.record(z.string(), homesOf.extend({ years: z.record(z.string(), z.int()) })),
    annual: z.record(z.string(), homesOf),
  }),
  passed: z.record(z.string(), z.string()),
  revision: z.int(),
});
export const CityWithCounties = CityAnswer.extend({
  counties: z.array(z.object({ code: z.string(), name: z.string() })),
});
export const CityList = z.object({ items: z.array(CityAnswer) });

const outlook = z.enum(Object.keys(outlooks) as [string, ...string[]]);
export const DeadlinesAnswer = z.object({
  asOf: instant,
  items: z.array(
    z.object({
      obligation: z.string(),
      city: z.string(),
      cityName: Text,
      notice: z.string(),
      clause: z.string(),
      dueBefore: instant,
      lastDay: civilDate,
      satisfiedBy: z.enum(satisfyingEvents),
      open: z.boolean(),
      workingDays: z.int().describe('剩余工作日；负数为已逾期|Working days left; below 0: late'),
      outlook,
      outlookText: Text,
      items: z.array(
        z.object({
          kind: z.string(),
          kindName: Text,
          period: z.string(),
          outlook,
          outlookText: Text,
          filing: z.object({ id: z.string(), state }).optional(),
          why: z.array(Text).describe('原因|What is in the way'),
        }),
      ),
    }),
  ),
  lateCities: z.array(z.object({ city: z.string(), name: Text })).describe('逾期名单，供通报|To circulate'),
});

export const ObligationsPreview = z.object({
  lastDay: civilDate,
  reminders: z.array(z.object({ point: PointName(), day: civilDate })),
  past: z.boolean().describe('截止时刻已过|The deadline lies in the past'),
  cities: z.array(
    z.object({
      city: z.string(),
      name: Text,
      tier: z.enum(tiers),
      development: z.enum(['undeclared', 'developing', 'not-developing']),
      items: z.array(
        z.object({
          kind: z.string(),
          kindName: Text,
          period: z.string(),
          filing: z.object({ id: z.string(), state }).optional(),
          notOpen: Text.optional().describe('该单位不适用此类申报的原因|Why this city may not file the kind'),
        }),
      ),
    }),
  ),
});
