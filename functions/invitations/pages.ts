/** What an invited official sees on his phone: plain pages in Chinese, English beside it; the filing under his watermark. */
import { escapedHtml } from '../../shared/kernel/html.ts';
import { minuteOf, type Standing } from '../../shared/domain/invitations/invitation.ts';
import type { Watermark } from '../../shared/app/invitations/opened-view.ts';
import type { HttpResult } from '../../shared/http/problem.ts';
import { pagePolicy, pageScript } from './page-script.ts';

const style = `
body{margin:0;background:#f4f1ee;color:#1d1d1f;font:1rem/1.6 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{position:relative;max-width:48rem;margin:1rem auto;padding:1.25rem;background:#fff;border-top:.4rem solid #8f1d22;overflow:hidden}
h1{font-size:1.3rem;margin:0 0 1rem;color:#8f1d22}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th[scope=row]{width:40%;font-weight:normal;color:#3c4046}
[lang=en]{color:#55595f;font-size:.85rem}
label{display:block;margin:.75rem 0 .25rem}input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}
button{font:inherit;margin:1rem .5rem 0 0;padding:.6rem 1.2rem;background:#8f1d22;color:#fff;border:0}
#says{min-height:1.6em;font-weight:bold;color:#8f1d22}
.mark{position:absolute;inset:0;pointer-events:none;display:flex;flex-wrap:wrap;gap:3rem 2rem;align-content:flex-start;overflow:hidden;z-index:1}
.mark span{transform:rotate(-24deg);color:rgba(80,80,90,.22);font-size:.9rem;white-space:nowrap;margin:2.5rem 0}`;

export const text = (value: string): string => escapedHtml(value);

/** @param main what stands between the tags of `main`; `session` is given to the page's script */
export function invitationPage(
  statusCode: number,
  title: string,
  main: string,
  { watermark, session }: { readonly watermark?: Watermark; readonly session?: string } = {},
): HttpResult {
  const data = session === undefined ? '' : ` data-session="${text(session)}"`;
  const body = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${text(title)}</title><style>${style}</style></head>
<body><main${data}><h1>${text(title)}</h1>${main}
<p id="says" role="status"></p>${watermark ? acrossThePage(watermark) : ''}</main><script>${pageScript}</script></body></html>
`;
  return {
    statusCode,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'zh-CN',
      'cache-control': 'no-store',
      'content-security-policy': pagePolicy,
      'referrer-policy': 'no-referrer',
      vary: 'Accept',
    },
    body,
  };
}

/** Often enough that no part of a page is without it; a screen reader hears it once, in the words above. */
function acrossThePage({ text: mark }: Watermark): string {
  return `<div class="mark" aria-hidden="true">${`<span>${text(mark)}</span>`.repeat(240)}</div>`;
}

interface LinkView {
  readonly about: { readonly zh: string; readonly en: string };
  readonly department: { readonly zh: string; readonly en: string };
  readonly phone: string;
  readonly standing: Standing;
  readonly standingText: { readonly zh: string; readonly en: string };
  readonly validUntil: string;
}

export function linkPage({
  about,
  department,
  phone,
  standing,
  standingText,
  validUntil,
}: LinkView): HttpResult {
  const ask = `<p>请先索取验证码，验证码将发送至 ${text(phone)}。
<span lang="en">Ask for the code: it is sent to ${text(phone)}.</span></p>
<button type="button" data-step="code">发送验证码 / Send the code</button>
<label for="code">验证码 <span lang="en">Code</span></label>
<input id="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6">
<button type="button" data-step="open">打开申报件 / Open</button>`;
  const main = `<p>${text(about.zh)}，请代表${text(department.zh)}出具意见。链接${text(minuteOf(validUntil))}前有效，请勿转发。<br>
<span lang="en">${text(about.en)}. You are asked for the opinion of: ${text(department.en)}. Do not pass this link on.</span></p>
${standing === 'open' ? ask : `<p><strong>${text(standingText.zh)}</strong> <span lang="en">${text(standingText.en)}</span></p>`}`;
  return invitationPage(200, '部门联审邀请', main);
}

export function noLinkPage(): HttpResult {
  return invitationPage(
    404,
    '链接无效',
    `<p>该链接不存在或者已失效，请与牵头部门联系。<br><span lang="en">This link is not, or no longer, valid: ask the lead of the review.</span></p>`,
  );
}

export function thanksPage(verdict: string, at: string, watermark: Watermark): HttpResult {
  const main = `<p>意见已收到：<strong>${text(verdict)}</strong>（${text(minuteOf(at))}）。每份邀请只能出具一次意见，本链接不再打开申报件。<br>
<span lang="en">Your opinion was received. This link opens the filing no more.</span></p>`;
  return invitationPage(201, '意见已收到', main, { watermark });
}
