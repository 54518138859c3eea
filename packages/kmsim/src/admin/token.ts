// The token of an admin port: from the machine's entropy, also where everything else follows from a seed. It keeps strangers out, and who
// knows the seed may be one. See docs/decisions/admin.md.

import { createHash, timingSafeEqual } from 'node:crypto';
import { machineEntropy } from '@kmsim/world';

export class AdminToken {
  readonly #text: string = Buffer.from(machineEntropy(32)).toString('base64url');

  /** Whether an Authorization header carries it. Takes as long for every header of a length. */
  admits(authorization: string | undefined): boolean {
    return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${this.#text}`));
  }

  /** To be shown once to who has started the server. */
  reveal(): string {
    return this.#text;
  }
}

// Digests have one length, whatever was sent.
function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
