// npm run audit:dependencies: known vulnerabilities of the packages that are deployed. 0 none, 1 high or critical, 2 not audited.
import { spawnSync } from 'node:child_process';
import { judge } from '../dependency-audit.ts';

const windows = process.platform === 'win32';
const { stdout } = spawnSync(windows ? 'npm.cmd' : 'npm', ['audit', '--json', '--omit=dev'], {
  encoding: 'utf8',
  shell: windows,
  maxBuffer: 64 * 1024 * 1024,
});
const audit = judge(stdout);
if (audit.outcome === 'not-audited') {
  console.error(
    `‼ 未审计：软件源未答复漏洞查询 / NOT AUDITED: the registry did not answer for known vulnerabilities (${audit.reason})`,
  );
  process.exit(2);
}
for (const finding of audit.findings) console.log(`✗ ${finding}`);
console.log(
  `${audit.packages}个部署包，${audit.findings.length}项 / ${audit.packages} deployed packages, ${audit.findings.length} finding(s)`,
);
process.exit(audit.outcome === 'bad' ? 1 : 0);
