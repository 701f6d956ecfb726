/**
 * 统一社会信用代码, GB 32100-2015: 18 signs, the last of them a check digit; signs 9 to 17 are the organisation's code, whose
 * last is a check digit too (GB 11714). Some codes of the first years fail the check, so a failure is to be explained, no refusal.
 */

/** The form alone: no I, O, S, V, Z. Rural collectives begin with N. */
export const creditCodeForm = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** Whether form and both check digits fit. */
export function creditCodeFits(code: string): boolean {
  if (!creditCodeForm.test(code)) return false;
  const sum = weights.reduce(
    (total, weight, place) => total + weight * alphabet.indexOf(code.charAt(place)),
    0,
  );
  return (
    alphabet.charAt((31 - (sum % 31)) % 31) === code.charAt(17) && organisationCodeFits(code.slice(8, 17))
  );
}

function organisationCodeFits(code: string): boolean {
  const sum = organisationWeights.reduce(
    (total, weight, place) => total + weight * Number.parseInt(code.charAt(place), 36),
    0,
  );
  const check = 11 - (sum % 11);
  const sign = check === 10 ? 'X' : check === 11 ? '0' : String(check);
  return sign === code.charAt(8);
}
