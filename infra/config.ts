/** What a deployment may choose, and what follows from it. */

export const targets = ['aws', 'aws-cn'] as const;
/** A partition that the templates are made for. Account and region stay open: they are pseudo parameters. */
export type Target = (typeof targets)[number];

/** Choices of the deployer (CDK context, or the environment for `npm run synth`). All may be left out in `aws`. */
export interface Settings {
  /** Where files are scanned for malware: `https://…` or `icap://…`. Without it GuardDuty does it, which `aws-cn` lacks. */
  readonly scannerUrl?: string | undefined;
  /** Deploy the API without sign-in. Off by default in `aws-cn`: such an API needs an ICP filing there. */
  readonly publicApi?: boolean | undefined;
  /** `governance` lets an administrator undo the lock of the ledger (for trials); `compliance` lets nobody. */
  readonly ledgerLock?: LedgerLock | undefined;
}

export type LedgerLock = 'compliance' | 'governance';

export interface Config {
  readonly target: Target;
  readonly scanner: { readonly by: 'guardduty' } | { readonly by: 'address'; readonly url: string };
  readonly publicApi: boolean;
  readonly ledgerLock: LedgerLock;
}

/** A setting that is missing or wrong: the message is one sentence for the person who deploys. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * @throws ConfigError when the target has no malware scanner, or a setting is not understood
 */
export function configOf(target: Target, settings: Settings = {}): Config {
  return {
    target,
    scanner: scannerOf(target, settings.scannerUrl),
    publicApi: settings.publicApi ?? target === 'aws',
    ledgerLock: settings.ledgerLock ?? 'compliance',
  };
}

function scannerOf(target: Target, url: string | undefined): Config['scanner'] {
  if (url !== undefined && url !== '') {
    if (!/^(https|icap):\/\/[^/\s]+/.test(url)) {
      throw new ConfigError(
        `The scanner's address must start with https:// or icap://, and ${url} does not.`,
      );
    }
    return { by: 'address', url };
  }
  if (target === 'aws') return { by: 'guardduty' };
  throw new ConfigError(
    'aws-cn has no GuardDuty malware scan: give the address of a scanner with -c scannerUrl=https://… (or ANJU_SCANNER_URL).',
  );
}

/**
 * Reads settings as text, the way a context or an environment gives them.
 * @param read gives the value of a name, or undefined
 * @throws ConfigError when a value is not one of those allowed
 */
export function settingsFrom(read: (name: keyof Settings) => string | undefined): Settings {
  return {
    scannerUrl: read('scannerUrl'),
    publicApi: flag('publicApi', read('publicApi')),
    ledgerLock: lock(read('ledgerLock')),
  };
}

/** @throws ConfigError when the text names no target */
export function targetNamed(text: string): Target {
  const found = targets.find((target) => target === text);
  if (!found) throw new ConfigError(`The target is ${targets.join(' or ')}, not ${text}.`);
  return found;
}

function flag(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ConfigError(`${name} is true or false, not ${text}.`);
}

function lock(text: string | undefined): LedgerLock | undefined {
  if (text === undefined || text === 'compliance' || text === 'governance') return text;
  throw new ConfigError(`ledgerLock is compliance or governance, not ${text}.`);
}
