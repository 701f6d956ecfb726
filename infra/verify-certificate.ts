/** Checks a certificate without the platform: signature, content and print of a PDF, or the proof of a printed code. */
import { embeddedJws } from '../shared/adapters/certificates/pdf/embedded.ts';
import { rowsOf } from '../shared/adapters/certificates/pdf/words.ts';
import type { RenderPrint } from '../shared/app/certificates/ports.ts';
import type { CertificateContent } from '../shared/domain/certificates/content.ts';
import { KeySet, verifyJws, type JwsFault } from '../shared/domain/certificates/jws.ts';
import { verifyQr } from '../shared/domain/certificates/qr.ts';
import { thumbprint } from '../shared/kernel/jwk.ts';

/** 0: it is what it says. 1: it is not. 2: there is nothing to check. */
export interface Verdict {
  readonly exit: 0 | 1 | 2;
  readonly lines: readonly string[];
}

const both = (zh: string, en: string): string => `${zh} / ${en}`;

const faults: Readonly<Record<JwsFault, string>> = {
  unreadable: both('签名凭据无法读取', 'the proof cannot be read'),
  'not-canonical': both(
    '签名内容不是规范写法，可能被改动',
    'the signed content is not spelled canonically: it may have been altered',
  ),
  'unknown-key': both(
    '签名密钥不在所给的公开密钥中',
    'it was signed by a key that is not among the given ones',
  ),
  'bad-signature': both(
    '签名与内容不符：内容被改动，或非该机关签发',
    'the signature does not fit the content: altered, or not issued by this key',
  ),
};

const offline = both(
  '离线核验只证明内容真实；证书此后是否变更、中止、撤销，请扫码查看',
  'offline only the content is proved; whether it was changed, suspended or revoked since, the printed code tells',
);

/** @param text of a file `jwks.json`; undefined when it holds no keys */
export function keysIn(text: string): KeySet | undefined {
  try {
    const parsed = KeySet().safeParse(JSON.parse(text));
    return parsed.success && parsed.data.keys.length > 0 ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** What was trusted, so that a person can compare it with what the government published. */
export function trusted({ keys }: KeySet, source: string): readonly string[] {
  return [
    both(`信任的公开密钥：${source}`, `keys trusted: ${source}`),
    ...keys.map((key) => `  ${thumbprint(key)}  ${key.alg}`),
    both(
      '  请与发证机关公布的密钥指纹（及证书下方所印）逐字比对；文件来源不明的密钥不能证明什么',
      'compare it sign by sign with the thumbprint that the government published (and with the one in print); keys of unknown origin prove nothing',
    ),
  ];
}

export async function verifyPdf(pdf: Uint8Array, keys: KeySet, render: RenderPrint): Promise<Verdict> {
  const found = embeddedJws(pdf);
  if (!found) return { exit: 2, lines: [both('✗ 这不是PDF文件', 'this is no PDF')] };
  const [jws, ...others] = found;
  if (jws === undefined)
    return {
      exit: 2,
      lines: [both('✗ 文件中没有签名凭据 certificate.jws', 'the file carries no certificate.jws')],
    };
  if (others.length > 0)
    return { exit: 1, lines: [both('✗ 文件中有不止一份签名凭据', 'the file carries more than one proof')] };
  const verified = verifyJws(jws, keys);
  if (!verified.ok) return { exit: 1, lines: [`✗ ${faults[verified.error]}`] };
  const { content, header } = verified.value;
  const signed = [
    both(`✓ 签名有效，密钥 ${header.kid}`, 'the signature holds'),
    '',
    ...contentLines(content),
    '',
  ];
  const same = Buffer.from(await render(jws)).equals(Buffer.from(pdf));
  if (!same)
    return {
      exit: 1,
      lines: [
        ...signed,
        both(
          '✗ 版面与签名内容重新生成的文件不一致：文件被改动或被其他程序另存，所见文字不可信，以上列内容为准',
          'the file is not what the signed content prints: altered, or saved by another program; trust the content above, not what the page shows',
        ),
      ],
    };
  const printed = both('✓ 版面与签名内容逐字节一致', 'the page is what was signed, to the byte');
  return { exit: 0, lines: [...signed, printed, offline] };
}

/** @param text of a printed code */
export function verifyCode(text: string, keys: KeySet): Verdict {
  const verified = verifyQr(text, keys);
  if (!verified.ok) {
    const exit = verified.error === 'unreadable' ? 2 : 1;
    return { exit, lines: [`✗ ${faults[verified.error]}`] };
  }
  const { claim, key } = verified.value;
  return {
    exit: 0,
    lines: [
      both(`✓ 二维码凭据有效，密钥 ${key}`, 'the proof of the code holds'),
      '',
      `  编号 / number: ${claim.number}`,
      `  版本 / version: ${claim.version}`,
      `  有效期止 / valid to: ${claim.validTo}`,
      `  内容摘要 / content SHA-256: ${claim.content}`,
      '',
      offline,
    ],
  };
}

function contentLines(content: CertificateContent): readonly string[] {
  const { number, version, issuer, issuedOn, validFrom, validTo, owner, project } = content;
  return [
    `  ${content.name}`,
    `  编号 / number: ${number}`,
    `  版本 / version: ${version}`,
    `  发证机关 / issuer: ${issuer.name}`,
    `  发证日期 / issued on: ${issuedOn}`,
    `  有效期 / valid: ${validFrom} – ${validTo}`,
    `  项目 / project: ${project.name}（${project.place}）`,
    `  项目主体 / owner: ${owner.name}（${owner.creditCode}）`,
    `  房源 / homes, rooms, beds: ${content.homes}, ${content.rooms}, ${content.beds}`,
    `  建筑面积 / floor area: ${content.buildingArea} ㎡`,
    '',
    ...rowsOf(content).flatMap((row) =>
      row.map(({ label, value }) => `  ${label}：${value.replaceAll('\n', ' ')}`),
    ),
  ];
}
