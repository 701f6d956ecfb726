// npm run conformance [-- --write]: what every engine that can be had here does in every check, against the tables.
import { renewObjects } from './objects/renew.ts';
import { renewTable } from './table/renew.ts';

const options = process.argv.slice(2);
const unknown = options.find((option) => option !== '--write');
if (unknown !== undefined) {
  console.error(`安居: 没有选项 ${unknown}，可用 --write / there is no option ${unknown}; --write is one`);
  process.exit(2);
}
const write = options.includes('--write');
let changes = 0;
for (const [title, renew] of [
  ['表引擎 / the table engines', renewTable],
  ['对象引擎 / the object engines', renewObjects],
] as const) {
  console.log(`── ${title}`);
  changes += await renew(write);
}
console.log(
  changes === 0
    ? '与记录相符 / everything is as the tables say'
    : write
      ? `已更新${changes}格 / ${changes} cell(s) renewed: read the difference before you commit it`
      : `${changes}格与记录不符 / ${changes} cell(s) are not as the tables say; -- --write renews them`,
);
process.exitCode = changes === 0 || write ? 0 : 1;
