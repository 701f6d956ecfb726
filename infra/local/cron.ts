/** When an EventBridge schedule fires: `cron(minute hour day month weekday year)` in UTC, or `rate(n unit)`. */

const minuteMs = 60_000;
const units: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** The first instant (ms) after `after` at which the schedule fires. */
export function nextFiring(expression: string, after: number): number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const every = Number(rate[1]) * (units[rate[2] ?? ''] ?? 1) * minuteMs;
    return (Math.floor(after / every) + 1) * every;
  }
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression);
  if (!cron) throw new Error(`Not a schedule: ${expression}`);
  const [minutes, hours, days, months, weekdays, years] = cron.slice(1).map(field) as [
    Field,
    Field,
    Field,
    Field,
    Field,
    Field,
  ];
  let time = (Math.floor(after / minuteMs) + 1) * minuteMs;
  const last = after + 366 * 24 * 60 * minuteMs * 5;
  while (time <= last) {
    const at = new Date(time);
    const dayFits =
      years(at.getUTCFullYear()) &&
      months(at.getUTCMonth() + 1) &&
      days(at.getUTCDate()) &&
      weekdays(at.getUTCDay() + 1);
    if (!dayFits) time = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1);
    else if (!hours(at.getUTCHours())) time += (60 - at.getUTCMinutes()) * minuteMs;
    else if (!minutes(at.getUTCMinutes())) time += minuteMs;
    else return time;
  }
  throw new Error(`${expression} never fires`);
}

type Field = (value: number) => boolean;

function field(text: string): Field {
  if (text === '*' || text === '?') return () => true;
  const parts = text.split(',').map((part): Field => {
    const step = /^(\*|\d+)\/(\d+)$/.exec(part);
    if (step) {
      const start = step[1] === '*' ? 0 : Number(step[1]);
      return (value) => value >= start && (value - start) % Number(step[2]) === 0;
    }
    const range = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (!range) throw new Error(`Not a cron field: ${text}`);
    const first = Number(range[1]);
    const end = Number(range[2] ?? range[1]);
    return (value) => value >= first && value <= end;
  });
  return (value) => parts.some((part) => part(value));
}
