// What an invariant looks at: one step of a run, and what it remembers of the steps before.

import type { OperationName } from '@kmsim/kms';
import type { Keys } from '../picture.ts';

/** A call as it was asked and how it ended. */
export interface Called {
  readonly operation: OperationName;
  readonly input: Readonly<Record<string, unknown>>;
  readonly region: string;
  /** ARN of the caller. */
  readonly by: string;
  /** ARN of the key that it is about. */
  readonly key?: string;
  /** `lost`: nobody knows whether it was carried out. */
  readonly outcome: 'done' | 'refused' | 'lost';
  readonly code?: string;
  /** Tables with other records than before. */
  readonly changed: readonly string[];
  /** What the caller's grants allowed when it called: operations. */
  readonly granted: readonly string[];
}

export interface Step {
  readonly before: Keys;
  readonly after: Keys;
  /** What a Region takes the time to be. */
  readonly clock: (region: string) => number;
  /** Undefined: something that was due, or a crash. */
  readonly call: Called | undefined;
  /** Whether the vault has a material. */
  readonly holds: (material: string) => boolean;
  readonly defaultPolicy: (account: string) => string;
}

export interface Invariant {
  readonly name: string;
  /** Which promise it is, in the words of a client. */
  readonly says: string;
  /** What is wrong; undefined when nothing is. */
  readonly broken: (step: Step, history: History) => string | undefined;
}

/** What was true once. */
export class History {
  /** ARNs of keys that were there and are gone. */
  readonly gone: Set<string> = new Set();
  readonly goneMaterials: Set<string> = new Set();
  /** Material that each key has had in its Region: `arn#ordinal` -> ids. */
  readonly had: Map<string, Set<string>> = new Map();
  /** By how much the clocks of two Regions differed at most. */
  clocksApartMs = 0;
  /** The latest that any Region's clock has shown. */
  latest = 0;
  /** Every id and ordinal that a key, grant or material has ever had. */
  readonly ids: Set<string> = new Set();
}
