// The faults of the service itself: which request meets one.

import { chance } from '../draws.ts';
import type { StreamCursor } from '../random-streams.ts';
import type { ServiceFault } from './fault-plan.ts';

/** What the conditions of a plan ask about a request. */
export interface Struck {
  readonly operation: string;
  readonly region: string;
  readonly at: number;
  /** Whether it is about the key of that name. */
  readonly isAbout: (key: string) => boolean;
  readonly isBy: (principal: string) => boolean;
}

/** A fault that strikes a request. It has happened only when `happened` is told so. */
export interface Strike {
  /** Its number in the plan. */
  readonly rule: number;
  readonly fault: ServiceFault;
}

export class ServiceFaults {
  readonly #faults: readonly ServiceFault[];
  readonly #start: number;
  readonly #cursor: (label: string) => StreamCursor;

  constructor(faults: readonly ServiceFault[], start: number, cursor: (label: string) => StreamCursor) {
    this.#faults = faults;
    this.#start = start;
    this.#cursor = cursor;
  }

  /** The first fault whose conditions a request meets, and whose chance comes true. `can`: whether such a request may fail so. */
  strike(request: Struck, can: (fault: ServiceFault) => boolean): Strike | undefined {
    for (const [rule, fault] of this.#faults.entries()) {
      if (!this.#meets(rule, fault, request) || !can(fault)) continue;
      const { probability = 1 } = fault;
      // What is certain draws nothing, so that it shifts nothing.
      if (probability <= 0) continue;
      if (probability >= 1 || chance(this.#cursor(`${rule}`).take(), probability)) return { rule, fault };
    }
    return undefined;
  }

  happened({ fault, rule }: Strike): void {
    if (fault.count !== undefined) this.#times(rule).count();
  }

  #meets(rule: number, fault: ServiceFault, request: Struck): boolean {
    const { count, fromMs = 0, keys, operations, principals, regions, untilMs = Number.POSITIVE_INFINITY } = fault;
    const since = request.at - this.#start;
    return (
      since >= fromMs &&
      since < untilMs &&
      (operations === undefined || operations.includes(request.operation)) &&
      (regions === undefined || regions.includes(request.region)) &&
      (principals === undefined || principals.some(request.isBy)) &&
      (keys === undefined || keys.some(request.isAbout)) &&
      (count === undefined || this.#times(rule).next < count)
    );
  }

  // A stream that nobody draws from: its position is the count, and a snapshot keeps it.
  #times(rule: number): StreamCursor {
    return this.#cursor(`${rule}/happened`);
  }
}
