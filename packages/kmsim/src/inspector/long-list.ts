// A list of any length with the few elements that are in sight. A listbox for keyboards and screen readers:
// https://www.w3.org/WAI/ARIA/apg/patterns/listbox/

import { element, fill } from './element.ts';
import { rowAfter, type Sight, scrollFor, tallest, visibleRows } from './visible-rows.ts';

export interface LongListOptions<Row> {
  readonly label: string;
  readonly rowHeight: number;
  readonly total: () => number;
  readonly at: (index: number) => Row | undefined;
  /** What stands in a row. */
  readonly cells: (row: Row) => readonly HTMLElement[];
  readonly kind: (row: Row) => string;
  readonly identify: (row: Row) => string;
  readonly open: (row: Row) => void;
  /** What is told where there is no row. */
  readonly empty: () => readonly (HTMLElement | string)[];
}

export class LongList<Row> {
  readonly root: HTMLElement;
  readonly #options: LongListOptions<Row>;
  readonly #scroller: HTMLElement;
  readonly #sheet: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #drawn = new Map<string, { readonly element: HTMLElement; readonly text: string }>();
  #active = -1;
  #opened: string | undefined;
  #isDrawing = false;

  constructor(options: LongListOptions<Row>) {
    this.#options = options;
    this.#sheet = element('div', { class: 'sheet', role: 'presentation' });
    this.#empty = element('div', { class: 'empty' });
    this.#scroller = element(
      'div',
      {
        class: 'scroller',
        role: 'listbox',
        tabindex: 0,
        'aria-label': options.label,
        onscroll: () => this.draw(),
        onkeydown: (event) => this.#keyed(event as KeyboardEvent),
        onfocus: () => {
          if (this.#active < 0 && this.#total > 0) this.#moveTo(this.#firstInSight());
        },
        onclick: (event) => this.#clicked(event.target as Element),
      },
      this.#sheet,
    );
    this.root = element('div', { class: 'list' }, this.#empty, this.#scroller);
    new ResizeObserver(() => this.draw()).observe(this.#scroller);
  }

  get isAtTop(): boolean {
    return this.#scroller.scrollTop < this.#options.rowHeight;
  }

  focus(): void {
    this.#scroller.focus();
  }

  toTop(): void {
    this.#scroller.scrollTop = 0;
    this.draw();
  }

  /** Rows have come in above: what is looked at stays where it is. */
  shiftBy(count: number): void {
    const wasAtTop = this.isAtTop;
    if (this.#active >= 0) this.#active += count;
    this.#size();
    if (!wasAtTop) this.#scroller.scrollTop += count * this.#options.rowHeight;
  }

  /** Another list: from its top. */
  restart(): void {
    this.#active = -1;
    this.#scroller.scrollTop = 0;
    this.draw();
  }

  /** The row that is open beside the list. */
  mark(id: string | undefined): void {
    this.#opened = id;
    this.draw();
  }

  /** At most once a frame. */
  draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#drawNow();
    });
  }

  get #total(): number {
    return Math.min(this.#options.total(), Math.floor(tallest / this.#options.rowHeight));
  }

  get #sight(): Sight {
    const { clientHeight: height, scrollTop } = this.#scroller;
    return { height, scrollTop, rowHeight: this.#options.rowHeight, total: this.#total };
  }

  #firstInSight(): number {
    return Math.ceil(this.#scroller.scrollTop / this.#options.rowHeight);
  }

  #size(): void {
    this.#sheet.style.height = `${this.#total * this.#options.rowHeight}px`;
  }

  #drawNow(): void {
    this.#size();
    this.#active = Math.min(this.#active, this.#total - 1);
    this.#empty.hidden = this.#total > 0;
    this.#scroller.hidden = this.#total === 0;
    if (this.#total === 0) {
      fill(this.#empty, ...this.#options.empty());
      this.#place([]);
      return;
    }
    const [first, end] = visibleRows(this.#sight);
    this.#place(Array.from({ length: end - first }, (_, at) => this.#row(first + at)));
    const drawn = this.#active >= first && this.#active < end;
    if (drawn) this.#scroller.setAttribute('aria-activedescendant', `${this.#id(this.#active)}`);
    else this.#scroller.removeAttribute('aria-activedescendant');
  }

  // A row that stays in sight stays the same element: somebody may be about to click on it.
  #row(index: number): HTMLElement {
    const { at, cells, identify, kind, rowHeight } = this.#options;
    const row = at(index);
    const name = row === undefined ? `coming ${index}` : identify(row);
    const text = JSON.stringify(row ?? null);
    const known = this.#drawn.get(name);
    const made = known?.text === text ? known.element : element('div', { role: 'option' });
    if (known?.text !== text) fill(made, ...(row === undefined ? [element('span', {}, '\u2026')] : cells(row)));
    this.#drawn.set(name, { element: made, text });
    made.id = this.#id(index);
    made.className = `row ${row === undefined ? 'coming' : kind(row)}${index === this.#active ? ' active' : ''}`;
    made.dataset['row'] = String(index);
    made.ariaPosInSet = String(index + 1);
    made.ariaSetSize = String(this.#total);
    made.ariaSelected = String(row !== undefined && name === this.#opened);
    made.style.height = `${rowHeight}px`;
    made.style.transform = `translateY(${index * rowHeight}px)`;
    return made;
  }

  #place(rows: readonly HTMLElement[]): void {
    for (const [at, row] of rows.entries())
      if (this.#sheet.children[at] !== row) this.#sheet.insertBefore(row, this.#sheet.children[at] ?? null);
    while (this.#sheet.children.length > rows.length) this.#sheet.lastElementChild?.remove();
    const inSight = new Set(rows);
    for (const [name, { element: row }] of this.#drawn) if (!inSight.has(row)) this.#drawn.delete(name);
  }

  #id(index: number): string {
    return `${this.#options.label.replace(/\W/g, '-')}-${index}`;
  }

  #keyed(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#open(this.#active);
      return;
    }
    const wanted = rowAfter(event.key, this.#active, this.#sight);
    if (wanted === undefined) return;
    event.preventDefault();
    this.#moveTo(wanted);
  }

  #clicked(target: Element): void {
    const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (row === undefined) return;
    this.#moveTo(Number(row));
    this.#open(Number(row));
  }

  #moveTo(row: number): void {
    this.#active = row;
    this.#scroller.scrollTop = scrollFor(row, this.#sight);
    this.#drawNow();
  }

  #open(index: number): void {
    const row = index < 0 ? undefined : this.#options.at(index);
    if (row !== undefined) this.#options.open(row);
  }
}
