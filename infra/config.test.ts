import { describe, expect, it } from 'vitest';
import { ConfigError, configOf, settingsFrom, targetNamed } from './config.ts';

describe('configOf', () => {
  it('chooses GuardDuty, the public API and the firm lock in aws', () => {
    expect(configOf('aws')).toEqual({
      target: 'aws',
      scanner: { by: 'guardduty' },
      publicApi: true,
      ledgerLock: 'compliance',
    });
  });

  it('leaves the public API out in aws-cn, and asks for a scanner', () => {
    expect(configOf('aws-cn', { scannerUrl: 'icap://scan.example.cn:1344/scan' })).toMatchObject({
      scanner: { by: 'address', url: 'icap://scan.example.cn:1344/scan' },
      publicApi: false,
    });
    expect(() => configOf('aws-cn')).toThrow(/aws-cn has no GuardDuty malware scan/);
  });

  it('prefers a configured scanner to GuardDuty', () => {
    expect(configOf('aws', { scannerUrl: 'https://scanner.example.cn/scan' }).scanner.by).toBe('address');
  });

  it.each(['http://scanner.example.cn/', 'scanner.example.cn', 'https://'])(
    'refuses the scanner %s',
    (scannerUrl) => {
      expect(() => configOf('aws-cn', { scannerUrl })).toThrow(ConfigError);
    },
  );
});

describe('settings as text', () => {
  const read = (given: Record<string, string>) => settingsFrom((name) => given[name]);

  it('are read by name', () => {
    expect(
      read({ scannerUrl: 'https://s.example.cn', publicApi: 'false', ledgerLock: 'governance' }),
    ).toEqual({
      scannerUrl: 'https://s.example.cn',
      publicApi: false,
      ledgerLock: 'governance',
    });
    expect(read({})).toEqual({ scannerUrl: undefined, publicApi: undefined, ledgerLock: undefined });
  });

  it('are refused when they are not understood', () => {
    expect(() => read({ publicApi: 'yes' })).toThrow('publicApi is true or false, not yes.');
    expect(() => read({ ledgerLock: 'none' })).toThrow('ledgerLock is compliance or governance, not none.');
    expect(() => targetNamed('aws-gov')).toThrow('The target is aws or aws-cn, not aws-gov.');
  });
});
