/** Answers about kinds, the calendar, the caller, and what everyone may read. */
import * as z from 'zod';
import { Delegate } from '../../shared/domain/identity/delegates.ts';
import { publicDutyStates, type PublicDutyState } from '../../shared/app/publication/public-duties.ts';
import { channels, deliveryStates, type DeliveryState } from '../../shared/domain/reminders/delivery.ts';
import { tiers } from '../../shared/domain/cities/city.ts';
import { fileTypeNames } from '../../shared/domain/documents/inspection/file-types.ts';
import { civilDate, instant, page, role, Text } from './texts.ts';

export const Health = z.object({ status: z.literal('ok') });

export const Me = z.object({
  sub: z.string(),
  office: z.object({ code: z.string(), zh: z.string(), en: z.string() }),
  roles: z.array(z.object({ code: role, zh: z.string(), en: z.string() })),
});

export const Deliveries = z.object({
  items: z.array(
    z.object({
      office: z.string(),
      role,
      day: civilDate,
      notice: z.int(),
      channel: z.enum(channels),
      to: z.string().describe('收件地址（已遮盖）|Address, masked'),
      state: z.enum(Object.keys(deliveryStates) as [DeliveryState, ...DeliveryState[]]),
      stateText: Text,
      attempts: z.array(
        z.object({
          at: instant,
          outcome: z.enum(['sent', 'failed', 'refused']),
          reason: z.string().optional(),
        }),
      ),
      gathered: z.boolean().describe('每日汇总|Gathered for the day'),
      nextAt: instant.optional(),
      shared: z.boolean().describe('单位公共邮箱|The office’s own mailbox'),
    }),
  ),
});

const KindSummary = z.object({
  code: z.string(),
  name: Text,
  description: Text,
  clauses: z.array(z.string()).describe('依据条款|Clauses of the notice'),
  period: z.enum(['five-years', 'year', 'new-project', 'project']),
});
export const KindList = z.object({ items: z.array(KindSummary) });

const Step = z.object({ action: z.string(), zh: z.string(), en: z.string() });
export const KindAnswer = KindSummary.extend({
  schema: z.record(z.string(), z.unknown()).describe('申报内容的 JSON Schema|JSON Schema of the content'),
  papers: z.array(
    z.object({
      code: z.string(),
      name: Text,
      clause: z.string(),
      types: z.array(
        z.object({ type: z.enum(fileTypeNames), mediaType: z.string(), zh: z.string(), en: z.string() }),
      ),
      maxBytes: z.int(),
      multiple: z.boolean(),
      required: z.enum(['always', 'conditional', 'optional']),
      requiredWhen: Text.optional(),
    }),
  ),
  paths: z.array(
    z.union([
      z.object({ tier: z.enum(tiers), path: z.string(), steps: z.array(Step) }),
      z.object({ tier: z.enum(tiers), refused: Text }),
    ]),
  ),
  reviewers: z.array(z.string()),
  limits: z.object({
    acceptance: z.int(),
    opinion: z.int(),
    correction: z.int(),
    source: z.string().describe('数值来源；unverified 为未经核实的默认值|Where the numbers come from'),
  }),
  published: z.boolean(),
});

const Day = z.object({ date: civilDate, kind: z.enum(['holiday', 'workday']), name: z.string() });
export const CalendarAnswer = z.object({
  year: z.int(),
  version: z.int(),
  source: z.string(),
  exceptions: z.array(Day),
  overrides: z.array(Day.extend({ source: z.string() })),
});
export const CalendarLoaded = z.object({
  year: z.int(),
  version: z.int(),
  warnings: z.array(z.object({ code: z.string(), pointer: z.string(), text: Text })),
});

export const PublicCities = z.object({
  items: z.array(
    z.object({
      code: z.string(),
      name: Text,
      tier: z.enum(tiers),
      development: z.enum(['undeclared', 'developing', 'not-developing']),
      since: z.union([instant, z.literal('')]),
    }),
  ),
});

export const PublicPlans = page(
  z.object({
    submission: z.string(),
    city: z.string(),
    cityName: Text,
    kind: z.string(),
    kindName: Text,
    period: z.string(),
    documentNumber: z.string(),
    issueDate: civilDate,
    publishedAt: instant,
    edition: z.int(),
    content: z.record(z.string(), z.unknown()),
  }),
);

const cityNamed = { city: z.string(), cityName: Text };
export const PublicDuties = z.object({
  items: z.array(
    z.object({
      year: z.int(),
      ...cityNamed,
      notice: z.string(),
      clause: z.string(),
      kind: z.string(),
      kindName: Text,
      period: z.string(),
      lastDay: civilDate,
      state: z.enum(Object.keys(publicDutyStates) as [PublicDutyState, ...PublicDutyState[]]),
      stateText: Text,
      fulfilledOn: civilDate.nullable(),
    }),
  ),
  totals: z.array(
    z.object({
      ...cityNamed,
      due: z.int(),
      kept: z.int(),
      keptLate: z.int(),
      missed: z.int(),
      open: z.int(),
    }),
  ),
});

export const Datasets = z.object({
  items: z.array(
    z.object({
      code: z.string(),
      name: Text,
      address: z.string(),
      updated: Text,
      formats: z.array(z.string()),
      columns: z.array(z.object({ name: z.string(), means: Text })),
    }),
  ),
});

/** An OpenAPI document; its own schema is its specification. */
export const OpenApi = z.record(z.string(), z.unknown());

export const DelegatesAnswer = z.object({
  office: z.string(),
  name: Text,
  delegates: z.array(Delegate()),
  revision: z.int(),
});
