// What the families of keys beside the symmetric one need of a backend. Libraries load when they are first asked for.

import type { EcPrimitives, PointPrimitives } from './ec.ts';
import type { EdPrimitives } from './ed25519.ts';
import type { HmacPrimitives } from './hmac.ts';
import type { KeyWrapPrimitives } from './key-wrap.ts';
import type { Loading } from './load-once.ts';
import type { PostQuantumPrimitives } from './post-quantum.ts';
import type { RsaPrimitives } from './rsa.ts';

export interface Primitives {
  readonly hmac: HmacPrimitives;
  readonly keyWrap: KeyWrapPrimitives;
  readonly rsa: RsaPrimitives;
  ec(): Loading<EcPrimitives>;
  sm2(): Loading<PointPrimitives>;
  ed25519(): Loading<EdPrimitives>;
  postQuantum(): Loading<PostQuantumPrimitives>;
}
