// Which of the next requests meet a misbehaviour.

import type { XksMisbehaviour } from './misbehaviour.ts';
import type { XksOperationName } from './routes.ts';

export interface MisbehaviourScope {
  /** Any when absent. */
  readonly operation?: XksOperationName;
  /** Until `behave()` when absent. */
  readonly times?: number;
}

interface Planned extends MisbehaviourScope {
  readonly how: XksMisbehaviour;
  left: number;
}

export class Plan {
  #planned: Planned[] = [];

  add(how: XksMisbehaviour, { operation, times = Number.POSITIVE_INFINITY }: MisbehaviourScope): void {
    this.#planned.push({ how, left: times, ...(operation !== undefined && { operation }) });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The first that is meant for a request, used up by one. */
  take(operation: XksOperationName): XksMisbehaviour | undefined {
    const found = this.#planned.find((one) => one.operation === undefined || one.operation === operation);
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#planned = this.#planned.filter((one) => one !== found);
    return found.how;
  }
}
