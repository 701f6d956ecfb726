/** Judges what `npm audit --json` says. What the registry did not answer is never taken for good news. */
import * as z from 'zod';

const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']),
      range: z.string(),
      fixAvailable: z.union([z.boolean(), z.object({ name: z.string(), version: z.string() })]),
    }),
  ),
  metadata: z.object({ dependencies: z.object({ prod: z.int() }) }),
});

export type Audit =
  | { readonly outcome: 'not-audited'; readonly reason: string }
  | {
      readonly outcome: 'clean' | 'tolerable' | 'bad';
      /** How many packages were looked at. */
      readonly packages: number;
      readonly findings: readonly string[];
    };

/** @param output what npm wrote to its standard output */
export function judge(output: string): Audit {
  const said = jsonOf(output);
  const report = Report.safeParse(said);
  if (!report.success) {
    const { message } = z.object({ message: z.string() }).safeParse(said).data ?? {};
    // Where the registry lies is nobody's business here.
    const reason = (message ?? 'npm said nothing readable').replaceAll(/https?:\/\/\S+/g, '…');
    return { outcome: 'not-audited', reason };
  }
  const { vulnerabilities, metadata } = report.data;
  const found = Object.entries(vulnerabilities);
  const bad = found.some(([, { severity }]) => severity === 'high' || severity === 'critical');
  return {
    outcome: found.length === 0 ? 'clean' : bad ? 'bad' : 'tolerable',
    packages: metadata.dependencies.prod,
    findings: found.map(
      ([name, { severity, range, fixAvailable }]) =>
        `${severity} ${name} ${range}${fixAvailable === false ? '' : ' (修复可用 / a fix is available)'}`,
    ),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
