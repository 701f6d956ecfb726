/** What is changed, and by whose tests it has to be noticed: the rules of a context are held by the tests beside them. */
import { globSync, readdirSync } from 'node:fs';
import path from 'node:path';

const domain = path.join('shared', 'domain');

/** kernel, domain/audit, domain/calendar, … */
export const contexts: readonly string[] = [
  'kernel',
  ...readdirSync(domain, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `domain/${name}`)
    .sort(),
];

const left = [
  /\.test\.ts$/,
  // Helpers of tests.
  /\/sample-[a-z]+\.ts$/,
  // Texts in two languages, and proposals of numbers: data, whose words no test repeats.
  /^shared\/kernel\/refusal-texts\.ts$/,
  /^shared\/domain\/evaluation\/schemes\/proposal\.ts$/,
  /^shared\/domain\/identity\/offices\.ts$/,
];

/** The files of a pattern that are changed, with forward slashes. */
export function filesOf(pattern: string): readonly string[] {
  return globSync(pattern)
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /^shared\/(kernel|domain)\/.*\.ts$/.test(file) && !left.some((skip) => skip.test(file)))
    .sort();
}

export function contextOf(file: string): string | undefined {
  return contexts.find((context) => file.startsWith(`shared/${context}/`));
}
