/**
 * What the conformance suites of the engines share: checks of documented behaviour, what an engine does in each, and the
 * table in which the differences stand. Generic over the target, which is whatever the checks of a suite need.
 */

/** What only an engine with handles can be made to do, such as letting an index show late. */
export type Knob = string;

export interface Check<Target> {
  /** The behaviour, as a sentence. Unique within its theme. */
  readonly name: string;
  /** The page of the service's documentation that promises it. */
  readonly source: string;
  /** What the engine must offer for the check to be done at all. */
  readonly needs?: readonly Knob[];
  /** Throws what the engine does instead. Makes its own names, so that checks do not meet. */
  run(target: Target): Promise<void>;
}

export interface Theme<Target> {
  readonly title: string;
  readonly checks: readonly Check<Target>[];
}

/** `passes`, `n/a`, `fails: what it does instead`; `varies: why` is only ever written by hand. */
export type Verdict = 'passes' | 'n/a' | `fails: ${string}` | `varies: ${string}`;

/** By theme, check and engine. */
export type Differences = Record<string, Record<string, Record<string, Verdict>>>;

/** The engine's answer is not the documented one. The message is one line and the same in every run. */
export class Difference extends Error {}

/** @throws Difference when the two are not alike; members of objects may come in any order, undefined ones count as absent */
export function same(what: string, actual: unknown, expected: unknown): void {
  const [found, wanted] = [written(actual), written(expected)];
  if (found !== wanted) throw new Difference(`${what}: ${found} instead of ${wanted}`);
}

/** @throws Difference when it does not hold */
export function holds(what: string, truth: boolean): void {
  if (!truth) throw new Difference(`not so: ${what}`);
}

/**
 * What a promise is rejected with.
 * @param name of the error, or several where the documentation allows each
 * @throws Difference when it is not rejected, or with another error
 */
export async function refused(
  answer: Promise<unknown>,
  name: string | readonly string[],
  message?: RegExp,
): Promise<Error> {
  const names = [name].flat();
  let error: unknown;
  try {
    await answer;
  } catch (caught) {
    error = caught;
  }
  if (!(error instanceof Error)) throw new Difference(`accepted instead of ${names.join(' or ')}`);
  if (!names.includes(error.name)) throw new Difference(`${oneLine(error)} instead of ${names.join(' or ')}`);
  if (message && !message.test(error.message)) {
    throw new Difference(`${oneLine(error)} instead of a message like ${message.source}`);
  }
  return error;
}

/** What the engine does in one check. @param knobs what the engine offers @param limit milliseconds until it counts as silent */
export async function perform<Target>(
  check: Check<Target>,
  target: Target,
  knobs: readonly Knob[] = [],
  limit = 30_000,
): Promise<Verdict> {
  if (check.needs?.some((knob) => !knobs.includes(knob))) return 'n/a';
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Difference('no answer')), limit);
  });
  try {
    await Promise.race([check.run(target), silence]);
    return 'passes';
  } catch (error) {
    return `fails: ${oneLine(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

/** What the engine does in every check, one after the other. */
export async function performAll<Target>(
  themes: readonly Theme<Target>[],
  target: Target,
  knobs: readonly Knob[] = [],
): Promise<Record<string, Record<string, Verdict>>> {
  const found: Record<string, Record<string, Verdict>> = {};
  for (const { title, checks } of themes) {
    const verdicts: Record<string, Verdict> = (found[title] = {});
    for (const check of checks) verdicts[check.name] = await perform(check, target, knobs);
  }
  return found;
}

const longest = 200;

/** An error in one line that is the same in every run: no stack, no ports, no times, no identifiers. */
function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return 'something is thrown that is no error';
  const said = error instanceof Difference ? error.message : `${error.name}: ${error.message}`;
  const line = said
    .replace(/\s+/g, ' ')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '(time)')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '(id)')
    .replace(/127\.0\.0\.1:\d+/g, '(address)')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

function written(value: unknown): string {
  return (
    JSON.stringify(value, (_, member: unknown) => {
      if (member instanceof Uint8Array) return { bytes: Buffer.from(member).toString('base64') };
      if (typeof member === 'bigint') return String(member);
      if (member instanceof Set) return [...(member as Set<unknown>)].map(written).sort();
      if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
      return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? 'nothing'
  );
}
