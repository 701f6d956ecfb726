/**
 * Judges a request by policies, as IAM does: a statement that denies wins, one that allows suffices, and without either the
 * request is refused. What this does not understand is an error, never a permission.
 */
import { holds, type Conditions } from './conditions.ts';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  /** Of a resource's own policy: for whom it speaks. */
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Conditions;
}

/** What somebody wants to do. */
export interface Access {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** ARN of what it is done to. */
  readonly resource: string;
  /** Condition keys, such as `kms:ViaService`; several values where the key is one of many. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export type Judgement = 'allowed' | 'denied' | 'not-allowed';

/** @throws Error when a statement holds what is not understood here */
export function judge(statements: readonly Statement[], access: Access): Judgement {
  const speaking = statements.filter((statement) => speaksOf(statement, access));
  if (speaking.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return speaking.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'not-allowed';
}

function speaksOf(statement: Statement, access: Access): boolean {
  const { Action, NotAction, Resource, NotResource, NotPrincipal, Condition } = statement;
  if (NotPrincipal !== undefined) throw new Error('IAM: NotPrincipal is not understood on one machine');
  const isAction =
    Action === undefined ? !names(NotAction, access.action, 'i') : names(Action, access.action, 'i');
  const isResource =
    Resource === undefined
      ? NotResource === undefined || !names(NotResource, access.resource)
      : names(Resource, access.resource);
  return isAction && isResource && holds(Condition ?? {}, access.context ?? {});
}

function names(patterns: string | readonly string[] | undefined, name: string, flags = ''): boolean {
  return [patterns ?? []].flat().some((pattern) => isLike(pattern, name, flags));
}

/** With `*` for any characters and `?` for one. */
export function isLike(pattern: string, text: string, flags = ''): boolean {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, `s${flags}`).test(text);
}
