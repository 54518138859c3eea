// The worker's other end: the newest script wins, and one that never ends is stopped.

import type { Run } from './run.ts';
import type { Script } from './script.ts';
import type { Delivery, Order } from './worker.ts';

// RSA-4096 in pure TypeScript takes seconds; nothing takes this long.
const patience = 30_000;

export class Runner {
  readonly #address: string;
  readonly #done: (run: Run) => void;
  readonly #failed: (problem: string) => void;
  #worker: Worker | undefined;
  #number = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string, done: (run: Run) => void, failed: (problem: string) => void) {
    this.#address = address;
    this.#done = done;
    this.#failed = failed;
  }

  run(script: Script): void {
    // One that still computes for an older script would only be waited for.
    if (this.#waiting !== undefined) this.#stop();
    this.#worker ??= this.#begin();
    this.#number += 1;
    this.#waiting = setTimeout(() => {
      this.#stop();
      this.#failed('This takes too long: it was stopped.');
    }, patience);
    this.#worker.postMessage({ number: this.#number, script } satisfies Order);
  }

  #begin(): Worker {
    const worker = new Worker(this.#address, { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Delivery>) => {
      if (data.number !== this.#number) return;
      this.#settle();
      if ('run' in data) this.#done(data.run);
      else this.#failed(`A defect of kmsim: ${data.defect}`);
    });
    worker.addEventListener('error', () => {
      this.#stop();
      this.#failed('The engine could not be loaded. Load the page again.');
    });
    return worker;
  }

  #settle(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  #stop(): void {
    this.#settle();
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
