// Marks: instants of a simulation that it can go back to.

import type { FaultLog, TemporaryCredentials, Trail } from '@kmsim/kms';
import type { Trace } from '@kmsim/world';
import { KmsimError } from './kmsim-error.ts';
import type { KmsimSnapshot } from './options.ts';

/** What sim.mark() gives and sim.rewind() takes. */
export interface Mark {
  /** The instant to which it leads back. */
  readonly at: Date;
}

/** All that a simulation goes on from. */
export interface Past {
  readonly snapshot: KmsimSnapshot;
  readonly trace: Trace | undefined;
  readonly faultLog: FaultLog | undefined;
  /** Those that were issued until then. A copy: they are in no snapshot. */
  readonly credentials: TemporaryCredentials;
  /** A copy. */
  readonly trail: Trail | undefined;
}

/** The marks of one simulation. What a mark keeps goes with the mark. */
export class Marks {
  readonly #pasts = new WeakMap<object, Past>();

  add(past: Past): Mark {
    const mark = Object.freeze({ at: new Date(past.snapshot.kms.world.now) });
    this.#pasts.set(mark, past);
    return mark;
  }

  get(mark: Mark): Past {
    const past = typeof mark === 'object' && mark !== null ? this.#pasts.get(mark) : undefined;
    if (past === undefined) throw new KmsimError('InvalidMark', 'That is no mark of this simulation.');
    return past;
  }
}
