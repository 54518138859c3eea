// The rows of a long list, fetched a block at a time when somebody looks at them. What was not looked at for long is forgotten.

export interface Piece<Row> {
  readonly total: number;
  readonly from: number;
  readonly rows: readonly Row[];
  /** Another one: the numbers of all rows have changed. */
  readonly stamp: string;
  /** How many there were before the first, and are no more. */
  readonly gone?: number;
}

interface Block<Row> {
  readonly rows: readonly Row[];
  isStale: boolean;
}

export const blockSize = 100;
/** So many rows are in memory at most, however long the list is. */
export const blocksKept = 30;

export class RowSource<Row> {
  total = 0;
  /** How many there have been, those that are gone among them. */
  everSeen = 0;
  /** Set as soon as something has come. */
  isKnown = false;
  readonly #fetch: (from: number, limit: number) => Promise<Piece<Row>>;
  readonly #changed: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #blocks = new Map<number, Block<Row>>();
  readonly #asked = new Set<number>();
  #stamp = '';
  #round = 0;

  constructor(
    fetch: (from: number, limit: number) => Promise<Piece<Row>>,
    changed: () => void,
    failed: (error: unknown) => void,
  ) {
    this.#fetch = fetch;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** Undefined as long as it is on its way. */
  at(index: number): Row | undefined {
    const number = Math.floor(index / blockSize);
    const block = this.#blocks.get(number);
    if (block === undefined || block.isStale || (index < this.total && index % blockSize >= block.rows.length))
      void this.#load(number);
    // The last one that was looked at is forgotten last.
    if (block !== undefined) {
      this.#blocks.delete(number);
      this.#blocks.set(number, block);
    }
    return block?.rows[index % blockSize];
  }

  get rowsHeld(): number {
    return [...this.#blocks.values()].reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** Looks again: at the end of a list that only grows, at all of one whose rows change. */
  refresh(what: 'end' | 'all'): Promise<void> {
    if (what === 'all') for (const block of this.#blocks.values()) block.isStale = true;
    const last = what === 'end' ? Math.floor(Math.max(0, this.total - 1) / blockSize) : 0;
    return this.#load(last);
  }

  /** Another question: nothing of before is good. */
  restart(): Promise<void> {
    this.#round += 1;
    this.#asked.clear();
    this.#blocks.clear();
    this.total = 0;
    this.isKnown = false;
    return this.#load(0);
  }

  async #load(number: number): Promise<void> {
    if (this.#asked.has(number)) return;
    this.#asked.add(number);
    const round = this.#round;
    try {
      const piece = await this.#fetch(number * blockSize, blockSize);
      if (round === this.#round) this.#take(number, piece);
    } catch (error) {
      if (round === this.#round) this.#failed(error);
    } finally {
      if (round === this.#round) this.#asked.delete(number);
    }
    if (round === this.#round && this.isKnown) this.#changed();
  }

  #take(number: number, { gone = 0, rows, stamp, total }: Piece<Row>): void {
    if (stamp !== this.#stamp || total < this.total) for (const block of this.#blocks.values()) block.isStale = true;
    this.#stamp = stamp;
    this.total = total;
    this.everSeen = gone + total;
    this.isKnown = true;
    this.#blocks.delete(number);
    this.#blocks.set(number, { rows, isStale: false });
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= blocksKept) break;
      this.#blocks.delete(oldest);
    }
  }
}
