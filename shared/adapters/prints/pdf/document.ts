/** A print on paper: A4, its title in the middle, tables with borders, and at the end by what it is held against the platform. */
import { digestOf, type Block, type Print } from '../../../app/prints/print.ts';
import { colours, inside, Sheet, type Fonts, type TextStyle } from '../../certificates/pdf/sheet.ts';
import { beginningOf, drawFields, drawTable } from './table.ts';

/** The same bytes for the same print and fonts. */
export async function printAsPdf(print: Print, fonts: Fonts): Promise<Uint8Array> {
  const { title, source } = print;
  const sheet = new Sheet(fonts, {
    title: `${title.zh} ${source.submission}`,
    author: '内蒙古自治区保障性租赁住房管理服务平台',
    at: new Date(source.at),
    framed: false,
  });
  drawTitle(sheet, print);
  for (const [index, block] of print.blocks.entries()) {
    need(sheet, togetherFrom(sheet, print.blocks, index));
    drawBlock(sheet, block);
  }
  const digest = digestOf(print);
  drawSource(sheet, print, digest);
  return sheet.finish((page, of) => {
    const style: TextStyle = { size: 8, colour: colours.soft, align: 'center' };
    const text = `${title.zh}　内容摘要 ${digest.slice(0, 16)}　第 ${page} 页　共 ${of} 页`;
    sheet.write(text, inside.left, sheet.doc.page.height - 42, sheet.width, style);
  });
}

function drawTitle(sheet: Sheet, { title, under }: Print): void {
  const line = (text: string, gap: number, style: Partial<TextStyle>): void => {
    const centred = { size: 10, align: 'center', ...style } as const;
    sheet.y += gap + sheet.write(text, inside.left, sheet.y, sheet.width, centred);
  };
  line(title.zh, 1, { size: 20, bold: true, spacing: 1 });
  line(title.en, 5, { size: 9.5, colour: colours.soft });
  line(under, 6, { size: 9.5 });
}

/** Two lines of a text stand together at least. */
const leastText = 40;
const text: TextStyle = { size: 11.5, align: 'justify', lineGap: 6 };

const headingHeight = 30;
const signatureHeight = 100;
const sourceHeight = 78;
/** A text up to here moves whole to where its signature stands. */
const movedUpTo = 220;

/**
 * How much room a block wants with what must not be parted from it: a heading is never alone at the foot of a page, nor a seal with
 * nothing above it; by what a letter is checked stands under its seal.
 */
function togetherFrom(sheet: Sheet, blocks: readonly Block[], index: number): number {
  const block = blocks[index];
  switch (block?.kind) {
    case 'heading':
      return headingHeight + togetherFrom(sheet, blocks, index + 1);
    case 'table':
      return beginningOf(sheet, block);
    case 'signature':
      return signatureHeight + sourceHeight;
    case 'paragraph': {
      if (blocks[index + 1]?.kind !== 'signature') return leastText;
      const height = sheet.heightOf(block.text, sheet.width, { ...text, indent: 2 * text.size });
      return (height > movedUpTo ? leastText : height) + togetherFrom(sheet, blocks, index + 1);
    }
    case 'fields':
    case 'salutation':
    case 'list':
    case undefined:
      return leastText;
  }
}

function drawBlock(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'heading':
      return drawHeading(sheet, block.text);
    case 'fields':
      return drawFields(sheet, block.rows);
    case 'table':
      return drawTable(sheet, block);
    case 'salutation':
      sheet.y += 8;
      return drawText(sheet, block.text, { ...text, bold: true });
    case 'paragraph':
      return drawText(sheet, block.text, { ...text, indent: 2 * text.size });
    case 'list':
      for (const [index, item] of block.items.entries())
        drawText(sheet, `${index + 1}．${item}`, { ...text, indent: 2 * text.size });
      return;
    case 'signature':
      return drawSignature(sheet, block);
  }
}

/** In Chinese, with its English in small beside. */
function drawHeading(sheet: Sheet, { zh, en }: { readonly zh: string; readonly en: string }): void {
  sheet.y += 7;
  const style: TextStyle = { size: 11.5, bold: true };
  const height = sheet.write(zh, inside.left, sheet.y, sheet.width, style);
  const from = inside.left + sheet.widthOf(zh, style) + 8;
  sheet.write(en, from, sheet.y + 4.2, sheet.width, { size: 8, colour: colours.soft });
  sheet.y += height + 1;
}

/** What is longer than its page goes on over the next: each part is as long as its page takes. */
function drawText(sheet: Sheet, words: string, style: TextStyle): void {
  for (let rest = words; rest !== '';) {
    need(sheet, leastText);
    const set = rest === words ? style : { ...style, indent: 0 };
    const part = sheet.fitting(rest, sheet.width, sheet.bottom - sheet.y, set);
    const goesOn = part.length < rest.length;
    sheet.y += sheet.write(part, inside.left, sheet.y, sheet.width, set);
    if (goesOn) sheet.newPage();
    rest = rest.slice(part.length);
  }
  sheet.y += 2;
}

function drawSignature(sheet: Sheet, { office, on }: { readonly office: string; readonly on: string }): void {
  sheet.y += 26;
  const [left, width] = [inside.left + sheet.width / 2, sheet.width / 2];
  const style: TextStyle = { size: 11.5, align: 'center' };
  sheet.y += 6 + sheet.write(office, left, sheet.y, width, style);
  sheet.y += 6 + sheet.write('（盖章）', left, sheet.y, width, { ...style, colour: colours.soft });
  sheet.y += 14 + sheet.write(on, left, sheet.y, width, style);
}

/** Whose word holds, and the hashes by which that is found out. */
function drawSource(sheet: Sheet, { source, calledBy }: Print, digest: string): void {
  const lines = [
    `${calledBy}由平台生成，以平台记录为准。在平台重新打印，内容摘要相同的，即为同一记录。`,
    `申报件　　　${source.submission}（第${source.version}稿）`,
    `申报稿摘要　${source.versionHash}`,
    `审计记录　　第${source.entry}号　${source.entryHash}`,
    `内容摘要　　${digest}`,
  ];
  need(sheet, sourceHeight);
  sheet.y += 12;
  sheet.rule([inside.left, sheet.y], [inside.left + sheet.width, sheet.y]);
  sheet.y += 5;
  for (const line of lines)
    sheet.y += sheet.write(line, inside.left, sheet.y, sheet.width, { size: 8, colour: colours.soft });
}

function need(sheet: Sheet, height: number): void {
  if (sheet.y + height > sheet.bottom) sheet.newPage();
}
