// The machine's timer, for what happens outside the simulation: how long somebody else may take to answer over a network.

/** Acts once so many milliseconds have really passed, unless the returned function is called before. */
export function afterMilliseconds(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
}

interface Running {
  readonly end: number;
  readonly act: () => void;
}

/** Time limits of one length, on one timer: nearly all are called off in time, and a timer for each costs more than what it watches over. */
export class TimeLimits {
  readonly #milliseconds: number;
  /** In the order in which they end. */
  readonly #running: Set<Running> = new Set();
  #isArmed = false;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** Acts when the limit is reached, unless the returned function is called before. Keeps no process alive. */
  start(act: () => void): () => void {
    const running = { end: performance.now() + this.#milliseconds, act };
    this.#running.add(running);
    if (!this.#isArmed) this.#arm(this.#milliseconds);
    return () => {
      this.#running.delete(running);
    };
  }

  #arm(milliseconds: number): void {
    this.#isArmed = true;
    const timer: unknown = setTimeout(() => this.#reach(performance.now()), milliseconds);
    (timer as { unref?(): void }).unref?.();
  }

  #reach(now: number): void {
    this.#isArmed = false;
    for (const running of this.#running) {
      if (running.end > now) {
        if (!this.#isArmed) this.#arm(Math.ceil(running.end - now));
        return;
      }
      this.#running.delete(running);
      running.act();
    }
  }
}
