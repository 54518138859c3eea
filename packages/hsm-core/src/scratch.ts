// A buffer that is used again and again, and views of its beginning.

export class Scratch {
  readonly bytes: Uint8Array;
  readonly #views = new Map<number, Uint8Array>();

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
  }

  /** The first `length` bytes. Lengths repeat, and making a view costs four times as much as finding it. */
  first(length: number): Uint8Array {
    let view = this.#views.get(length);
    if (view === undefined) {
      view = this.bytes.subarray(0, length);
      this.#views.set(length, view);
    }
    return view;
  }
}
