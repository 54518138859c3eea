// Why calls were denied: the decisions on the newest of them, beside the trail, whose records may not tell.

import type { Decision } from '@kmsim/authz';

/** A decision holds on to its request and to the policies it went by, so there are few. */
export const decisionsKept = 100;

/** By the number of the request. */
export class Refusals {
  readonly #decisions: Map<number, Decision>;

  constructor(past?: Refusals) {
    this.#decisions = new Map(past === undefined ? [] : past.#decisions);
  }

  note(request: number, decision: Decision): void {
    this.#decisions.set(request, decision);
    if (this.#decisions.size <= decisionsKept) return;
    // A Map has its oldest first.
    for (const oldest of this.#decisions.keys()) {
      this.#decisions.delete(oldest);
      return;
    }
  }

  clear(): void {
    this.#decisions.clear();
  }

  entries(): Iterable<readonly [request: number, decision: Decision]> {
    return this.#decisions;
  }
}
