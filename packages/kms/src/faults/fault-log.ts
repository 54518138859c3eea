// The faults of the service that have happened: the last ones, and how many of each kind.

import type { OperationName } from '../api/shapes.ts';
import type { Instant } from '../state/records.ts';

export interface HappenedFault {
  readonly at: Instant;
  /** As the plan names it: `KMSInternalException`, `AnswerLost`; `RegionPaused` for a pause of the network. */
  readonly fault: string;
  /** Its number in `services` of the plan, or in `network.pauses`. */
  readonly rule: number;
  readonly operation: OperationName;
  readonly region: string;
  readonly principal: string;
  /** Number of the request, as the trace has it. */
  readonly request: number;
  readonly delayMs?: number;
}

const kept = 1_000;

export class FaultLog {
  readonly #last: HappenedFault[] = [];
  readonly #counts = new Map<string, number>();

  constructor(from?: FaultLog) {
    if (from === undefined) return;
    this.#last.push(...from.#last);
    for (const [fault, count] of from.#counts) this.#counts.set(fault, count);
  }

  note(happened: HappenedFault): void {
    // Twice as many as are kept, so that the list is not moved at every fault.
    if (this.#last.push(happened) === 2 * kept) this.#last.splice(0, kept);
    this.#counts.set(happened.fault, (this.#counts.get(happened.fault) ?? 0) + 1);
  }

  /** The last thousand, in order. */
  happened(): readonly HappenedFault[] {
    return this.#last.slice(-kept);
  }

  /** All of them, by name. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
