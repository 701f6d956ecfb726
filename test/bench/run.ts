/** The benchmark: measures one budget after the other and prints each beside what it should be. Fails when one is missed. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { synthIfChanged } from '../../infra/build.ts';
import { measureCapacity } from './capacity.ts';
import { costOf, country, region } from './cost.ts';
import { measureRatios } from './handler-ratio.ts';
import { measureFreeze } from './freeze-cost.ts';
import { measureImports } from './import-ratio.ts';
import { measureLoad } from './load.ts';

interface Line {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  /** Absent: there is none, it is told. */
  readonly budget?: number;
  readonly atLeast?: true;
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
const lines: Line[] = [];

function heading(text: string): void {
  console.log(`\n── ${text}`);
}

console.log(
  `${availableParallelism()} 核，客户端与平台共用 / ${availableParallelism()} cores, shared by client and platform; Node ${process.version}`,
);
// Made before anything is timed.
await synthIfChanged('aws');

heading('单位容量 / capacity units a route (test/bench/capacity.json)');
const capacity = await measureCapacity();
console.table(capacity);
const submits = Object.entries(capacity).filter(([route]) => /\/sign \(S-/.test(route));
lines.push(
  {
    what: 'submit, write units',
    measured: Math.max(...submits.map(([, { write }]) => write)),
    unit: 'WCU',
    budget: 14,
  },
  // It founds the project or names itself in it, besides.
  {
    what: 'signature of a project, write units',
    measured: capacity['POST /submissions/{id}/sign (a project)']?.write ?? Number.NaN,
    unit: 'WCU',
  },
  {
    what: 'a desk page of 25, read units',
    measured: capacity['GET /desk (25 lines)']?.read ?? Number.NaN,
    unit: 'RCU',
    budget: 4,
  },
);

heading('冷启动加载 / what a cold start loads');
const functions = path.join('.build', 'functions');
const apis = ['commands', 'steering', 'queries', 'registers', 'documents', 'description', 'public'];
const bundles = Object.fromEntries(
  readdirSync(functions)
    .filter((name) => apis.includes(name))
    .map((name) => [name, path.resolve(functions, name, 'index.mjs')]),
);
const imports = measureImports(bundles, 15);
console.table(imports);
for (const { name, ratio } of imports.filter((one) => apis.includes(one.name) && one.name !== 'documents'))
  lines.push({ what: `import of ${name} against the bare client`, measured: ratio, unit: '×', budget: 1.5 });

heading('处理开销 / a whole handler against its calls made bare');
const ratios = await measureRatios(1500);
console.table(ratios);
for (const { route, ratio } of ratios)
  lines.push({ what: `p50 of ${route}`, measured: ratio, unit: '×', budget: 1.25 });

heading('全区评价 / evaluating the whole region');
const [few, many] = [await measureFreeze(2_000), await measureFreeze(200_000)];
console.table([few, many]);
lines.push(
  {
    what: 'read units of an evaluation of 200,000 homes against 2,000',
    measured: many.readUnits / few.readUnits,
    unit: '×',
    budget: 1.1,
  },
  { what: 'time of the same', measured: many.ms / few.ms, unit: '×', budget: 1.1 },
);

heading(`负载 / load: 32 connections, ${seconds} s`);
const load = await measureLoad(seconds);
console.table(load);
lines.push(
  {
    what: 'commands of filings without files',
    measured: load.commands / load.seconds,
    unit: '/s',
    budget: 200,
    atLeast: true,
  },
  {
    what: 'filings begun and submitted (five commands each)',
    measured: load.filings / load.seconds,
    unit: '/s',
  },
  { what: 'failed', measured: load.failed, unit: '', budget: 0 },
  { what: 'acknowledged and lost', measured: load.lost, unit: '', budget: 0 },
  {
    what: 'last third against first',
    measured: load.lastThird / load.firstThird,
    unit: '×',
    budget: 0.9,
    atLeast: true,
  },
  { what: 'resident memory at the end', measured: load.memoryAtEnd, unit: 'MB', budget: 350 },
  { what: 'slope of the memory in the second half', measured: load.memorySlope, unit: 'MB/min' },
  { what: 'second start ready', measured: load.secondStartSeconds, unit: 's', budget: 5 },
);

heading(`故障下的负载 / load under faults: ${seconds} s`);
const troubled = await measureLoad(seconds, true);
console.table(troubled);
lines.push(
  { what: 'under faults: commands', measured: troubled.commands / troubled.seconds, unit: '/s' },
  { what: 'under faults: sent again', measured: troubled.sentAgain, unit: '' },
  { what: 'under faults: failed', measured: troubled.failed, unit: '', budget: 0 },
  { what: 'under faults: acknowledged and lost', measured: troubled.lost, unit: '', budget: 0 },
);

heading('每月费用 / cost a month (test/bench/cost.ts)');
for (const bill of [costOf(region, capacity), costOf(country, capacity)]) {
  console.log(`${bill.name.zh} / ${bill.name.en}`);
  console.table(bill.lines.map(({ usd, ...line }) => ({ ...line, usd: usd.toFixed(2) })));
  lines.push({ what: `a month, ${bill.name.en}`, measured: bill.usd, unit: 'USD' });
}

heading('预算 / budgets');
const missed = lines.filter(
  ({ measured, budget, atLeast }) =>
    budget !== undefined && !(atLeast ? measured >= budget : measured <= budget),
);
console.table(
  lines.map((line) => ({
    what: line.what,
    measured: `${line.measured.toFixed(2).replace(/\.00$/, '')} ${line.unit}`,
    budget: line.budget === undefined ? '' : `${line.atLeast ? '≥' : '≤'} ${line.budget} ${line.unit}`,
    '': line.budget === undefined ? '' : missed.includes(line) ? '✗' : '✓',
  })),
);
if (missed.length > 0) {
  console.error(`未达到 / missed: ${missed.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}
