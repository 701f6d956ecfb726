/** A Content-Disposition for a file with any name (RFC 6266, RFC 8187): apostrophes and brackets are signs of its own. */
export function attachment(fileName: string): string {
  const octet = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll(/['()*]/g, octet)}`;
}
