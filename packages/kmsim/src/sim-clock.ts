// The clock as a person moves it. Everything that is due on the way happens, each at its own instant.

import type { Kms } from '@kmsim/kms';
import { parseDuration, parseInstant } from '@kmsim/world';
import { KmsimError } from './kmsim-error.ts';

export class SimClock {
  readonly #kms: Kms;

  constructor(kms: Kms) {
    this.#kms = kms;
  }

  /** The instant. A seeded simulation stands still between calls; one without a seed runs with the machine. */
  now(): Date {
    return new Date(this.#kms.world.clock.now());
  }

  /** Moves ahead: `'365 days'`, `'1 hour 30 minutes'`, `'P90D'`, or milliseconds. Returns the new instant. */
  advance(duration: string | number): Date {
    const milliseconds = parseDuration(duration);
    if (milliseconds === undefined)
      throw new KmsimError('InvalidDuration', `${JSON.stringify(duration)} is no duration.`);
    return this.#moveTo(this.#kms.world.clock.now() + milliseconds);
  }

  /** Moves ahead to an instant; one that has passed is refused. */
  advanceTo(instant: string | number | Date): Date {
    const target = parseInstant(instant);
    if (target === undefined) throw new KmsimError('InvalidInstant', `${JSON.stringify(instant)} is no instant.`);
    if (target < this.#kms.world.clock.now()) throw new KmsimError('InvalidInstant', 'The clock never goes back.');
    return this.#moveTo(target);
  }

  #moveTo(target: number): Date {
    this.#kms.world.clock.moveTo(target);
    this.#kms.advance();
    return this.now();
  }
}
