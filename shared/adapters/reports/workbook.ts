/** A workbook as bytes, the same for the same content: a spreadsheet is a ZIP, and a ZIP carries the time of its making. */
import type { Workbook } from 'exceljs';
import { unzipSync, zipSync } from 'fflate';

/** ZIP knows no time before 1980; what is in it is dated by the workbook itself. */
const noTime = new Date(1980, 0, 1);

export async function bytesOfWorkbook(workbook: Workbook): Promise<Uint8Array> {
  const written = new Uint8Array(await workbook.xlsx.writeBuffer());
  return zipSync(unzipSync(written), { mtime: noTime, level: 6 });
}
