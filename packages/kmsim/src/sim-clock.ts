// The clock as a person moves it. Everything that is due on the way happens, each at its own instant.

import { isOnClock, type Kms } from '@kmsim/kms';
import { parseDuration, parseInstant } from '@kmsim/world';
import { inspectedAs } from './inspected.ts';
import { KmsimError } from './kmsim-error.ts';
import { shown } from './option-forms.ts';

/** Milliseconds since the epoch. */
export function instantOf(instant: string | number | Date): number {
  const parsed = parseInstant(instant);
  if (parsed === undefined) throw new KmsimError('InvalidInstant', `${shown(instant)} is no instant.`);
  if (!isOnClock(parsed)) throw new KmsimError('InvalidInstant', 'The clock runs from 1970 to 9999.');
  return parsed;
}

/** Milliseconds. */
export function durationOf(duration: string | number): number {
  const milliseconds = parseDuration(duration);
  if (milliseconds === undefined)
    throw new KmsimError('InvalidDuration', `${shown(duration)} is no duration.${why(duration)}`);
  return milliseconds;
}

// Months and years differ in length: parseDuration knows none.
function why(duration: unknown): string {
  if (typeof duration === 'number' && duration < 0) return noWayBack;
  if (typeof duration !== 'string') return '';
  if (/^\s*-/.test(duration)) return noWayBack;
  return /\d\s*[a-z]/i.test(duration) ? ' The units are ms, seconds, minutes, hours, days and weeks.' : '';
}

const noWayBack = ' The clock never goes back: sim.mark() and sim.rewind() do.';

export class SimClock {
  readonly #kms: () => Kms;
  readonly #open: () => Kms;

  /** `open`: the same, refused once the simulation is closed. What is only looked at can be looked at then, too. */
  constructor(kms: () => Kms, open: () => Kms) {
    this.#kms = kms;
    this.#open = open;
    inspectedAs(this, () => `SimClock { now: ${this.now().toISOString()}, running: ${kms().world.running} }`);
  }

  /** The instant. A seeded simulation stands still between calls; one without a seed runs with the machine. */
  now(): Date {
    return new Date(this.#kms().world.clock.now());
  }

  /** Moves ahead: `'365 days'`, `'1 hour 30 minutes'`, `'P90D'`, or milliseconds. Returns the new instant. */
  advance(duration: string | number): Date {
    return this.#moveTo(instantOf(this.#open().world.clock.now() + durationOf(duration)));
  }

  /** Moves ahead to an instant; one that has passed is refused. */
  advanceTo(instant: string | number | Date): Date {
    const target = instantOf(instant);
    const now = this.#open().world.clock.now();
    if (target < now)
      throw new KmsimError('InvalidInstant', `It is ${new Date(now).toISOString()} already.${noWayBack}`);
    return this.#moveTo(target);
  }

  #moveTo(target: number): Date {
    this.#open().moveClock(target);
    return this.now();
  }
}
