/**
 * The platform's one clock: real time plus an offset, or standing still while an advance fires what is due. It lies in
 * shared memory, so that every worker reads the same time. It only moves forward.
 */
import { readKept, writeKept } from './kept-file.ts';

const OFFSET = 0;
const STANDING = 1;
/** The latest instant that anyone was told. */
const LATEST = 2;

export class PlatformClock {
  /** [offset in ms, instant at which it stands or NaN, latest instant]: handed to the workers. */
  readonly shared: SharedArrayBuffer;
  readonly #cells: Float64Array;
  readonly #file: string | undefined;
  /** When the latest instant was told, by a clock that nobody sets. */
  #toldAt = 0;

  /**
   * @param file where the offset is kept, so that a restart does not go back; absent: nowhere.
   * @param at instant (ISO) at which to begin; refused when the kept clock is already later.
   * @param lastWrite when the machine last wrote to the folder, in milliseconds of its own clock: should that have been set
   * back since, this clock goes on from there.
   */
  constructor(file?: string, at?: string, lastWrite = 0) {
    this.shared = new SharedArrayBuffer(24);
    this.#cells = new Float64Array(this.shared);
    this.#file = file;
    this.#cells[STANDING] = Number.NaN;
    const kept = file === undefined ? undefined : readKept(file, isKeptClock);
    this.#cells[OFFSET] = kept?.offset ?? 0;
    if (lastWrite > 0) this.#told(Math.floor(lastWrite + this.#cells[OFFSET]));
    if (at !== undefined) {
      const wanted = Date.parse(at);
      if (Number.isNaN(wanted)) throw new Error(`时刻无法识别 / not an instant: ${at}`);
      if (kept && wanted < this.now()) {
        throw new Error(
          `时钟只能向前：现在是 ${this.iso()} / the clock only moves forward; it is ${this.iso()}`,
        );
      }
      this.#cells[OFFSET] = wanted - Date.now();
    }
    this.#keep();
  }

  readonly now = (): number => {
    const standing = this.#cells[STANDING] ?? Number.NaN;
    const wanted = Number.isNaN(standing) ? Math.floor(Date.now() + (this.#cells[OFFSET] ?? 0)) : standing;
    const latest = this.#cells[LATEST] ?? 0;
    if (!Number.isNaN(standing) || wanted >= latest) return this.#told(wanted);
    // The machine's clock was set back: this one runs on by what really passes, until the machine's is right again.
    return this.#told(Math.max(wanted, Math.floor(latest + performance.now() - this.#toldAt)));
  };

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** Stands at an instant, until `run`. */
  standAt(instant: number): void {
    if (!(instant >= this.now())) throw new Error('The clock only moves forward');
    this.#cells[STANDING] = instant;
    // Kept at once: after a kill the clock must not go back behind what was written at this instant.
    this.#cells[OFFSET] = instant - Date.now();
    this.#keep();
  }

  /** Goes on from where it stands. */
  run(): void {
    const standing = this.#cells[STANDING] ?? Number.NaN;
    if (Number.isNaN(standing)) return;
    this.#cells[OFFSET] = standing - Date.now();
    this.#cells[STANDING] = Number.NaN;
    this.#keep();
  }

  #told(instant: number): number {
    if (instant > (this.#cells[LATEST] ?? 0)) {
      this.#cells[LATEST] = instant;
      this.#toldAt = performance.now();
    }
    return instant;
  }

  #keep(): void {
    if (this.#file) writeKept(this.#file, { offset: this.#cells[OFFSET] });
  }
}

function isKeptClock(kept: unknown): kept is { offset: number } {
  return typeof kept === 'object' && kept !== null && 'offset' in kept && Number.isFinite(kept.offset);
}
