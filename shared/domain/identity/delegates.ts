/**
 * Delegates (受委托人): who signs for an office under a written authorisation, and within which limits (行政许可法第二十四条). What a
 * delegate signs shows the limits; after its last day he signs nothing.
 */
import * as z from 'zod';
import { isCivilDate, type CivilDate } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';

const day = (says: string) => z.string().refine(isCivilDate, { error: 'civil-date' }).describe(says);
const text = (most: number, says: string) => z.string().trim().min(1).max(most).describe(says);

export const Delegate = once(() =>
  z.strictObject({
    sub: text(100, '受委托人账号|Account of the delegate'),
    document: text(100, '授权文号|Number of the authorisation'),
    limits: text(1000, '授权事项和限额|What he may sign, and up to where'),
    from: day('授权起|From'),
    to: day('授权止（含当日）|To, this day included'),
  }),
);
export type Delegate = z.infer<ReturnType<typeof Delegate>>;

export const Delegates = once(() =>
  z.object({ office: z.string(), delegates: z.array(Delegate()), seq: z.int(), hash: z.string() }),
);
export type Delegates = z.infer<ReturnType<typeof Delegates>>;

export const DelegatesInput = once(() => z.strictObject({ delegates: z.array(Delegate()).max(30) }));
export type DelegatesInput = z.infer<ReturnType<typeof DelegatesInput>>;

/** The authorisation under which a person signs on a day; `over`: he has one, and not for this day; undefined: he needs none. */
export function delegationOf(
  record: Pick<Delegates, 'delegates'> | undefined,
  sub: string,
  today: CivilDate,
): Delegate | 'over' | undefined {
  const own = record?.delegates.filter((one) => one.sub === sub) ?? [];
  if (own.length === 0) return undefined;
  return own.find(({ from, to }) => from <= today && today <= to) ?? 'over';
}
