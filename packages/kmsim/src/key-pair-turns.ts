// Requests that make RSA key pairs, in front of a server: one at a time, and between two of them everybody else is served. A pair takes up to a
// second, in which a process does nothing else.

import {
  ConnectionLost,
  type KeyPairDue,
  keyPairDue,
  kmsError,
  mayPass,
  throttlingMessage,
  type Visit,
} from '@kmsim/kms';
import type { Service } from '@kmsim/wire';
import type { Served } from './http-identification.ts';

type Answered = object | Promise<object>;

/**
 * How many may wait. KMS itself refuses an account more RSA data key pairs than some a second; a key's first use it refuses nobody, so many may
 * come at once. docs/decisions/quotas.md
 */
export const mostWaiting: Readonly<Record<KeyPairDue | 'in all', number>> = {
  'each time': 4,
  'first use': 64,
  'in all': 256,
};

interface Waiting {
  readonly due: KeyPairDue;
  readonly begin: () => void;
  readonly leave: () => void;
  readonly isGone: (() => boolean) | undefined;
}

export class KeyPairTurns {
  readonly #pause: (act: () => void) => void;
  /** By account, the one whose turn is next first. */
  readonly #waiting = new Map<string, Waiting[]>();
  #count = 0;
  #isTaken = false;

  /** `pause`: acts when everybody else has been heard. */
  constructor(pause: (act: () => void) => void) {
    this.#pause = pause;
  }

  /** Does the work when it is its turn: where nobody waits now, or once it is known who is still there. Undefined: too many wait. Whoever `isGone` by then has lost the connection. */
  take(account: string, due: KeyPairDue, work: () => Answered, isGone?: () => boolean): Answered | undefined {
    if (!this.#isTaken) return isGone === undefined ? this.#during(work) : this.#once(work, isGone);
    if (this.#isFull(account, due)) this.#dismiss();
    if (this.#isFull(account, due)) return undefined;
    const line = this.#waiting.get(account) ?? [];
    this.#count += 1;
    this.#waiting.set(account, line);
    return new Promise<void>((begin, fail) => {
      line.push({ due, begin, leave: () => fail(new ConnectionLost()), isGone });
    }).then(() => this.#during(work));
  }

  // A request is read before the end of its connection: what came of that is known when everybody else has been heard.
  #once(work: () => Answered, isGone: () => boolean): Promise<object> {
    this.#isTaken = true;
    return new Promise<void>((begin) => {
      this.#pause(() => this.#pause(begin));
    }).then(() => {
      if (!isGone()) return this.#during(work);
      this.#next();
      throw new ConnectionLost();
    });
  }

  #isFull(account: string, due: KeyPairDue): boolean {
    if (this.#count >= mostWaiting['in all']) return true;
    const before = this.#waiting.get(account)?.filter((one) => one.due === due);
    return before !== undefined && before.length >= mostWaiting[due];
  }

  /** Whoever is gone leaves the line. */
  #dismiss(): void {
    for (const [account, line] of this.#waiting) {
      const staying = line.filter((one) => one.isGone?.() !== true);
      if (staying.length === line.length) continue;
      for (const one of line) if (!staying.includes(one)) one.leave();
      this.#count -= line.length - staying.length;
      if (staying.length > 0) this.#waiting.set(account, staying);
      else this.#waiting.delete(account);
    }
  }

  #during(work: () => Answered): Answered {
    this.#isTaken = true;
    try {
      return work();
    } finally {
      this.#pause(() => this.#next());
    }
  }

  #next(): void {
    this.#isTaken = false;
    this.#dismiss();
    const [first] = this.#waiting;
    if (first === undefined) return;
    const [account, line] = first;
    const next = line.shift();
    // Whoever has more of them comes behind the others.
    this.#waiting.delete(account);
    if (line.length > 0) this.#waiting.set(account, line);
    this.#count -= 1;
    this.#isTaken = true;
    next?.begin();
  }
}

/**
 * The service of a simulation, with turns for the requests that make a key pair. One that finds too many before it is answered
 * ThrottlingException. What will be refused makes none: it takes no place, and is refused at once, however many wait.
 */
export function inTurns(sim: Served, service: Service, turns: KeyPairTurns): Service {
  const pass = (visit: Visit, due: KeyPairDue): Answered => {
    const work = (): Answered => service.dispatch(visit);
    const answered = turns.take(visit.caller.principal.account, due, work, visit.isGone);
    if (answered !== undefined) return answered;
    visit.request = sim.kms.nextRequest();
    throw kmsError('ThrottlingException', throttlingMessage);
  };
  const arrive = (visit: Visit): Answered => {
    const due = sim.closed ? undefined : keyPairDue(sim.kms, visit);
    if (due === undefined) return service.dispatch(visit);
    const passes = mayPass(sim.kms, visit);
    if (passes === false) return service.dispatch(visit);
    // What pairs are made with is loaded before, so that a turn ends when its pair is there.
    const library = passes === true ? sim.kms.vault.library : passes;
    if (library === undefined) return pass(visit, due);
    return library.then(
      () => arrive(visit),
      () => service.dispatch(visit),
    );
  };
  return { ...service, dispatch: arrive };
}
