/** `npm run synth`: the templates of both partitions, checked, with what each stack holds. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { synthChecked } from '../build.ts';
import { ConfigError, settingsFrom, targets, type Settings } from '../config.ts';

/** A host of the documentation: a deployment with it would scan nothing. */
const exampleScanner = 'https://scanner.example.cn/scan';

const variables = {
  scannerUrl: 'ANJU_SCANNER_URL',
  publicApi: 'ANJU_PUBLIC_API',
  ledgerLock: 'ANJU_LEDGER_LOCK',
} as const satisfies Record<keyof Settings, string>;

async function main(): Promise<void> {
  const settings = settingsFrom((name) => process.env[variables[name]]);
  if (!settings.scannerUrl) {
    console.warn(
      `aws-cn 使用示例扫描地址,部署前须替换 / aws-cn gets the example scanner ${exampleScanner}: before you deploy, ` +
        'replace it with ANJU_SCANNER_URL=https://… (or icap://…).',
    );
  }
  console.log('打包、合成、检查 / bundling, synthesizing, checking …');
  const outdirs = await synthChecked(
    targets.map((target) => ({
      target,
      options:
        target === 'aws-cn' ? { ...settings, scannerUrl: settings.scannerUrl ?? exampleScanner } : settings,
    })),
  );
  for (const outdir of outdirs) await report(outdir);
}

/** One line a stack. */
async function report(outdir: string): Promise<void> {
  const place = path.relative(process.cwd(), outdir);
  const manifest = JSON.parse(await readFile(path.join(outdir, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, { type: string; properties?: { templateFile?: string } }>;
  };
  for (const [name, { type, properties }] of Object.entries(manifest.artifacts)) {
    if (type !== 'aws:cloudformation:stack' || !properties?.templateFile) continue;
    const file = path.join(outdir, properties.templateFile);
    const { Resources: resources } = JSON.parse(await readFile(file, 'utf8')) as {
      Resources: Record<string, unknown>;
    };
    console.log(
      `${place}  ${name.padEnd(18)} ${String(Object.keys(resources).length).padStart(3)} resources`,
    );
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? `anju: ${error.message}` : error);
  process.exitCode = 1;
});
