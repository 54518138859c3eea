// A trace that counts what goes wrong while it is written.

import { Trace } from '@kmsim/world';

/** A message that takes longer met more than a slow link. */
const lateMs = 2_000;

export class CountingTrace extends Trace {
  readonly #counts = new Map<string, number>();

  override note(members: Readonly<Record<string, unknown>>): void {
    const { deliveries, fault, kind } = members;
    if (kind === 'fault') this.count(String(fault));
    else if (kind === 'effect') this.count('effect');
    else if (kind === 'message') this.#countMessage(String(members['at']), deliveries as readonly string[]);
    super.note(members);
  }

  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  /** How much there was of what, by name. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #countMessage(at: string, [first, ...more]: readonly string[]): void {
    this.count('message');
    if (first === undefined) this.count('MessageLost');
    else if (Date.parse(first) - Date.parse(at) > lateMs) this.count('MessageLate');
    if (more.length > 0) this.count('MessageRepeated');
  }
}
