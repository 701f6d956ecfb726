/**
 * When an EventBridge schedule fires: `cron(minute hour day month weekday year)` in UTC, or `rate(n unit)`. Not
 * supported, and refused by name: `L`, `W` and `#`.
 */

const minuteMs = 60_000;
const units: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/**
 * The first instant (ms) after `after` at which the schedule fires; infinity when it never does again. A rate counts from
 * the epoch, where AWS counts from the rule's creation.
 *
 * @throws Error that names the expression when it is not a schedule, or one that is not supported
 */
export function nextFiring(expression: string, after: number): number {
  const rate = /^rate\((?:1 (minute|hour|day)|(\d+) (minute|hour|day)s)\)$/.exec(expression);
  if (rate) {
    const count = Number(rate[2] ?? 1);
    if (rate[2] !== undefined && count < 2) throw new Error(`Not a schedule: ${expression}`);
    const every = count * (units[rate[1] ?? rate[3] ?? ''] ?? 1) * minuteMs;
    return (Math.floor(after / every) + 1) * every;
  }
  const { minute, hour, day, month, weekday, year } = fieldsOf(expression);
  let time = (Math.floor(after / minuteMs) + 1) * minuteMs;
  for (;;) {
    const at = new Date(time);
    const [thisYear, thisMonth, thisDay] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
    if (thisYear > lastYear) return Number.POSITIVE_INFINITY;
    if (!year(thisYear)) time = Date.UTC(thisYear + 1, 0);
    else if (!month(thisMonth + 1)) time = Date.UTC(thisYear, thisMonth + 1);
    else if (!day(thisDay) || !weekday(at.getUTCDay() + 1)) time = Date.UTC(thisYear, thisMonth, thisDay + 1);
    else if (!hour(at.getUTCHours())) time += (60 - at.getUTCMinutes()) * minuteMs;
    else if (!minute(at.getUTCMinutes())) time += minuteMs;
    else return time;
  }
}

type Field = (value: number) => boolean;

const lastYear = 2199;
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function fieldsOf(expression: string) {
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression);
  if (!cron) throw new Error(`Not a schedule: ${expression}`);
  const [, minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = cron;
  // As EventBridge: days are given by date or by weekday, and the other one is left open with a question mark.
  if ((day === '?') === (weekday === '?'))
    throw new Error(`${expression}: one of day and weekday must be "?", and only one`);
  const field = (text: string, first: number, last: number, names: readonly string[] = []): Field => {
    const parts = text.split(',').map((part) => partOf(part, first, last, names));
    if (parts.includes(undefined)) throw new Error(`${expression}: the field ${text} is not supported`);
    return (value) => parts.some((part) => part?.(value));
  };
  return {
    minute: field(minute, 0, 59),
    hour: field(hour, 0, 23),
    day: day === '?' ? any : field(day, 1, 31),
    month: field(month, 1, 12, monthNames),
    weekday: weekday === '?' ? any : field(weekday, 1, 7, dayNames),
    year: field(year, 1970, lastYear),
  };
}

function any(): boolean {
  return true;
}

/** `*`, `5`, `5-10`, and with a step: every so many from the first value on. Undefined when it is none of these. */
function partOf(text: string, first: number, last: number, names: readonly string[]): Field | undefined {
  const [, from = '', to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(text) ?? [];
  const numberOf = (value: string): number => {
    const named = names.indexOf(value.toUpperCase());
    if (named >= 0) return named + first;
    return /^\d+$/.test(value) ? Number(value) : Number.NaN;
  };
  if (from === '*' && to !== undefined) return undefined;
  const low = from === '*' ? first : numberOf(from);
  const open = from === '*' || (step !== undefined && to === undefined);
  const high = open ? last : numberOf(to ?? from);
  const every = Number(step ?? 1);
  if (!(low >= first && high <= last && low <= high && every > 0)) return undefined;
  return (value) => value >= low && value <= high && (value - low) % every === 0;
}
