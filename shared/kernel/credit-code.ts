/**
 * The unified social credit code (统一社会信用代码, GB 32100-2015) and the organisation code within it (GB 11714). Codes of rural
 * collectives begin with N, and some codes of the first years fail the check: a defect is a warning, never a refusal.
 */

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Eighteen signs of the alphabet. Spelled out: the stored schema of a certificate holds this spelling. */
export const creditCodeForm = /^[0-9A-HJ-NP-RTUWXY]{18}$/;
/** 3^(i−1) mod 31. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** `form`: not 18 signs of the alphabet; `check-digit`: of the whole; `organisation-digit`: of the code within. */
export type CreditCodeDefect = 'form' | 'check-digit' | 'organisation-digit';

/** What is wrong with a code in capitals and without spaces; undefined when both checks hold. */
export function creditCodeDefect(code: string): CreditCodeDefect | undefined {
  if (!creditCodeForm.test(code)) return 'form';
  if (code[17] !== creditCheckDigit(code.slice(0, 17))) return 'check-digit';
  return code[16] === organisationCheckDigit(code.slice(8, 16)) ? undefined : 'organisation-digit';
}

/** @param body the first seventeen signs */
export function creditCheckDigit(body: string): string {
  const sum = [...body].reduce(
    (total, sign, index) => total + alphabet.indexOf(sign) * (weights[index] ?? 0),
    0,
  );
  return alphabet[(31 - (sum % 31)) % 31] ?? '';
}

/** @param body the first eight signs of an organisation code, 0–9 and A–Z */
export function organisationCheckDigit(body: string): string {
  const sum = [...body].reduce(
    (total, sign, index) => total + Number.parseInt(sign, 36) * (organisationWeights[index] ?? 0),
    0,
  );
  const digit = 11 - (sum % 11);
  return digit === 10 ? 'X' : digit === 11 ? '0' : String(digit);
}
