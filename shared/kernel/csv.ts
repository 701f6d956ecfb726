/**
 * CSV after RFC 4180, with a byte order mark, so that spreadsheet programs read the Chinese. A cell that a spreadsheet
 * would run as a formula is defused with an apostrophe; those in Chinese take the full-width signs for formulas too.
 */
export function csv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => cells.map(cell).join(',');
  return `\uFEFF${[columns, ...rows].map(line).join('\r\n')}\r\n`;
}

function cell(value: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
