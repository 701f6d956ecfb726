import type { MalwareScanner } from '../../app/documents/scanner-port.ts';
import { httpsScanner, type ScannerOptions } from './https-scanner.ts';
import { icapScanner } from './icap-scanner.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The scanner at an address: `https://...` or `icap://host:port/service`. Plain `http` is for this machine only.
 *
 * @throws Error when the address is none of these: a fault in the configuration, to be met at start
 */
export function scannerOf(url: string, options: ScannerOptions = {}): MalwareScanner {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'icap:') return icapScanner(url, options);
  if (protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))) {
    return httpsScanner(url, fetch, options);
  }
  throw new Error(`A scanner is reached by https or icap, not ${protocol.replace(':', '')} at ${hostname}.`);
}
