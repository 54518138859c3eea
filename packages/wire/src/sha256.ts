// SHA-256 as the signer of the AWS SDK asks for it: a constructor, plain with no secret, keyed with one.

import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

type Bytes = string | ArrayBuffer | ArrayBufferView;

export class Sha256 {
  readonly #state: Hash | Hmac;

  constructor(secret?: Bytes) {
    this.#state = secret === undefined ? createHash('sha256') : createHmac('sha256', binary(secret));
  }

  update(chunk: Bytes): void {
    this.#state.update(binary(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return this.#state.digest();
  }

  reset(): void {}
}

function binary(bytes: Bytes): string | Uint8Array {
  if (typeof bytes === 'string') return bytes;
  return ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}
