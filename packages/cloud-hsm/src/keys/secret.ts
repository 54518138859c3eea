// Secret bytes that no inspection, JSON or structured clone shows, and that are overwritten when nobody has a copy any more.

/** What was made of secret bytes, and goes with them. */
export interface Derived {
  erase(): void;
}

/** In this package only: nothing that is exported holds one where it could be reached. */
export class Secret {
  readonly #bytes: Uint8Array;
  #derived: Derived | undefined;

  /** Copies; erase yours. */
  constructor(bytes: Uint8Array) {
    this.#bytes = new Uint8Array(bytes);
  }

  /** To be read within a call, and not to be kept. */
  bytes(): Uint8Array {
    return this.#bytes;
  }

  /** What the bytes are the form of, a key pair ready for use, made once. */
  derived(make: () => Derived): Derived {
    this.#derived ??= make();
    return this.#derived;
  }

  erase(): void {
    this.#bytes.fill(0);
    this.#derived?.erase();
    this.#derived = undefined;
  }
}
