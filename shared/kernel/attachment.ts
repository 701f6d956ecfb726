/**
 * A Content-Disposition for a file with any name (RFC 6266, RFC 8187): apostrophes and brackets are signs of its own.
 * @param plain a name in ASCII for programs that know no other
 */
export function attachment(fileName: string, plain?: string): string {
  const octet = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  const encoded = encodeURIComponent(fileName).replaceAll(/['()*]/g, octet);
  return `attachment;${plain === undefined ? '' : ` filename="${plain}";`} filename*=UTF-8''${encoded}`;
}
