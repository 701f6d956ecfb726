/**
 * The print of a certificate (证书文件): a pure function of its JWS. Whoever has the PDF takes the JWS out of it, renders anew and
 * compares: what the eye sees is what was signed, to the byte.
 */
import { startOfDay } from '../../../kernel/civil-date.ts';
import type { CertificateContent } from '../../../domain/certificates/content.ts';
import { readJws, type JwsHeader } from '../../../domain/certificates/jws.ts';
import { qrText } from '../../../domain/certificates/qr.ts';
import { codeSide, drawCode } from './code.ts';
import { colours, inside, Sheet, type Fonts, type TextStyle } from './sheet.ts';
import { basis, dated, rowsOf, type Field, type Row } from './words.ts';

export const attachmentName = 'certificate.jws';

/** @throws Error when the JWS is none of a certificate */
export async function certificatePrint(jws: string, fonts: Fonts): Promise<Uint8Array> {
  const read = readJws(jws);
  if (!read.ok) throw new Error(`No certificate to print: ${read.error}`);
  const { content, header } = read.value;
  const at = new Date(startOfDay(content.issuedOn));
  const sheet = new Sheet(fonts, {
    title: `${content.name} ${content.number}`,
    author: content.issuer.name,
    at,
  });
  heading(sheet, content);
  const rows = rowsOf(content);
  const size = sizeFor(sheet, rows);
  const heights = rows.map((row) => heightOfRow(sheet, row, size));
  for (const [index, row] of rows.entries()) {
    const height = heights[index] ?? 0;
    // Conditions and restrictions stand above the seal: it is never alone on its sheet.
    const end = index === rows.length - 2 ? height + (heights[index + 1] ?? 0) + footHeight : height;
    if (sheet.y + end > sheet.bottom) {
      closeTable(sheet);
      sheet.newPage();
    }
    drawRow(sheet, row, height, size);
  }
  closeTable(sheet);
  if (sheet.y + footHeight > sheet.bottom) sheet.newPage();
  foot(sheet, content, header);
  const name = { name: attachmentName, type: 'application/jose', description: '签名凭据 / signed content' };
  sheet.doc.file(Buffer.from(jws), { ...name, creationDate: at, modifiedDate: at });
  return sheet.finish((page, of) => {
    numberPage(sheet, content, page, of);
  });
}

function heading(sheet: Sheet, { name, number, version }: CertificateContent): void {
  const { width } = sheet;
  const title: TextStyle = { size: 27, bold: true, align: 'center', colour: colours.frame, spacing: 2 };
  sheet.y += 4 + sheet.write(name, inside.left, sheet.y, width, title);
  const under: TextStyle = { size: 11, align: 'center' };
  const text = version > 1 ? `编号：${number}（第${version}版）` : `编号：${number}`;
  sheet.y += 6 + sheet.write(text, inside.left, sheet.y, width, under);
  const said: TextStyle = { size: 10.5, align: 'justify', indent: 21, lineGap: 4 };
  sheet.y += 6 + sheet.write(basis, inside.left, sheet.y, width, said);
}

const sizes = [10, 9.5, 9, 8.5, 8, 7.5] as const;
const labelWidth = 84;
const padding = { x: 5, y: 2.8 } as const;
const footHeight = 146;

/** The largest size at which all stands on one sheet; what fits at none goes on over the next sheets. */
function sizeFor(sheet: Sheet, rows: readonly Row[]): number {
  const room = sheet.bottom - footHeight - sheet.y;
  const fits = (size: number) => rows.reduce((sum, row) => sum + heightOfRow(sheet, row, size), 0) <= room;
  return sizes.find(fits) ?? 9;
}

function cellsOf(sheet: Sheet, row: Row): readonly (Field & { x: number; width: number })[] {
  const width = sheet.width / row.length;
  return row.map((field, index) => ({ ...field, x: inside.left + index * width, width }));
}

const ofLabel = (size: number): TextStyle => ({ size, bold: true, align: 'center', lineGap: size * 0.2 });
const ofValue = (size: number): TextStyle => ({ size, lineGap: size * 0.2 });

function heightOfRow(sheet: Sheet, row: Row, size: number): number {
  const heights = cellsOf(sheet, row).flatMap(({ label, value, width }) => [
    sheet.heightOf(label, labelWidth - 2 * padding.x, ofLabel(size)),
    sheet.heightOf(value, width - labelWidth - 2 * padding.x, ofValue(size)),
  ]);
  return Math.max(...heights) + 2 * padding.y;
}

function drawRow(sheet: Sheet, row: Row, height: number, size: number): void {
  const [top, end] = [sheet.y, sheet.y + height];
  const cells = cellsOf(sheet, row);
  for (const { x } of cells) sheet.doc.rect(x, top, labelWidth, height).fill('#f6f1ee');
  for (const { label, value, x, width } of cells) {
    const box = (text: string, left: number, room: number, style: TextStyle): void => {
      const free = height - sheet.heightOf(text, room, style);
      // The gap below the last line is no part of what the eye centres.
      sheet.write(text, left, top + free / 2 + style.size * 0.12, room, style);
    };
    box(label, x + padding.x, labelWidth - 2 * padding.x, ofLabel(size));
    box(value, x + labelWidth + padding.x, width - labelWidth - 2 * padding.x, ofValue(size));
    for (const at of [x, x + labelWidth, x + width]) sheet.rule([at, top], [at, end]);
  }
  sheet.rule([inside.left, top], [inside.left + sheet.width, top]);
  sheet.y = end;
}

function closeTable(sheet: Sheet): void {
  sheet.rule([inside.left, sheet.y], [inside.left + sheet.width, sheet.y]);
}

/** Issuer, day and place of the seal; the code with its caption; how to check. At the foot of the last sheet. */
function foot(sheet: Sheet, content: CertificateContent, header: JwsHeader): void {
  const { width } = sheet;
  const top = sheet.bottom - footHeight + 12;
  const codeX = inside.left + width - codeSide;
  drawCode(sheet, qrText(content, header), codeX, top);
  const caption: TextStyle = { size: 8.5, align: 'center' };
  sheet.write('扫码核验真伪', codeX, top + codeSide + 3, codeSide, caption);
  const signed: TextStyle = { size: 12.5, align: 'center' };
  const [left, room] = [inside.left + 20, width - codeSide - 60];
  let y = top + 6;
  y += 7 + sheet.write(`发证机关：${content.issuer.name}`, left, y, room, signed);
  y += 7 + sheet.write('（盖章）', left, y, room, { ...signed, colour: colours.soft });
  sheet.write(dated(content.issuedOn), left, y, room, signed);
  const note: TextStyle = { size: 7.5, colour: colours.soft, lineGap: 2.2, align: 'left' };
  const text =
    `核验方法：①扫描二维码，查看本证书当前状态（有效、已变更、中止、到期、撤销、注销）；` +
    `②离线核验：本文件附有签名凭据${attachmentName}，用 npm run verify 对照公开密钥核对，密钥指纹 ${header.kid}。` +
    `纸质证书以加盖发证机关印章为准。`;
  sheet.write(text, inside.left, top + codeSide + 18, width, note);
}

function numberPage(sheet: Sheet, content: CertificateContent, page: number, of: number): void {
  if (of === 1) return;
  const style: TextStyle = { size: 8, colour: colours.soft, align: 'center' };
  const text = `${content.number}　第 ${page} 页　共 ${of} 页`;
  sheet.write(text, inside.left, sheet.doc.page.height - 52, sheet.width, style);
}
