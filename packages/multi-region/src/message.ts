// What related keys tell each other, and what of it must arrive.

import type { Shared } from './related-key.ts';
import type { ReplicaSet } from './replica-set.ts';

/** From the primary: all that is shared, as of one version. It replaces whatever an older one said. */
export interface Sync {
  readonly kind: 'sync';
  readonly version: number;
  readonly set: ReplicaSet;
  readonly shared: Shared;
}

/** From a replica: what it has come to. */
export interface Report {
  readonly kind: 'report';
  readonly version: number;
  /** Which of the replicas that this Region ever had. */
  readonly joined: number;
  /** The higher one is the later one. */
  readonly number: number;
  /** The coming material, once it is here. */
  readonly holds: string | undefined;
  /** Sent unasked: the primary must confirm it. */
  readonly receipt: boolean;
}

/** From a Region whose replica was deleted. */
export interface Gone {
  readonly kind: 'gone';
  readonly version: number;
  readonly joined: number;
  readonly number: number;
}

/** Confirms reports and farewells up to a number. */
export interface Received {
  readonly kind: 'received';
  readonly version: number;
  readonly joined: number;
  readonly number: number;
}

export type Message = Sync | Report | Gone | Received;

/** One copy of a message on its way. */
export interface Delivery {
  readonly from: string;
  readonly to: string;
  readonly keyId: string;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly message: Message;
}

export interface Outgoing {
  readonly to: string;
  readonly message: Message;
  /** To be sent again until an answer confirms it. */
  readonly certain: boolean;
}

/**
 * One message to a Region is kept to be sent again of what a primary tells it, and one of what a replica reports: who gives the role away tells
 * it as primary and may report as replica before it has arrived.
 */
export type Slot = 'sync' | 'report';

export function slotOf({ kind }: Message): Slot {
  return kind === 'sync' ? 'sync' : 'report';
}

/** Where the message is kept that an answer may confirm. */
export function slotOfAnswer({ kind }: Message): Slot {
  return kind === 'received' ? 'report' : 'sync';
}

/** Whether an answer shows that a message has arrived, so that it need not be sent again. `to`: where it went. */
export function confirms(answer: Message, message: Message, to: string): boolean {
  if (message.kind === 'sync') {
    if (answer.kind === 'gone') return answer.joined === message.set.joined[to];
    return answer.kind === 'report' && answer.version >= message.version;
  }
  if (message.kind === 'received' || answer.kind !== 'received') return false;
  return answer.joined === message.joined && answer.number >= message.number;
}
