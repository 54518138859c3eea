// A snapshot: the whole simulation as one plain value that JSON can carry. The vault's part is sealed.

import type { WorldPosition } from '@kmsim/world';
import { decodeBase64, encodeBase64 } from '../api/base64.ts';
import type { Engine } from '../engine.ts';
import type { KeptCluster } from '../key-stores/clusters.ts';
import { sessionOf } from '../key-stores/hsm-login.ts';
import { withWorldKey } from '../world-key.ts';
import { laterTables, tableNames } from './records.ts';
import type { StateRecords } from './state.ts';

export const snapshotFormat = 'kmsim snapshot 1';

export interface KmsSnapshot {
  readonly format: typeof snapshotFormat;
  /** Has the seed of a simulated world: whoever reads it can make the same secrets. A live world has no seed. */
  readonly world: WorldPosition;
  readonly state: StateRecords;
  /** Key material under AES-256-GCM, base64. Opens with the seed; of a live world, in the process that took it. */
  readonly vault: string;
  /** CloudHSM clusters, their secrets sealed. Absent where there are none. */
  readonly clusters?: readonly KeptCluster[];
  /** HMAC-SHA-256 of everything else under the same key, base64: a record that was changed by hand is no record. */
  readonly seal: string;
}

/** Why a snapshot cannot be restored. */
export type SnapshotFault = 'not a snapshot' | 'sealed for another world';

const sealPurpose = 'snapshot';

export function takeSnapshot(kms: Engine): KmsSnapshot {
  const text = textOf({
    world: kms.world.position(),
    state: { ...kms.state.records(), quotas: kms.throttler.record() },
    vault: encodeBase64(withWorldKey(kms.world, sealPurpose, (key) => kms.vault.export(key))),
    ...(kms.clusters.size > 0 && { clusters: kms.clusters.records(kms.world) }),
  });
  return { format: snapshotFormat, ...contentOf(text), seal: sealOf(kms, text) };
}

/** Fills a fresh Kms whose world goes on from the snapshot's position. Undefined: done. */
export function restoreSnapshot(kms: Engine, snapshot: KmsSnapshot): SnapshotFault | undefined {
  let text: string;
  try {
    if (!isSnapshot(snapshot)) return 'not a snapshot';
    text = textOf(snapshot);
  } catch {
    // What JSON cannot carry.
    return 'not a snapshot';
  }
  if (snapshot.seal !== sealOf(kms, text)) return 'sealed for another world';
  const { clusters = [], state, vault } = contentOf(text);
  const sealed = decodeBase64(vault);
  if (sealed === undefined || !withWorldKey(kms.world, sealPurpose, (key) => kms.vault.import(key, sealed)))
    return 'sealed for another world';
  if (!kms.clusters.restore(kms.world, clusters)) return 'sealed for another world';
  kms.state.restore(state);
  // KMS is where it was: nobody else can be kmsuser in a cluster of a connected store.
  for (const store of kms.state.rows('keyStores'))
    if (store.connection.state === 'CONNECTED' && store.cluster !== undefined) sessionOf(kms, store);
  if (state.quotas !== undefined)
    kms.throttler.restore(state.quotas, (account, region) => kms.state.site(account, region));
  kms.tracer?.restored(kms.world.clock.now(), snapshot);
  return undefined;
}

type Content = Pick<KmsSnapshot, 'clusters' | 'state' | 'vault' | 'world'>;

// JSON keeps the order of members, so what was written and read again has the same text.
function textOf({ clusters, state, vault, world }: Content): string {
  return JSON.stringify([snapshotFormat, world, state, vault, ...(clusters === undefined ? [] : [clusters])]);
}

// Read back from the text that is sealed: the records at work are nobody else's, and whoever has a snapshot may do with it what they like.
function contentOf(text: string): Content {
  const [, world, state, vault, clusters] = JSON.parse(text) as [
    string,
    WorldPosition,
    StateRecords,
    string,
    (readonly KeptCluster[])?,
  ];
  return { world, state, vault, ...(clusters && { clusters }) };
}

function sealOf(kms: Engine, text: string): string {
  return encodeBase64(withWorldKey(kms.world, sealPurpose, (key) => kms.vault.authenticate(key, text)));
}

// Snapshots come out of files, whatever the types say.
function isSnapshot(snapshot: unknown): boolean {
  const { format, vault, state } = (snapshot ?? {}) as { readonly [Name in keyof KmsSnapshot]?: unknown };
  if (format !== snapshotFormat || typeof vault !== 'string') return false;
  const tables = (state ?? {}) as Readonly<Record<string, unknown>>;
  return (
    typeof tables['nextOrdinal'] === 'number' &&
    tableNames.every(
      (name) => Array.isArray(tables[name]) || (tables[name] === undefined && laterTables.includes(name)),
    )
  );
}
