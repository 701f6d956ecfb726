/**
 * The number of a certificate (编号), `保租认字〔2021〕150102-0001号`: year of the decision, six digits of the county, a count
 * from 1 in that county and year. The short form `150102-2021-0001` says the same where brackets and Chinese are in the way.
 */
import { isCivilDate } from '../../kernel/civil-date.ts';

export interface CertificateNumber {
  /** Six digits, GB/T 2260. */
  readonly county: string;
  readonly year: number;
  /** From 1. */
  readonly sequence: number;
}

const full = /^保租认字〔(\d{4})〕(\d{6})-(\d{4,6})号$/;
const short = /^(\d{6})-(\d{4})-(\d{4,6})$/;

export function formatNumber({ county, year, sequence }: CertificateNumber): string {
  return `保租认字〔${year}〕${county}-${counted(sequence)}号`;
}

export function shortNumber({ county, year, sequence }: CertificateNumber): string {
  return `${county}-${year}-${counted(sequence)}`;
}

/** Either form; undefined for anything else, as for the numbers of papers from before the platform. */
export function parseNumber(text: string): CertificateNumber | undefined {
  const long = full.exec(text);
  const [year, county, sequence] = long
    ? [long[1], long[2], long[3]]
    : ((brief) => [brief?.[2], brief?.[1], brief?.[3]])(short.exec(text));
  if (year === undefined || county === undefined || sequence === undefined) return undefined;
  const number = { county, year: Number(year), sequence: Number(sequence) };
  const real = number.sequence > 0 && isCivilDate(`${year}-01-01`) && counted(number.sequence) === sequence;
  return real ? number : undefined;
}

/** The full form of a number in either; a number that is none of ours stays as it is. */
export function fullNumber(text: string): string {
  const number = parseNumber(text);
  return number ? formatNumber(number) : text;
}

/** As it stands in an address: the short form, or the old number encoded. */
export function numberInPath(text: string): string {
  const number = parseNumber(text);
  return number ? shortNumber(number) : encodeURIComponent(text);
}

/** Four digits, and more after 9999: one number has one spelling. */
function counted(sequence: number): string {
  return String(sequence).padStart(4, '0');
}
