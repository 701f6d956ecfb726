/** The operating guide as a page (操作指引): plain, in Chinese, readable without styles, with a screen reader, and on paper. */
import { escapedHtml } from '../../shared/kernel/html.ts';
import {
  hasUnverified,
  type Guide,
  type GuideLine,
  type GuideSection,
} from '../../shared/domain/policies/guide.ts';
import type { HttpResult } from '../../shared/http/problem.ts';

const style = `body{font:1rem/1.7 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem;line-height:1.3}h2{font-size:1.25rem;margin-top:2rem}a{color:#0b57a4}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:bold;padding:.25rem 0}
th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:left;vertical-align:top}th[scope=row]{width:14rem;font-weight:normal}
td.source{width:11rem}.unverified{font-weight:bold}.notice{border-left:.3rem solid #767676;padding-left:.8rem}`;

export function guidePage(guide: Guide, headers: Readonly<Record<string, string>>): HttpResult {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'zh-CN',
      // The page holds no script, loads nothing, and stands in nobody's frame.
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      ...headers,
    },
    body: pageOf(guide),
  };
}

function pageOf(guide: Guide): string {
  const { title, says, on, ruleSet, sections } = guide;
  const heading = escapedHtml(title.zh);
  const contents = sections.map(
    ({ code, title: name }) => `<li><a href="#${code}">${escapedHtml(name.zh)}</a></li>`,
  );
  const warning = hasUnverified(guide)
    ? '<p class="notice">注明“待核实”的数值为平台默认值，未见当地正式文件，以当地公布的文件为准。</p>'
    : '';
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${heading}</h1>
${says.map(({ zh }) => `<p>${escapedHtml(zh)}</p>`).join('\n')}
${warning}
<nav aria-label="目录"><ol>${contents.join('')}</ol></nav>
</header>
<main>
${sections.map(sectionOf).join('\n')}
</main>
<footer><p>适用日期：<time datetime="${on}">${on}</time>。依据规则集${escapedHtml(ruleSet)}自动生成。</p></footer>
</body>
</html>
`;
}

function sectionOf({ code, title, paragraphs, tables }: GuideSection): string {
  const body = [
    ...paragraphs.map(({ zh }) => `<p>${escapedHtml(zh)}</p>`),
    ...tables.map(({ title: caption, lines }) => tableOf(caption.zh, lines)),
  ];
  return `<section aria-labelledby="${code}">
<h2 id="${code}">${escapedHtml(title.zh)}</h2>
${body.join('\n')}
</section>`;
}

function tableOf(caption: string, lines: readonly GuideLine[]): string {
  const sourced = lines.some(({ source }) => source !== undefined);
  const rows = lines.map(({ label, value, source, sourceText }) => {
    const mark = source === 'unverified' ? ' class="source unverified"' : ' class="source"';
    const from = sourced ? `<td${mark}>${escapedHtml(sourceText?.zh ?? '')}</td>` : '';
    return `<tr><th scope="row">${escapedHtml(label.zh)}</th><td>${escapedHtml(value.zh)}</td>${from}</tr>`;
  });
  const head = `<tr><th scope="col">事项</th><th scope="col">规定</th>${sourced ? '<th scope="col">依据</th>' : ''}</tr>`;
  return `<table>
<caption>${escapedHtml(caption)}</caption>
<thead>${head}</thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}
