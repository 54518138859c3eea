// Which rows of a list are in sight, and where the list has to be for a row to be.

export interface Sight {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly total: number;
}

/** Rows above and below that are there before somebody scrolls to them. */
const spare = 8;

/** Browsers know no elements that are taller than some 17 million pixels. */
export const tallest = 15_000_000;

/** From the first to behind the last. */
export function visibleRows({ height, rowHeight, scrollTop, total }: Sight): readonly [first: number, end: number] {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const end = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return [Math.min(first, end), end];
}

/** Where to scroll to, that the row is in sight: no farther than needed. */
export function scrollFor(row: number, { height, rowHeight, scrollTop }: Sight): number {
  const [top, bottom] = [row * rowHeight, (row + 1) * rowHeight];
  if (top < scrollTop) return top;
  return bottom > scrollTop + height ? bottom - height : scrollTop;
}

const steps: Readonly<Record<string, (row: number, page: number, last: number) => number>> = {
  ArrowDown: (row) => row + 1,
  ArrowUp: (row) => row - 1,
  PageDown: (row, page) => row + page,
  PageUp: (row, page) => row - page,
  Home: () => 0,
  End: (_row, _page, last) => last,
};

/** The row that a key leads to; undefined for a key that leads nowhere. */
export function rowAfter(key: string, row: number, { height, rowHeight, total }: Sight): number | undefined {
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined || total === 0) return undefined;
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const wanted = row < 0 && key !== 'End' ? 0 : step(row, page, total - 1);
  return Math.min(total - 1, Math.max(0, wanted));
}
