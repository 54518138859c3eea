// Dice of the trials at the wire: the same seed, the same throws.

export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) >>> 0;
  }

  /** From 0 to 2^32 - 1: a counter in steps of the golden ratio, mixed. */
  #throw(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  below(bound: number): number {
    return this.#throw() % bound;
  }

  pick<Item>(list: readonly Item[]): Item {
    if (list.length === 0) throw new RangeError('Nothing to pick from.');
    return list[this.below(list.length)] as Item;
  }

  chance(ofHundred: number): boolean {
    return this.below(100) < ofHundred;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  shuffled<Item>(list: readonly Item[]): Item[] {
    const left = [...list];
    return list.map(() => left.splice(this.below(left.length), 1)[0] as Item);
  }
}
