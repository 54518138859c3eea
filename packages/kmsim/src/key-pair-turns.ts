// Requests that make RSA key pairs, in front of a server: one at a time, and between two of them everybody else is served. A pair takes up to a
// second, in which a process does nothing else.

import { type KeyPairDue, keyPairDue, kmsError, throttlingMessage, type Visit } from '@kmsim/kms';
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

  /** Does the work when it is its turn: now, where nobody waits. Undefined: too many wait. */
  take(account: string, due: KeyPairDue, work: () => Answered): Answered | undefined {
    if (!this.#isTaken) return this.#during(work);
    const line = this.#waiting.get(account) ?? [];
    const before = line.filter((one) => one.due === due).length;
    if (before >= mostWaiting[due] || this.#count >= mostWaiting['in all']) return undefined;
    this.#count += 1;
    this.#waiting.set(account, line);
    return new Promise<void>((begin) => {
      line.push({ due, begin });
    }).then(() => this.#during(work));
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

/** The service of a simulation, with turns for the requests that make a key pair. One that finds too many before it is answered ThrottlingException. */
export function inTurns(sim: Served, service: Service, turns: KeyPairTurns): Service {
  const pass = (visit: Visit, due: KeyPairDue): Answered => {
    const answered = turns.take(visit.caller.principal.account, due, () => service.dispatch(visit));
    if (answered !== undefined) return answered;
    visit.request = sim.kms.nextRequest();
    throw kmsError('ThrottlingException', throttlingMessage);
  };
  return {
    ...service,
    dispatch: (visit) => {
      const due = sim.closed ? undefined : keyPairDue(sim.kms, visit);
      if (due === undefined) return service.dispatch(visit);
      // What pairs are made with is loaded before, so that a turn ends when its pair is there.
      const { library } = sim.kms.vault;
      return library === undefined ? pass(visit, due) : library.then(() => pass(visit, due));
    },
  };
}
