// Bytes for keys that tests make: the same for the same seed and label.

import { createHash } from 'node:crypto';
import type { Draw } from '../../src/client/rsa-key.ts';

export const draw =
  (seed: string): Draw =>
  (label, length) =>
    new Uint8Array(
      Buffer.concat(
        Array.from({ length: Math.ceil(length / 64) }, (_, at) =>
          createHash('sha512').update(`${seed}/${label}/${at}`).digest(),
        ),
      ).subarray(0, length),
    );
