/** Reads a stream of bytes by delimiters and by counts, holding no more than one chunk and a delimiter's length. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #pull(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }

  #take(length: number): Buffer {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  /** The bytes before the delimiter, which is consumed; `undefined` when it does not come within `limit` bytes. */
  async until(delimiter: Buffer, limit: number): Promise<Buffer | undefined> {
    for (;;) {
      const at = this.#held.indexOf(delimiter);
      if (at > limit || (at < 0 && this.#held.length > limit + delimiter.length)) return undefined;
      if (at >= 0) {
        const before = this.#take(at);
        this.#take(delimiter.length);
        return before;
      }
      if (!(await this.#pull())) return undefined;
    }
  }

  /** Streams the bytes before the delimiter and consumes it. Returns false when the source ended first. */
  async *upTo(delimiter: Buffer): AsyncGenerator<Buffer, boolean> {
    for (;;) {
      const at = this.#held.indexOf(delimiter);
      if (at >= 0) {
        if (at > 0) yield this.#take(at);
        this.#take(delimiter.length);
        return true;
      }
      const safe = this.#held.length - delimiter.length + 1;
      if (safe > 0) yield this.#take(safe);
      if (!(await this.#pull())) return false;
    }
  }

  /** Streams that many bytes. Returns false when the source ended first. */
  async *bytes(count: number): AsyncGenerator<Buffer, boolean> {
    let left = count;
    while (left > 0) {
      if (this.#held.length === 0 && !(await this.#pull())) return false;
      const piece = this.#take(Math.min(left, this.#held.length));
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
    return true;
  }

  /** What is left; `undefined` when that is more than `limit` bytes. */
  async rest(limit: number): Promise<Buffer | undefined> {
    while (this.#held.length <= limit) if (!(await this.#pull())) return this.#take(this.#held.length);
    return undefined;
  }
}
