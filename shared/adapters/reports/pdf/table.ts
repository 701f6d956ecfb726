/** A table with hairlines: its head is repeated on each page, a row is never torn, numbers stand on the right. */
import { colours, margins, type Paper } from './paper.ts';

export interface TableColumn {
  readonly title: string;
  /** Parts of the paper's width; what they add up to is the whole. */
  readonly share: number;
  readonly align?: 'left' | 'center' | 'right';
}

export interface TableCell {
  readonly text: string;
  readonly tone?: 'soft' | 'warn' | 'strong';
  /** 0 to 1: a restrained shade behind the figure. */
  readonly shade?: number;
}

interface TableOptions {
  readonly size?: number;
}

const padding = { x: 4, y: 3.5 } as const;

export function drawTable(
  paper: Paper,
  columns: readonly TableColumn[],
  rows: readonly (readonly (string | TableCell)[])[],
  { size = 9 }: TableOptions = {},
): void {
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (share / total) * paper.width);
  const head = columns.map(({ title }): TableCell => ({ text: title, tone: 'strong' }));
  const headHeight = heightOf(paper, head, widths, size);
  const heights = rows.map((row) => heightOf(paper, row.map(cellOf), widths, size));
  // A head alone at the foot of a page says nothing.
  paper.need(headHeight + (heights[0] ?? 0) + (heights[1] ?? 0));
  drawHead(paper, columns, head, widths, headHeight, size);
  for (const [index, row] of rows.entries()) {
    const height = heights[index] ?? 0;
    if (paper.y + height > paper.bottom) {
      paper.newPage();
      drawHead(paper, columns, head, widths, headHeight, size);
    }
    drawRow(paper, columns, row.map(cellOf), widths, height, size);
    rule(paper, 0.4, colours.line);
  }
  rule(paper, 0.9, colours.ink);
  paper.gap(8);
}

function cellOf(cell: string | TableCell): TableCell {
  return typeof cell === 'string' ? { text: cell } : cell;
}

function drawHead(
  paper: Paper,
  columns: readonly TableColumn[],
  head: readonly TableCell[],
  widths: readonly number[],
  height: number,
  size: number,
): void {
  rule(paper, 0.9, colours.ink);
  paper.doc.rect(margins.left, paper.y, paper.width, height).fill(colours.faint);
  drawRow(
    paper,
    columns.map((column) => ({
      ...column,
      align: column.align === 'right' ? 'right' : (column.align ?? 'left'),
    })),
    head,
    widths,
    height,
    size,
  );
  rule(paper, 0.6, colours.ink);
}

function drawRow(
  paper: Paper,
  columns: readonly TableColumn[],
  cells: readonly TableCell[],
  widths: readonly number[],
  height: number,
  size: number,
): void {
  const { doc } = paper;
  let x: number = margins.left;
  for (const [index, cell] of cells.entries()) {
    const width = widths[index] ?? 0;
    if (cell.shade !== undefined && cell.shade > 0)
      doc
        .rect(x + 1, paper.y + 1, width - 2, height - 2)
        .fillOpacity(0.05 + 0.15 * cell.shade)
        .fill(colours.accent)
        .fillOpacity(1);
    const text = styled(paper, cell, size);
    const free = height - 2 * padding.y - textHeight(paper, text, width, size);
    doc.text(text, x + padding.x, paper.y + padding.y + Math.max(0, free / 2), {
      width: width - 2 * padding.x,
      align: columns[index]?.align ?? 'left',
      lineGap: size * 0.25,
    });
    x += width;
  }
  paper.y += height;
}

function heightOf(
  paper: Paper,
  cells: readonly TableCell[],
  widths: readonly number[],
  size: number,
): number {
  const heights = cells.map((cell, index) =>
    textHeight(paper, styled(paper, cell, size), widths[index] ?? 0, size),
  );
  return Math.max(size, ...heights) + 2 * padding.y;
}

function textHeight(paper: Paper, text: string, width: number, size: number): number {
  return paper.doc.heightOfString(text, { width: width - 2 * padding.x, lineGap: size * 0.25 });
}

/** Sets font and colour, and gives the text as it can be printed. */
function styled(paper: Paper, { text, tone }: TableCell, size: number): string {
  const bold = tone === 'strong';
  const colour = tone === 'warn' ? colours.warn : tone === 'soft' ? colours.soft : colours.ink;
  paper.doc
    .font(bold ? 'bold' : 'regular')
    .fontSize(size)
    .fillColor(colour);
  return paper.drawable(text, bold);
}

function rule(paper: Paper, width: number, colour: string): void {
  paper.doc
    .moveTo(margins.left, paper.y)
    .lineTo(margins.left + paper.width, paper.y)
    .lineWidth(width)
    .strokeColor(colour)
    .stroke();
}
