// Which cells a check has been in: operation x state of the key x outcome.

export interface Cell {
  readonly operation: string;
  /** `Enabled`, ..., or `none` where the request was about no key or was refused before one was found. */
  readonly keyState: string;
  /** `success`, or the code of the error. */
  readonly outcome: string;
}

export class Tally {
  readonly #counts = new Map<string, number>();
  commands = 0;

  count({ keyState, operation, outcome }: Cell): void {
    const cell = `${operation} ${keyState} ${outcome}`;
    this.#counts.set(cell, (this.#counts.get(cell) ?? 0) + 1);
    this.commands += 1;
  }

  /** How often; parts that are left out stand for all. */
  times(wanted: Partial<Cell>): number {
    const { keyState = '.*', operation = '.*', outcome = '.*' } = wanted;
    const pattern = new RegExp(`^${operation} ${keyState} ${outcome}$`);
    return [...this.#counts].reduce((sum, [cell, count]) => sum + (pattern.test(cell) ? count : 0), 0);
  }

  /** Every cell with its count, the rarest first. */
  cells(): readonly (Cell & { readonly count: number })[] {
    return [...this.#counts]
      .sort(([, one], [, other]) => one - other)
      .map(([cell, count]) => {
        const [operation = '', keyState = '', outcome = ''] = cell.split(' ');
        return { operation, keyState, outcome, count };
      });
  }
}
