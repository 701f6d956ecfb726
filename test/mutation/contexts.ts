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

/**
 * Tests that take a second and more, because they really unpack tens of megabytes or touch every byte of a file. Thousands of
 * mutants would each wait for them; what only they would notice counts as not noticed here.
 */
export const tooSlow: readonly RegExp[] = [
  /counts what nested archives unpack to against one allowance$/,
  /stops unpacking what announces little and unpacks to much$/,
  /refuses an object without measure$/,
  /stops unpacking structure beyond its allowance$/,
  /no byte of the content of a \w+ can change unseen$/,
];

export function contextOf(file: string): string | undefined {
  return contexts.find((context) => file.startsWith(`shared/${context}/`));
}
