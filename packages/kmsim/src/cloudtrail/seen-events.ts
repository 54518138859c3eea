// Which events have been there already: files overlap, and the same one may be handed in twice.

/** So many ids are known for certain; older ones are forgotten. A few hundred megabytes at most. */
const most = 1_000_000;

export class SeenEvents {
  #recent = new Set<string>();
  #before: ReadonlySet<string> = new Set();
  readonly #most: number;

  constructor(atLeast: number = most) {
    this.#most = atLeast;
  }

  /** Whether the id was there before. An event without an id is always a new one. */
  isRepeated(id: string): boolean {
    if (id === '') return false;
    if (this.#recent.has(id) || this.#before.has(id)) return true;
    if (this.#recent.size >= this.#most) {
      this.#before = this.#recent;
      this.#recent = new Set();
    }
    this.#recent.add(id);
    return false;
  }
}
