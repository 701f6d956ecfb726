export type ScanVerdict =
  | { readonly verdict: 'clean' }
  /** `signature` is the scanner's own name for what it found. */
  | { readonly verdict: 'infected'; readonly signature: string };

/** A malware scanner. It answers only when it is sure. */
export interface MalwareScanner {
  /**
   * @param bytes the whole file
   * @throws ScannerUnavailable when no verdict was had; the file stays unjudged, and the scan is to be tried again
   */
  scan(bytes: Uint8Array): Promise<ScanVerdict>;
}

/** The scanner gave no verdict: unreachable, too slow, in error, or not understood. Never to be read as clean. */
export class ScannerUnavailable extends Error {
  readonly retryable = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ScannerUnavailable';
  }
}
