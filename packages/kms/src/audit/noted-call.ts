// What is noted of a call, as the rows of the trail's table look at it.

import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import type { Instant, KeyRecord } from '../state/records.ts';

export interface NotedCall {
  readonly now: Instant;
  /** The key that the call was about: named, found in a ciphertext, or behind an alias. */
  readonly key: KeyRecord | undefined;
  readonly destinationKey: KeyRecord | undefined;
  /** ARN of the alias that the call was about. */
  readonly alias: string | undefined;
  /** Id of the grant that the call was about. */
  readonly grant: string | undefined;
  /** What the row took of the answer. */
  readonly taken: unknown;
  /** A member of the request, if the row names it. */
  sent(member: string): unknown;
}

/** What rows take of a call that made a key. */
export interface MadeKey {
  readonly key: KeyRecord;
  /** The custom key store that it is in, if it is in one. */
  readonly store: CustomKeyStoreRecord | undefined;
}
