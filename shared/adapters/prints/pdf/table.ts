/** Tables with borders: the head stands on each page again, and a row that no page holds goes on over the next. */
import type { Block, Column, Field } from '../../../app/prints/print.ts';
import { inside, type Sheet, type TextStyle } from '../../certificates/pdf/sheet.ts';

type Table = Extract<Block, { kind: 'table' }>;

interface Cell {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly style: TextStyle;
  readonly shaded?: true;
  readonly leastHeight?: number;
}

const padding = { x: 4, y: 3.5 } as const;
const size = 9.5;
const shade = '#f3f3f1';
const body: TextStyle = { size, lineGap: size * 0.22 };
const label: TextStyle = { ...body, bold: true, align: 'center' };
const labelWidth = 72;
/** A seal takes more, but so much says where it belongs. */
const sealHeight = 32;

/** A row goes on over the next page only when it is higher than this: else it stands whole on that page. */
const tornFrom = 200;
/** So much of a torn row stands on a page at least. */
const leastPart = 60;

/** How much of a table stands together at least: its head with the first row, or with a part of it. */
export function beginningOf(sheet: Sheet, { columns, rows, none }: Table): number {
  const first = cellsOf(sheet, columns, rows[0] ?? [none]);
  return heightOf(sheet, headOf(sheet, columns)) + Math.min(heightOf(sheet, first), tornFrom);
}

function headOf(sheet: Sheet, columns: readonly Column[]): readonly Cell[] {
  const titles = columns.map(({ title }) => title);
  return cellsOf(sheet, columns, titles).map((cell) => ({ ...cell, style: label, shaded: true }));
}

export function drawTable(sheet: Sheet, { columns, rows, none, sealed }: Table): void {
  const head = headOf(sheet, columns);
  const drawn = rows.map((row) =>
    cellsOf(sheet, columns, row).map((cell): Cell => (sealed ? { ...cell, leastHeight: sealHeight } : cell)),
  );
  const whole: Cell = { text: none, x: inside.left, width: sheet.width, style: { ...body, align: 'center' } };
  const lines = drawn.length > 0 ? drawn : [[whole]];
  drawRow(sheet, head);
  for (const line of lines) {
    drawLong(sheet, line, () => {
      drawRow(sheet, head);
    });
  }
  sheet.y += 6;
}

export function drawFields(sheet: Sheet, rows: readonly (readonly Field[])[]): void {
  for (const row of rows) {
    const width = sheet.width / row.length;
    const cells = row.flatMap((field, index): Cell[] => {
      const x = inside.left + index * width;
      return [
        { text: field.label, x, width: labelWidth, style: label, shaded: true },
        { text: field.value, x: x + labelWidth, width: width - labelWidth, style: body },
      ];
    });
    drawLong(sheet, cells, () => undefined);
  }
  sheet.y += 6;
}

function cellsOf(sheet: Sheet, columns: readonly Column[], texts: readonly string[]): readonly Cell[] {
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  let x: number = inside.left;
  return columns.map(({ share, align }, index) => {
    const width = (share / total) * sheet.width;
    const cell = { text: texts[index] ?? '', x, width, style: align ? { ...body, align } : body };
    x += width;
    return cell;
  });
}

/** @param again draws what stands above the row on a further page */
function drawLong(sheet: Sheet, cells: readonly Cell[], again: () => void): void {
  for (let rest = cells; ;) {
    const height = heightOf(sheet, rest);
    const room = sheet.bottom - sheet.y;
    if (height <= room) {
      drawRow(sheet, rest);
      return;
    }
    if (height > tornFrom && room >= leastPart) {
      const parts = rest.map(({ text, width, style }) =>
        sheet.fitting(text, width - 2 * padding.x, room - 2 * padding.y, style),
      );
      drawRow(sheet, withTexts(rest, parts));
      rest = withTexts(
        rest,
        rest.map(({ text, shaded }, index) =>
          shaded ? text : text.slice(parts[index]?.length ?? 0).trimStart(),
        ),
      );
    }
    sheet.newPage();
    again();
  }
}

function withTexts(cells: readonly Cell[], texts: readonly string[]): readonly Cell[] {
  return cells.map((cell, index) => ({ ...cell, text: texts[index] ?? '' }));
}

function heightOf(sheet: Sheet, cells: readonly Cell[]): number {
  const heights = cells.map(({ text, width, style }) =>
    text === '' ? 0 : sheet.heightOf(text, width - 2 * padding.x, style),
  );
  const least = cells[0]?.leastHeight ?? 0;
  return Math.max(least, Math.max(size * 1.5, ...heights) + 2 * padding.y);
}

function drawRow(sheet: Sheet, cells: readonly Cell[]): void {
  const height = heightOf(sheet, cells);
  for (const { x, width, shaded } of cells) {
    if (shaded) sheet.doc.rect(x, sheet.y, width, height).fill(shade);
  }
  for (const { text, x, width, style } of cells) {
    const room = width - 2 * padding.x;
    const free = text === '' ? 0 : height - sheet.heightOf(text, room, style);
    // The gap below the last line is no part of what the eye centres.
    if (text !== '') sheet.write(text, x + padding.x, sheet.y + free / 2 + size * 0.1, room, style);
    sheet.doc.rect(x, sheet.y, width, height).lineWidth(0.6).strokeColor('#3c3c3c').stroke();
  }
  sheet.y += height;
}
