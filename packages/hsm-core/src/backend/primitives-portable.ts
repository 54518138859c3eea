// The primitives of every family in pure TypeScript.

import { loadPortableEc } from './ec-portable.ts';
import { loadPortableEd25519 } from './ed25519-portable.ts';
import { portableHashes } from './hashes-portable.ts';
import { portableHmac } from './hmac-portable.ts';
import { portableKeyWrap } from './key-wrap-portable.ts';
import { loadOnce } from './load-once.ts';
import { loadPortablePostQuantum } from './post-quantum-portable.ts';
import type { Primitives } from './primitives.ts';
import { portableRsa } from './rsa-portable.ts';

const ec = loadOnce(() => loadPortableEc(portableHashes));

export const portablePrimitives: Primitives = {
  hmac: portableHmac,
  keyWrap: portableKeyWrap,
  rsa: portableRsa,
  ec,
  sm2: ec,
  ed25519: loadOnce(() => loadPortableEd25519(portableHashes['SHA-512'])),
  postQuantum: loadOnce(loadPortablePostQuantum),
};
