// The connection ended instead of an answer: no error of KMS, and each door shows it as its clients know it.

export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  /** As node:net says it: what retries a reset looks at this. */
  readonly code = 'ECONNRESET';
  readonly #half: object | undefined;

  /** `half`: the answer of which a part arrives. */
  constructor(half?: object) {
    super('The connection was reset before the answer was complete.');
    this.#half = half;
  }

  /** The answer that a door which has bytes sends a part of. Private otherwise: no log shows it. */
  get half(): object | undefined {
    return this.#half;
  }
}
