// The line in front of the corridor. Calls pass in the order they came; only one that needs a library which is still loading makes
// the line wait. So results never depend on what some other simulation of the process has loaded before. A call that waits for an external
// key store proxy leaves the line, and joins it again when it has its answer.

import { NotInstalled } from '@kmsim/hsm-core';
import { beginCopies, endCopies } from './api/copy-bytes.ts';
import { Waiting } from './key-stores/waiting.ts';
import { Loading } from './loading.ts';
import type { Visit } from './operation.ts';

export class Line {
  readonly #pass: (visit: Visit) => object;
  readonly #emptied: () => void;
  #last: Promise<unknown> | undefined;

  /** `pass` answers a visit at once, or raises. `emptied`: nobody waits any more. */
  constructor(pass: (visit: Visit) => object, emptied: () => void) {
    this.#pass = pass;
    this.#emptied = emptied;
  }

  /** Whether calls stand in the line. */
  get waits(): boolean {
    return this.#last !== undefined;
  }

  pass(visit: Visit): object | Promise<object> {
    if (this.#last !== undefined) return this.#join(visit, this.#last.then(ignore, ignore));
    const copies = beginCopies();
    try {
      return this.#pass(visit);
    } catch (raised) {
      if (raised instanceof Waiting) return this.#leave(visit, raised);
      if (!(raised instanceof Loading)) throw raised;
      return this.#join(visit, raised.library.catch(unlessNotInstalled));
    } finally {
      endCopies(copies);
    }
  }

  #leave(visit: Visit, { answer }: Waiting): Promise<object> {
    visit.hold();
    return answer.then(() => this.pass(visit));
  }

  #join(visit: Visit, before: Promise<unknown>): Promise<object> {
    visit.hold();
    const turn = before
      .then(() => this.#passWhenLoaded(visit))
      .finally(() => {
        // Nobody came after it: the line is empty again, before anybody has the answer.
        if (this.#last !== turn) return;
        this.#last = undefined;
        this.#emptied();
      });
    this.#last = turn;
    return turn.then((passed) => (passed instanceof Waiting ? this.#leave(visit, passed) : passed));
  }

  async #passWhenLoaded(visit: Visit): Promise<object> {
    for (;;) {
      try {
        return this.#pass(visit);
      } catch (raised) {
        if (raised instanceof Waiting) return raised;
        if (!(raised instanceof Loading)) throw raised;
        // What is not installed says so when the call passes again: as an answer, noted like any other.
        await raised.library.catch(unlessNotInstalled);
      }
    }
  }
}

function ignore(): void {}

function unlessNotInstalled(error: unknown): void {
  if (!(error instanceof NotInstalled)) throw error;
}
