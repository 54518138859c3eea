// What is open beside a list. On a narrow screen it lies over the list, and Escape or the button lead back.

import { element, fill } from './element.ts';

export class Pane {
  readonly root: HTMLElement;
  readonly #placeholder: string;
  readonly #closed: () => void;
  #shows = '';

  constructor(label: string, placeholder: string, closed: () => void) {
    this.#placeholder = placeholder;
    this.#closed = closed;
    this.root = element('article', {
      class: 'pane',
      'aria-label': label,
      tabindex: -1,
      onkeydown: (event) => {
        if ((event as KeyboardEvent).key === 'Escape') this.close();
      },
    });
    this.#clear();
  }

  /** What it shows now; what arrives for something else comes too late. */
  get shows(): string {
    return this.#shows;
  }

  /** Begins to show something. */
  open(id: string): void {
    this.#shows = id;
    this.root.classList.add('open');
  }

  show(...content: readonly (HTMLElement | string)[]): void {
    const back = element(
      'button',
      { type: 'button', class: 'back', onclick: () => this.close() },
      '\u2190 Back to the list',
    );
    fill(this.root, back, ...content);
  }

  focus(): void {
    this.root.focus();
    this.root.scrollTop = 0;
  }

  close(): void {
    this.#clear();
    this.#closed();
  }

  #clear(): void {
    this.#shows = '';
    this.root.classList.remove('open');
    fill(this.root, element('p', { class: 'placeholder' }, this.#placeholder));
  }
}
