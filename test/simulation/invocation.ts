/** One run of a function. A run that has crashed does nothing any more: its calls to the world never come back. */
import { AsyncLocalStorage } from 'node:async_hooks';

export class Crashed extends Error {
  override readonly name = 'Crashed';
}

export class Invocation {
  readonly function: string;
  /** How far its clock is off, in milliseconds. */
  readonly skew: number;
  /** Something went wrong on its way: then it may well answer that it could not be done. */
  hindered = false;
  #dead = false;
  readonly #killed: (error: Crashed) => void;

  constructor(name: string, skew: number, killed: (error: Crashed) => void) {
    this.function = name;
    this.skew = skew;
    this.#killed = killed;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  kill(): void {
    this.#dead = true;
    this.#killed(new Crashed(this.function));
  }
}

const current = new AsyncLocalStorage<Invocation>();

/** The run in which this is called. */
export function currentInvocation(): Invocation | undefined {
  return current.getStore();
}

/** @throws Crashed when it is killed on its way */
export function runInvocation<T>(
  name: string,
  skew: number,
  run: (invocation: Invocation) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const invocation = new Invocation(name, skew, reject);
    current.run(invocation, () => {
      run(invocation).then(resolve, reject);
    });
  });
}

/** For a run that was killed: nothing comes after it. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}
