/** The public page of a certificate: one document, no script, nothing from elsewhere; Chinese first, English beside it. */
import type { CertificateStanding, PublicState } from '../../shared/app/certificates/public-view.ts';
import type { HttpResult } from '../../shared/http/problem.ts';

/** Colour never says it alone: the word stands beside it. */
const tones: Readonly<Record<PublicState, string>> = {
  valid: '#14633a',
  changed: '#8a5200',
  suspended: '#8a5200',
  expired: '#5c5f66',
  revoked: '#a4161a',
  cancelled: '#5c5f66',
};

export function certificatePage(standing: CertificateStanding): HttpResult {
  const { state, stateText, since, version, currentVersion, number } = standing;
  const rows: readonly (readonly [string, string, string])[] = [
    ['编号', 'Number', number],
    [
      '版本',
      'Version',
      version === currentVersion ? `第${version}版（现行）` : `第${version}版，现行为第${currentVersion}版`,
    ],
    ['发证机关', 'Issuer', standing.issuer],
    ['发证日期', 'Issued on', standing.issuedOn],
    ['有效期', 'Term', `${standing.validFrom} 至 ${standing.validTo}`],
    ['项目名称', 'Project', standing.project.name],
    ['所在地', 'Place', standing.project.place],
    ['项目主体', 'Owner', standing.owner],
    ...(standing.document === undefined ? [] : [['决定文号', 'Decision', standing.document] as const]),
    ...(standing.evidence
      ? [
          [
            '纸质补录',
            'From paper',
            `证据等级${standing.evidence.grade}：${standing.evidence.text.zh}`,
          ] as const,
        ]
      : []),
    ['内容摘要', 'SHA-256 of the content', standing.content],
    ...(standing.kid === undefined ? [] : [['密钥指纹', 'Key', standing.kid] as const]),
  ];
  const main = `
<p class="state" style="border-color:${tones[state]}"><strong style="color:${tones[state]}">${escaped(stateText.zh)}</strong>
<span lang="en">${escaped(stateText.en)}</span><span>自 ${escaped(since)} 起 <span lang="en">since ${escaped(since)}</span></span></p>
<dl>${rows.map(([zh, en, value]) => `<div><dt>${zh} <span lang="en">${en}</span></dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>
<p class="note">请将本页与手中证书的编号、版本、项目和主体逐项核对。本页为 ${escaped(standing.asOf)} 的状态，不含个人信息。
离线核验：用公开密钥 <a href="/.well-known/jwks.json">/.well-known/jwks.json</a> 核对证书文件或二维码。
<span lang="en">Compare number, version, project and owner with the paper in your hand. State as of ${escaped(standing.asOf)}.</span></p>`;
  return page(200, `${standing.name} ${number}`, main);
}

export function noCertificatePage(): HttpResult {
  const main = `
<p class="state" style="border-color:${tones.revoked}"><strong style="color:${tones.revoked}">查无此证</strong>
<span lang="en">There is no such certificate</span></p>
<p class="note">平台没有登记这一编号或版本的认定书，请向发证机关核实。
<span lang="en">No certificate of this number or version is registered: ask the issuing government.</span></p>`;
  return page(404, '查无此证', main);
}

const style = `
body{margin:0;background:#f4f1ee;color:#1d1d1f;font:1rem/1.6 "Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:42rem;margin:1.5rem auto;padding:1.5rem;background:#fff;border:1px solid #d8cfc8;border-top:.4rem solid #8f1d22}
h1{font-size:1.35rem;margin:0 0 1rem;color:#8f1d22}
.state{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:baseline;margin:0 0 1rem;padding:.7rem 1rem;border:2px solid;border-left-width:.6rem}
.state strong{font-size:1.7rem}
dl{margin:0}
dl div{display:grid;grid-template-columns:10rem 1fr;gap:.5rem;padding:.45rem 0;border-bottom:1px solid #e6e0db}
dt{color:#55595f}dd{margin:0;overflow-wrap:anywhere}
[lang=en]{color:#55595f;font-size:.85rem}
.note{font-size:.9rem;color:#3c4046}.note [lang=en]{display:block}
a{color:#7a1a1f}
@media(max-width:34rem){main{margin:0;border-left:0;border-right:0}dl div{grid-template-columns:1fr;gap:0}}`;

function page(statusCode: number, title: string, main: string): HttpResult {
  const body = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${style}</style></head>
<body><main><h1>保障性租赁住房项目认定书核验 <span lang="en">Certificate check</span></h1>${main}</main></body></html>
`;
  return {
    statusCode,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'zh-CN',
      'cache-control': statusCode === 200 ? 'public, max-age=60' : 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      'referrer-policy': 'no-referrer',
      vary: 'Accept',
    },
    body,
  };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
