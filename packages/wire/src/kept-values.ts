// Values that are dear to make, by a name that says all they are made of. Whoever asks cannot make it hold more than so many.

export class KeptValues<Value> {
  readonly #most: number;
  readonly #values = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#values.size;
  }

  /** The value of that name, made where it is not there. Where there is no room all others are forgotten. */
  get(name: string, make: () => Value): Value {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    if (this.#values.size === this.#most) this.#values.clear();
    const value = make();
    this.#values.set(name, value);
    return value;
  }
}
