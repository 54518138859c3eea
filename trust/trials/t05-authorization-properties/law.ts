// A law: what must hold of every case that is drawn. A law whose premise never comes true has shown nothing, so it counts when it does.

import type fc from 'fast-check';

export interface Law {
  /** Of the plan: `P3`. */
  readonly name: string;
  readonly says: string;
  /** `applies` is called where the premise of the law is true. */
  property(applies: () => void): fc.IRawProperty<unknown>;
}

export function demand(holds: boolean, what: () => string): void {
  if (!holds) throw new Error(what());
}
