/** The text messages of an invitation. They name offices, never a person; a code comes without a link, and a link without a code. */
import { officeOf } from '../identity/offices.ts';
import { invitationRules, minuteOf, type Invitation } from './invitation.ts';

const nameOf = (office: string): string => officeOf(office)?.zh ?? office;

/** @param lead the county's housing department; `portal` where the link leads, without a slash at its end */
export function linkMessage(
  { office, validUntil }: Pick<Invitation, 'office' | 'validUntil'>,
  lead: string,
  portal: string,
  token: string,
): string {
  return (
    `【安居】${nameOf(lead)}邀请您代表${nameOf(office)}出具联审意见，${minuteOf(validUntil)}前有效，` +
    `请勿转发：${portal}/invitations/${token}`
  );
}

export function codeMessage({ number }: Pick<Invitation, 'number'>, code: string): string {
  const { value: minutes } = invitationRules.codeMinutes;
  return `【安居】验证码${code}，${minutes}分钟内有效，仅用于第${number}号联审邀请，请勿告知他人。`;
}

/** What stands across every page that he is shown. */
export function watermarkText(
  { office, number }: Pick<Invitation, 'office' | 'number'>,
  name: string,
  at: string,
): string {
  return `${name}　${nameOf(office)}　${minuteOf(at)}　第${number}号邀请`;
}
