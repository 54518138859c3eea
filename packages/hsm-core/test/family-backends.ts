// The primitives of each family of keys, on each backend.

import * as crypto from 'node:crypto';
import type { EcPrimitives, PointPrimitives } from '../src/backend/ec.ts';
import { nativeEc } from '../src/backend/ec-native.ts';
import { loadPortableEc } from '../src/backend/ec-portable.ts';
import type { EdPrimitives } from '../src/backend/ed25519.ts';
import { loadNativeEd25519 } from '../src/backend/ed25519-native.ts';
import { loadPortableEd25519 } from '../src/backend/ed25519-portable.ts';
import type { Hashes } from '../src/backend/hashes.ts';
import { nativeHashes } from '../src/backend/hashes-native.ts';
import { portableHashes } from '../src/backend/hashes-portable.ts';
import type { HmacPrimitives } from '../src/backend/hmac.ts';
import { nativeHmac } from '../src/backend/hmac-native.ts';
import { portableHmac } from '../src/backend/hmac-portable.ts';
import type { PostQuantumPrimitives } from '../src/backend/post-quantum.ts';
import { loadNativePostQuantum } from '../src/backend/post-quantum-native.ts';
import { loadPortablePostQuantum } from '../src/backend/post-quantum-portable.ts';

export interface Families {
  readonly name: 'portable' | 'native';
  readonly hashes: Hashes;
  readonly hmac: HmacPrimitives;
  readonly ec: EcPrimitives;
  /** Elliptic curves for SM2: portable on both, over the hashes of the backend. */
  readonly sm2: PointPrimitives;
  readonly ed25519: EdPrimitives;
  readonly postQuantum: PostQuantumPrimitives;
}

function required(primitives: EcPrimitives | undefined): EcPrimitives {
  if (primitives === undefined) throw new Error('Tests run on a Node whose OpenSSL has all curves.');
  return primitives;
}

const portableEc = await loadPortableEc(portableHashes);
const hashes = nativeHashes(crypto);

export const portable: Families = {
  name: 'portable',
  hashes: portableHashes,
  hmac: portableHmac,
  ec: portableEc,
  sm2: portableEc,
  ed25519: await loadPortableEd25519(portableHashes['SHA-512']),
  postQuantum: await loadPortablePostQuantum(),
};

export const native: Families = {
  name: 'native',
  hashes,
  hmac: nativeHmac(crypto),
  ec: required(nativeEc(crypto)),
  sm2: await loadPortableEc(hashes),
  ed25519: await loadNativeEd25519(crypto),
  postQuantum: await loadNativePostQuantum(crypto),
};

export const families: readonly Families[] = [portable, native];

/** Whether this Node has post-quantum algorithms of its own. */
export const nativePostQuantumAbsent: boolean = !('decapsulate' in crypto);
export const nativePostQuantumReason: string = nativePostQuantumAbsent
  ? ' (skipped: this Node has no post-quantum algorithms)'
  : '';
