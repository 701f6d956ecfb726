/**
 * What the platform costs a month on AWS, from the capacity units that were measured and from what is assumed of its use. Each
 * line is `quantity × price`, so that anybody can follow it, and put in other figures.
 */
import type { Units } from './capacity.ts';
import prices from './prices.json' with { type: 'json' };

export interface Use {
  readonly name: { readonly zh: string; readonly en: string };
  /** Filings signed a month. */
  readonly filings: number;
  /** Officials who look at the platform on a working day, and how many pages each opens. */
  readonly officials: number;
  readonly pagesADay: number;
  /** What the public reads a month. */
  readonly publicReads: number;
  /** Notices by mail a month. */
  readonly mails: number;
  /** GB: of papers, of the table, and of logs a month. */
  readonly papers: number;
  readonly table: number;
  readonly logs: number;
}

/**
 * Inner Mongolia: 12 leagues and cities and 103 counties, with three to six officials each and forty at the region. The notice asks
 * a city for some ten filings a year; 400 filings a month leave room for projects (some 2,000 buildings over five years).
 */
export const region: Use = {
  name: { zh: '内蒙古', en: 'Inner Mongolia' },
  filings: 400,
  officials: 500,
  pagesADay: 60,
  publicReads: 1_000_000,
  mails: 10_000,
  papers: 200,
  table: 5,
  logs: 5,
};

const provinces = 31;

/** All provinces on one platform, each as large as Inner Mongolia. */
export const country: Use = {
  name: { zh: '31个省级地区', en: '31 provinces' },
  filings: region.filings * provinces,
  officials: region.officials * provinces,
  pagesADay: region.pagesADay,
  publicReads: region.publicReads * provinces,
  mails: region.mails * provinces,
  papers: region.papers * provinces,
  table: region.table * provinces,
  logs: region.logs * provinces,
};

export interface BillLine {
  readonly what: string;
  readonly arithmetic: string;
  readonly usd: number;
}

export interface Bill {
  readonly name: Use['name'];
  readonly lines: readonly BillLine[];
  readonly usd: number;
}

const workingDays = 22;
/** Steps of a filing: begun, saved twice, four papers, checked, signed, accepted, three opinions, consented, published, received. */
const commandsAFiling = 17;
const papersAFiling = 4;
/** Seconds that a function runs, on a small arm64 machine: a generous multiple of what the bench measures. */
const secondsACall = 0.05;
const gb = 0.5;
/** Readers of the stream write counters, lists and duties: units for each entry, an estimate on the safe side. */
const followUpUnits = 20;

/**
 * @param capacity units by route, as `measureCapacity` gives them
 * @throws Error when a route that the sum needs was not measured
 */
export function costOf(use: Use, capacity: Readonly<Record<string, Units>>): Bill {
  const unitsOf = (pattern: RegExp, of: keyof Units): number => {
    const found = Object.entries(capacity).filter(([route]) => pattern.test(route));
    if (found.length === 0) throw new Error(`No route was measured like ${pattern.source}`);
    return Math.ceil(found.reduce((sum, [, units]) => sum + units[of], 0) / found.length);
  };
  const commands = use.filings * commandsAFiling;
  const pages = use.officials * use.pagesADay * workingDays;
  const [aCommand, aPage, aPublic] = [
    { read: unitsOf(/^POST \/submissions/, 'read'), write: unitsOf(/^POST \/submissions/, 'write') },
    unitsOf(/^GET \/(desk|submissions|inbox|deadlines)/, 'read'),
    unitsOf(/^GET \/public/, 'read'),
  ];
  const reads = commands * aCommand.read + pages * aPage + use.publicReads * aPublic;
  const writes = commands * (aCommand.write + followUpUnits);
  const requests = commands + pages + use.publicReads;
  const invocations = requests + commands * 2 + use.mails + use.filings * papersAFiling;
  const line = (what: string, quantity: number, unit: string, price: number, per = 1): BillLine => ({
    what,
    arithmetic: `${quantity.toLocaleString('en')} ${unit} × ${price}${per === 1 ? '' : ` / ${per.toLocaleString('en')}`}`,
    usd: (quantity / per) * price,
  });
  const million = 1_000_000;
  const lines = [
    line('API Gateway', requests, 'requests', prices.apiRequests, million),
    line('Lambda: requests', invocations, 'calls', prices.lambdaRequests, million),
    line('Lambda: time', Math.round(invocations * secondsACall * gb), 'GB-s', prices.lambdaGbSecond),
    line('DynamoDB: reads', reads, 'units', prices.tableReads, million),
    line('DynamoDB: writes', writes, 'units', prices.tableWrites, million),
    line('DynamoDB: storage', use.table, 'GB', prices.tableGb),
    line('DynamoDB: point-in-time recovery', use.table, 'GB', prices.recoveryGb),
    line('S3: storage', use.papers + use.table, 'GB', prices.objectGb),
    line('S3: puts', commands * 2 + use.filings * papersAFiling * 2, 'puts', prices.objectPuts, 1000),
    line('GuardDuty: scans', (use.filings * papersAFiling * 2) / 1000, 'GB', prices.scanGb),
    line('KMS: keys', 3, 'keys', prices.key),
    line('KMS: requests', commands + use.filings * papersAFiling, 'requests', prices.keyRequests, 10_000),
    line('CloudWatch: logs', use.logs, 'GB', prices.logGb),
    line('CloudWatch: alarms', prices.alarmsUsed, 'alarms', prices.alarm),
    line('CloudWatch: own figures', prices.figuresUsed, 'figures', prices.figure),
    line('CloudWatch: dashboard', 1, 'page', prices.dashboard),
  ];
  return { name: use.name, lines, usd: lines.reduce((sum, { usd }) => sum + usd, 0) };
}
