/** The filing as a page: content field by field, papers with their links, what others have said, and the form of the opinion. */
import type { Opened } from '../../shared/app/invitations/opened-view.ts';
import type { Session } from '../../shared/app/invitations/open.ts';
import { minuteOf } from '../../shared/domain/invitations/invitation.ts';
import { officeOf } from '../../shared/domain/identity/offices.ts';
import { differenceOf } from '../../shared/domain/submissions/kinds/difference.ts';
import { kindOf } from '../../shared/domain/submissions/kinds/index.ts';
import { verdicts, type Verdict } from '../../shared/domain/submissions/submission.ts';
import type { HttpResult } from '../../shared/http/problem.ts';
import { invitationPage, text } from './pages.ts';

export const verdictTexts = {
  agree: '同意',
  'agree-with-conditions': '有条件同意',
  disagree: '不同意',
} as const satisfies Record<Verdict, string>;

type Leaf = string | number | boolean | null | undefined;

interface Shown {
  readonly kind: string;
  readonly kindName: { readonly zh: string };
  readonly receivedAt?: string;
  readonly current?: { readonly content: unknown; readonly explanations: Readonly<Record<string, string>> };
  readonly documents: readonly { readonly id: string; readonly fileName: string; readonly paper: string }[];
  readonly opinions: readonly { readonly office: string; readonly verdict: string }[];
}

export function filingPage({ filing, findings, downloads, watermark }: Opened, session: Session): HttpResult {
  const shown = filing as unknown as Shown;
  const kind = kindOf(shown.kind);
  const fields = kind ? differenceOf(kind, undefined, shown.current?.content) : [];
  const rows = fields.map(
    ({ label, pointer, after }) => [nameOf(label.zh, pointer), valueOf(after as Leaf)] as const,
  );
  const papers = shown.documents.map(({ id, fileName, paper }) => {
    const link = downloads.find(({ document }) => document === id);
    const name = kind?.papers.find(({ code }) => code === paper)?.name.zh ?? paper;
    const file = link ? `<a href="${text(link.url)}" rel="noreferrer">${text(fileName)}</a>` : text(fileName);
    return `<tr><th scope="row">${text(name)}</th><td>${file}</td></tr>`;
  });
  const soft = (findings as readonly { code: string; text: { zh: string } }[]).map(({ code, text: says }) => {
    const why = shown.current?.explanations[code];
    return `<li>${text(says.zh)}${why === undefined ? '' : `——申报人说明：${text(why)}`}</li>`;
  });
  const opinions = shown.opinions.map(
    ({ office, verdict }) =>
      [officeOf(office)?.zh ?? office, verdictTexts[verdict as Verdict] ?? verdict] as const,
  );
  const main = `<p>${text(watermark.text)}<br>本页仅供您本人出具意见，${text(minuteOf(session.until))}前有效。下载链接五分钟内有效，重新打开可再次取得。</p>
<h2>申报内容 <span lang="en">Content</span></h2>${table(rows)}
${soft.length > 0 ? `<h2>提示事项 <span lang="en">Findings</span></h2><ul>${soft.join('')}</ul>` : ''}
<h2>申报材料 <span lang="en">Papers</span></h2><table>${papers.join('')}</table>
${opinions.length > 0 ? `<h2>已出具的意见 <span lang="en">Opinions</span></h2>${table(opinions)}` : ''}
<h2>出具意见 <span lang="en">Your opinion</span></h2>
<label for="verdict">意见 <span lang="en">Verdict</span></label>
<select id="verdict">${verdicts.map((one) => `<option value="${one}">${verdictTexts[one]}</option>`).join('')}</select>
<label for="conditions">条件，每行一项 <span lang="en">Conditions, one a line</span></label><textarea id="conditions" rows="4"></textarea>
<label for="reason">理由 <span lang="en">Reason</span></label><textarea id="reason" rows="3"></textarea>
<button type="button" data-step="answer">提交意见（仅一次） / Submit, once</button>`;
  return invitationPage(201, shown.kindName.zh, main, { watermark, session: session.secret });
}

function table(rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`,
  );
  return `<table>${lines.join('')}</table>`;
}

/** A row of a list is named by what names it: `types/一居室/area`. */
function nameOf(label: string, pointer: string): string {
  const row = pointer
    .split('/')
    .slice(2, -1)
    .filter((part) => /\p{Script=Han}|^\d+$/u.test(part))
    .at(-1);
  return row === undefined ? label : `${label}（${/^\d+$/.test(row) ? Number(row) + 1 : row}）`;
}

function valueOf(value: Leaf): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
}
