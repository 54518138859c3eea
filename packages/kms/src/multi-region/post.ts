// The post between Regions: messages under way, and those that are sent again until somebody confirms them. All of it is records.

import { type Message, type Outgoing, type Slot, slotOf } from '@kmsim/multi-region';
import type { Engine } from '../engine.ts';
import type { Instant, LetterRecord, TableName, Tables } from '../state/records.ts';
import { durations } from '../tables/durations.ts';

/** Where records are read and written: the page of a call, or the state itself. */
export interface Desk {
  get<Name extends TableName>(table: Name, key: string): Tables[Name] | undefined;
  set<Name extends TableName>(table: Name, key: string, record: Tables[Name] | undefined): void;
}

/** Who sends: a related key. */
export interface Sender {
  readonly id: string;
  readonly region: string;
}

/** Sends messages of a related key. */
export function post(
  kms: Engine,
  desk: Desk,
  { id, region }: Sender,
  messages: readonly Outgoing[],
  at: Instant,
): void {
  for (const { certain, message, to } of messages) {
    if (certain) {
      const letter = { from: region, to, keyId: id, message, retryAt: at + durations.firstRetryMs, tries: 1 };
      desk.set('letters', letterKey(id, region, to, slotOf(message)), letter);
    }
    carry(kms, desk, { id, region }, { to, message }, at);
  }
}

function carry(
  { network }: Engine,
  desk: Desk,
  { id, region: from }: Sender,
  { message, to }: { readonly to: string; readonly message: Message },
  at: Instant,
): void {
  const { kind, version } = message;
  const number = kind === 'sync' ? 0 : message.number;
  for (const [copy, dueAt] of network(from, to, at).entries()) {
    const key = `${id} ${from}>${to} ${kind} ${version}.${number} ${at}.${copy}`;
    // Nothing arrives before it was sent.
    desk.set('deliveries', key, { from, to, keyId: id, version, dueAt: Math.max(dueAt, at), message });
  }
}

/** The place of the one message of its kind, of a key from a Region to another, that is still to be confirmed. */
export function letterKey(keyId: string, from: string, to: string, slot: Slot): string {
  return `${keyId} ${from}>${to} ${slot}`;
}

/** Sends a letter again and waits twice as long as before. */
export function resend(kms: Engine, key: string, letter: LetterRecord, at: Instant): void {
  const { from: region, keyId: id, tries } = letter;
  const pause = Math.min(durations.firstRetryMs * 2 ** tries, durations.longestRetryMs);
  kms.state.set('letters', key, { ...letter, retryAt: at + pause, tries: tries + 1 });
  carry(kms, kms.state, { id, region }, letter, at);
}

/** Sends every letter again now and begins anew to count the tries: what a network does that works again. */
export function resendAll(kms: Engine, at: Instant): void {
  for (const [key, letter] of kms.state.records().letters) resend(kms, key, { ...letter, tries: 0 }, at);
}
