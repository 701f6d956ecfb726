/**
 * A kind of submission (申报种类) is one declarative file under `kinds/`. The engine never names a kind: what a kind
 * needs, it declares here. To add one, write the file and list it in `kinds/index.ts` (see CONTRIBUTING).
 */
import type * as z from 'zod';
import type { Text } from '../../kernel/refusal.ts';
import type { City, CityFigures } from '../cities/city.ts';
import type { FileType } from '../documents/inspection/file-types.ts';
import type { RuleSet } from '../policies/rule-set.ts';
import type { CertificateContent, CertificateTerms, PaperContent } from '../certificates/content.ts';
import type { Project, ProjectContent } from '../projects/project.ts';
import type { ReviewFile } from './joint-review/review-file.ts';
import type { Head, paths } from './submission.ts';
import type { RuleSetOrigin } from '../policies/rule-set-from.ts';

/**
 * How a filing becomes a decision:
 * - `own-decision`: the city decides and publishes itself, the region receives the filing (S-06);
 * - `regional-review`: three departments review, the region's government consents (S-07);
 * - `acknowledgement`: the region takes note;
 * - `joint-review`: the departments of a county review together, its city checks the plan, its government decides (S-12).
 */
export type Path = (typeof paths)[number];

/**
 * `five-years`: "2021-2025"; `year`: "2021". Five-year plans of the state begin in years ending in 1 or 6.
 * `new-project`: what founds a project; the platform gives it its number. `project`: what concerns one, by that number.
 */
export type PeriodForm = 'five-years' | 'year' | 'new-project' | 'project';

/** A paper (材料) that belongs to a filing. */
export interface PaperRule {
  readonly code: string;
  readonly name: Text;
  readonly types: readonly FileType[];
  readonly maxBytes: number;
  /** More than one file may stand under this paper. */
  readonly multiple: boolean;
  /** Absent: optional. `always`, or a condition on the content, said in words so that the form can show it. */
  readonly required?: 'always' | { readonly when: (content: unknown) => boolean; readonly says: Text };
  readonly clause: string;
}

/** What is wrong (`hard`: stops the filing) or strange (`soft`: wants an explanation that the reviewers see). */
export interface Finding {
  readonly level: 'hard' | 'soft';
  readonly code: string;
  /** JSON Pointer into the content. */
  readonly pointer: string;
  readonly text: Text;
}

/** What the rules may look at besides the content: the city's own record. Figures are those in force. */
export interface Facts {
  readonly city: City;
  readonly period: string;
  /** The rules of the city in force and the project's county, on the joint review. */
  readonly rules?: RuleSet;
  readonly county?: string;
  /** The project that the filing concerns, as it stands. */
  readonly project?: Project;
  /** Today, a civil date. */
  readonly today?: string;
}

/** What a certificate rests on besides the content: the filing as it was approved, its rules and its review. */
export interface Certified {
  readonly head: Head;
  readonly rules?: RuleSet | undefined;
  readonly review?: ReviewFile | undefined;
  readonly now: string;
  /** What the certificate says until then, for what changes one. */
  readonly standing?: CertificateContent | PaperContent | undefined;
}

/** What the approval of a filing does to a certificate: issues one, changes (变更), renews (续期) or cancels (注销) one. */
export type CertificateEffect = 'issue' | 'amend' | 'renew' | 'cancel';

/** Limits in working days, with where each number comes from. The notice gives none, so they are `unverified` data. */
export interface StageLimits {
  readonly acceptance: number;
  readonly opinion: number;
  readonly correction: number;
  readonly source: string;
}

export interface Kind<Content = unknown> {
  readonly code: string;
  readonly name: Text;
  readonly description: Text;
  /** The clauses of the notice that ask for it. */
  readonly clauses: readonly string[];
  readonly period: PeriodForm;
  /** Whose it is to file. Absent: of the leagues and cities. */
  readonly filedBy?: 'organisation';
  /** Every field carries `.describe('中文|English')`, which feeds the form and the difference view. */
  readonly content: () => z.ZodType<Content>;
  readonly papers: readonly PaperRule[];
  /** Which way this city's filing takes, or why the city may not file this kind. */
  readonly path: (city: City) => Path | { readonly refused: Text };
  /** Who opines on the regional-review path; all must pass. */
  readonly reviewers: readonly string[];
  readonly limits: StageLimits;
  /** Everything that is wrong or strange with content that already fits the schema. */
  readonly check: (content: Content, facts: Facts) => readonly Finding[];
  /** What enters the city's record when the filing takes effect; absent: nothing but the fact itself. */
  readonly figures?: (content: Content, period: string, submission: string) => Partial<CityFigures>;
  /** The rule-set that the filing makes when it takes effect (S-02, S-11); absent: it makes none. */
  readonly ruleSet?: (content: Content, about: RuleSetOrigin) => RuleSet;
  /** This filing says that the city develops (`developing`) or does not develop (`not-developing`) such housing. */
  readonly declares?: 'developing' | 'not-developing';
  /** One of the documents that make a city a determined one (S-07). */
  readonly determines?: true;
  /** What its approval does to a certificate; absent: the kind has none to do with. */
  readonly certificate?: CertificateEffect;
  /** One filing at a time with this other kind: it takes the place of that one, for the same owner and period. */
  readonly inPlaceOf?: string;
  /** Stages of the joint review that it does without. */
  readonly skips?: readonly ('plan-check' | 'public-notice')[];
  /** The project that it founds, or what it makes of the one that it concerns, as the register keeps it. */
  readonly project?: (
    content: Content,
    at: {
      readonly county: string;
      readonly rules?: RuleSet | undefined;
      /** As it stands, for what concerns one. */
      readonly standing?: ProjectContent | undefined;
    },
  ) => ProjectContent;
  /** What the certificate says when it is approved. */
  readonly certifies?: (content: Content, approved: Certified) => CertificateTerms;
  /** Papers that come later, by the day the owner promises (容缺受理). */
  readonly promises?: (content: Content) => readonly { readonly paper: string; readonly by: string }[];
  /** What the public sees of it; absent: it is not published. */
  readonly published?: (content: Content) => Readonly<Record<string, unknown>>;
}

/** The kind whose place a filing of this one takes: one is under way at a time. */
export function placeOf({ code, inPlaceOf }: Pick<Kind, 'code' | 'inPlaceOf'>): string {
  return inPlaceOf ?? code;
}

/**
 * Keeps a kind's own content type while it is written; the registry forgets it. What a project and a certificate say is taken from
 * the content as its form reads it, without the blanks around a text; what was saved stays as it came.
 */
export function defineKind<Content>(kind: Kind<Content>): Kind {
  const { content, project, certifies } = kind;
  const read = (saved: Content): Content => content().safeParse(saved).data ?? saved;
  return {
    ...kind,
    ...(project ? { project: (saved: Content, at) => project(read(saved), at) } : {}),
    ...(certifies ? { certifies: (saved: Content, approved) => certifies(read(saved), approved) } : {}),
  } as Kind<Content> as unknown as Kind;
}
