/** Draws a QR code as squares: sharp at any size, and no picture in the file. */
import QRCode from 'qrcode';
import type { Sheet } from './sheet.ts';

/** 28 millimetres with the quiet zone of four modules that readers want. */
export const codeSide = (28 / 25.4) * 72;
const quiet = 4;

export function drawCode(sheet: Sheet, text: string, x: number, y: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const module = codeSide / (modules.size + 2 * quiet);
  const { doc } = sheet;
  doc.rect(x, y, codeSide, codeSide).fill('#ffffff');
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      // A run of dark modules is one rectangle, so that no hairline shows between them.
      let end = column;
      while (end + 1 < modules.size && modules.get(row, end + 1)) end += 1;
      doc.rect(
        x + (column + quiet) * module,
        y + (row + quiet) * module,
        (end - column + 1) * module,
        module,
      );
      column = end;
    }
  }
  doc.fill('#000000');
}
