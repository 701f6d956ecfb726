import { describe, expect, it } from 'vitest';
import { maskMail, maskName, maskPhone } from './masking.ts';

describe('a masked name', () => {
  it.each([
    ['王小明', '王**'],
    ['李雷', '李*'],
    // Of a compound surname too only the first character stays.
    ['欧阳娜娜', '欧***'],
    ['阿拉坦其其格', '阿*****'],
    ['王', '*'],
    ['', '*'],
    // One character, though two UTF-16 code units.
    ['𠮷', '*'],
    ['𠮷田', '𠮷*'],
  ])('%s is shown as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('a masked phone number', () => {
  it.each([
    ['13800001234', '138****1234'],
    ['138-0000-1234', '138****1234'],
    ['0471-6944444', '047****4444'],
    ['6944444', '69****'],
    ['110', '11****'],
    ['', '****'],
  ])('%s is shown as %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });
});

describe('a masked mail address', () => {
  it.each([
    ['zhang.san@x.gov.cn', 'z***@x.gov.cn'],
    ['z@x.gov.cn', 'z***@x.gov.cn'],
    ['"a@b"@x.cn', '"***@x.cn'],
    ['@x.cn', '***'],
    ['nothing', '***'],
    ['', '***'],
  ])('%s is shown as %s', (mail, masked) => {
    expect(maskMail(mail)).toBe(masked);
  });
});
