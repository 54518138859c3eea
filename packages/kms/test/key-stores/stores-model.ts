// What the pages say of custom key stores and their keys, as a model: small, and written without looking at the engine.

import type { ConnectionState } from '../../src/state/key-store-records.ts';

export type Kind = 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';

export interface ModelKey {
  readonly arn: string;
  enabled: boolean;
  isPendingDeletion: boolean;
}

export interface ModelStore {
  readonly id: string;
  readonly kind: Kind;
  state: ConnectionState;
  /** What a connection that is under way comes to. */
  outcome: 'CONNECTED' | 'FAILED';
  /** Minutes until then. */
  left: number;
  readonly keys: ModelKey[];
}

/** Whether the backing key store works: HSMs and proxies come and go. */
export interface Backing {
  isUp: boolean;
}

export const minutesTo: Readonly<Record<Kind, number>> = { AWS_CLOUDHSM: 20, EXTERNAL_KEY_STORE: 5 };

const invalid = 'CustomKeyStoreInvalidStateException';

/** The error that is expected; undefined: it succeeds. */
export const expected = {
  connect: (store: ModelStore): string | undefined =>
    store.state === 'FAILED' || store.state === 'DISCONNECTING' ? invalid : undefined,
  disconnect: (store: ModelStore): string | undefined =>
    store.state === 'DISCONNECTED' || store.state === 'DISCONNECTING' ? invalid : undefined,
  rename: (store: ModelStore): string | undefined =>
    store.state === 'DISCONNECTED' || store.state === 'CONNECTED' ? undefined : invalid,
  remove: (store: ModelStore): string | undefined =>
    store.state !== 'DISCONNECTED' ? invalid : store.keys.length > 0 ? 'CustomKeyStoreHasCMKsException' : undefined,
  createKey: (store: ModelStore, { isUp }: Backing): string | undefined =>
    store.state !== 'CONNECTED' || !isUp ? invalid : undefined,
  use: (store: ModelStore, key: ModelKey, { isUp }: Backing): string | undefined => {
    const state = keyStateOf(store, key);
    if (state === 'Disabled') return 'DisabledException';
    return state === 'Enabled' && isUp ? undefined : 'KMSInvalidStateException';
  },
};

export function keyStateOf(store: ModelStore, { enabled, isPendingDeletion }: ModelKey): string {
  if (isPendingDeletion) return 'PendingDeletion';
  if (store.state !== 'CONNECTED') return 'Unavailable';
  return enabled ? 'Enabled' : 'Disabled';
}

/** Time passes. `isUpOf`: a CloudHSM store is judged at the end of its connection, an external one was at the beginning. */
export function pass(store: ModelStore, minutes: number, { isUp }: Backing): void {
  if (store.state !== 'CONNECTING' && store.state !== 'DISCONNECTING') return;
  store.left -= minutes;
  if (store.left > 0) return;
  if (store.state === 'DISCONNECTING') store.state = 'DISCONNECTED';
  else if (store.kind === 'AWS_CLOUDHSM') store.state = isUp ? 'CONNECTED' : 'FAILED';
  else store.state = store.outcome;
}
