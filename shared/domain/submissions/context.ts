/** What the rules are given: who, when, and the records that a step concerns. They load nothing themselves. */
import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { City } from '../cities/city.ts';
import type { Document } from '../documents/document.ts';
import type { Delegate } from '../identity/delegates.ts';
import type { Actor } from '../identity/roles.ts';
import type { RuleSet } from '../policies/rule-set.ts';
import type { Project } from '../projects/project.ts';
import type { ReviewFile } from './joint-review/review-file.ts';
import type { Kind } from './kind.ts';
import type { Paper, Version } from './submission.ts';

export interface Context {
  readonly actor: Actor;
  readonly now: string;
  readonly kind: Kind;
  readonly calendar: WorkingCalendar;
  readonly city: City;
  /** The version being worked on; loaded for the steps that look at content. */
  readonly version?: Version;
  /** All documents of the filing, for the same steps. */
  readonly documents?: readonly Document[];
  /** Earlier correction notices, for the step `return`. */
  readonly notices?: readonly Paper[];
  /** Pointers of what the filer changed since the last of them, for the same step. */
  readonly changedSince?: readonly string[];
  /** The rules of the city in force, for the joint review. */
  readonly rules?: RuleSet;
  /** The project that the filing concerns, for the steps that look at content. */
  readonly project?: Project;
  /** The written authorisation under which the actor signs, for the steps that bind his office; `over`: it has run out. */
  readonly delegation?: Delegate | 'over';
  /** The file of the joint review, for the steps that open or change it. */
  readonly review?: ReviewFile;
  /** Kinds whose three approvals make a determined city (S-07). */
  readonly determining: readonly string[];
}
