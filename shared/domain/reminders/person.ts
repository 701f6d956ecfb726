/**
 * Who is told and how (通知对象): what a person said of himself, his leave and who covers for him, what he has put off, what
 * he has read; and the mailbox of a whole office. Addresses and numbers are sealed; beside them lies only the mask.
 */
import * as z from 'zod';
import { isCivilDate } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';

const mail = once(() =>
  z
    .union([z.email().max(254), z.literal('')])
    .describe('电子邮箱；空为删除，不填为不变|Mail address; empty removes it, absent keeps it'),
);
/** It must take text messages: a mobile number of the mainland, or one with its country. */
const phone = once(() =>
  z
    .string()
    .regex(/^(1[3-9]\d{9}|\+\d{7,15})?$/)
    .describe('手机号；空为删除，不填为不变|Mobile number; empty removes it, absent keeps it'),
);
const day = once(() => z.string().refine(isCivilDate, { error: 'civil-date' }));

export const locales = ['zh-CN', 'en'] as const;

export const deliveries = {
  'at-once': { zh: '即时', en: 'at once' },
  daily: { zh: '每日汇总', en: 'gathered, once a day' },
} as const;
export type Delivery = keyof typeof deliveries;
export const deliveryNames = Object.keys(deliveries) as [Delivery, ...Delivery[]];

/** What a person says of himself. Address and number: absent, they stay; empty, they go. */
export const PreferencesInput = once(() =>
  z.strictObject({
    locale: z.enum(locales).describe('通知语言|Language of what is sent'),
    delivery: z.enum(deliveryNames).describe('通知方式|At once, or gathered once a day'),
    mail: mail().optional(),
    phone: phone().optional(),
  }),
);
export type PreferencesInput = z.infer<ReturnType<typeof PreferencesInput>>;

export const LeaveInput = once(() =>
  z.strictObject({
    from: day().describe('请假首日|First day of the leave'),
    to: day().describe('请假末日（含）|Last day of the leave'),
    cover: z.string().min(1).max(255).describe('代办人（sub）|Subject of the colleague who covers'),
  }),
);
export type LeaveInput = z.infer<ReturnType<typeof LeaveInput>>;

export const MailboxInput = once(() =>
  z
    .strictObject({ mail: mail().optional(), phone: phone().optional() })
    .refine((given) => given.mail !== undefined || given.phone !== undefined, { error: 'nothing-given' }),
);
export type MailboxInput = z.infer<ReturnType<typeof MailboxInput>>;

/** What is sealed of a person or an office. */
export interface Reach {
  readonly mail?: string;
  readonly phone?: string;
}

/** The masks, for answers, and the cipher of both together; absent when neither is known. */
const Contact = once(() =>
  z.object({ mail: z.string().optional(), phone: z.string().optional(), sealed: z.string() }),
);
export type Contact = z.infer<ReturnType<typeof Contact>>;

export const Person = once(() =>
  z.object({
    sub: z.string(),
    office: z.string(),
    /** As the token named them when the person last said how to be told: the platform keeps no list of staff. */
    roles: z.array(z.string()),
    locale: z.enum(locales),
    delivery: z.enum(deliveryNames),
    contact: Contact().optional(),
    /** 请假代办: civil days, both included, and the subject of the colleague who covers. */
    leave: z.object({ from: z.string(), to: z.string(), cover: z.string() }).optional(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Person = z.infer<ReturnType<typeof Person>>;

export const Mailbox = once(() =>
  z.object({ office: z.string(), contact: Contact().optional(), seq: z.int(), hash: z.string() }),
);
export type Mailbox = z.infer<ReturnType<typeof Mailbox>>;

/** 暂缓: until this civil day a person does not want to hear of a duty, as far as the law leaves that to him. */
export const Snooze = once(() =>
  z.object({
    office: z.string(),
    sub: z.string(),
    obligation: z.string(),
    until: z.string(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Snooze = z.infer<ReturnType<typeof Snooze>>;

/** 已阅: when a person read a notice, and how far it went then (its audit number): one that grew is unread again. */
export const ReadMark = once(() =>
  z.object({
    office: z.string(),
    role: z.string(),
    day: z.string(),
    sub: z.string(),
    readings: z.array(z.object({ notice: z.int(), at: z.string() })).min(1),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type ReadMark = z.infer<ReturnType<typeof ReadMark>>;

/** All that is known of whom to tell in an office. */
export interface AddressBook {
  readonly people: readonly Person[];
  readonly mailbox?: Mailbox;
  readonly snoozes: readonly Snooze[];
}

/** What can change of a person, by name: all that the audit says of it. */
export const personFields = ['locale', 'delivery', 'roles', 'mail', 'phone', 'leave'] as const;
export type PersonField = (typeof personFields)[number];

/** The names of their chains. A subject is the identity provider's text: encoded, so that it holds no separator. */
export const nameOf = {
  person: (office: string, sub: string): string => `person:${office}/${encodeURIComponent(sub)}`,
  mailbox: (office: string): string => `mailbox:${office}`,
  snooze: ({ office, sub, obligation }: Pick<Snooze, 'office' | 'sub' | 'obligation'>): string =>
    `snooze:${office}/${encodeURIComponent(sub)}/${obligation}`,
  read: ({ office, role, day, sub }: Pick<ReadMark, 'office' | 'role' | 'day' | 'sub'>): string =>
    `read:${office}/${role}/${day}/${encodeURIComponent(sub)}`,
} as const;
