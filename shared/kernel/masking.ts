/** Masks for personal data in answers (个保法 §51 去标识化): enough to recognise, too little to use. */

/** 王小明 → 王**; one character stays one star. */
export function maskName(name: string): string {
  const letters = [...name];
  return letters.length <= 1 ? '*' : `${letters[0] ?? ''}${'*'.repeat(letters.length - 1)}`;
}

/** 13800001234 → 138****1234; of a shorter number only the first two digits stay. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return digits.length >= 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `${digits.slice(0, 2)}****`;
}

/** zhang.san@x.gov.cn → z***@x.gov.cn; the domain says the office, not the person. */
export function maskMail(mail: string): string {
  const at = mail.lastIndexOf('@');
  const [first = ''] = mail;
  return at <= 0 ? '***' : `${first}***${mail.slice(at)}`;
}
