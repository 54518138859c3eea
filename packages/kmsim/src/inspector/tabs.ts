// Views as tabs: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/

import { byId, element, fill } from './element.ts';

export interface View {
  readonly root: HTMLElement;
  /** It has come into sight. */
  shown(): void;
  /** Something may have changed. */
  refresh(): Promise<void>;
}

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly view: View;
}

const keys: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

export class Tabs {
  readonly #tabs: readonly Tab[];
  readonly #buttons: readonly HTMLButtonElement[];
  #at = 0;

  constructor(tabs: readonly Tab[]) {
    this.#tabs = tabs;
    this.#buttons = tabs.map(({ id, label }) =>
      element(
        'button',
        { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `view-${id}`, onclick: () => this.show(id) },
        label,
      ),
    );
    const list = byId('tabs');
    list.addEventListener('keydown', (event) => this.#keyed(event));
    fill(list, ...this.#buttons);
    for (const { id, view } of tabs) {
      view.root.id = `view-${id}`;
      view.root.role = 'tabpanel';
      view.root.setAttribute('aria-labelledby', `tab-${id}`);
    }
    fill(byId('main'), ...tabs.map(({ view }) => view.root));
    this.#show(
      Math.max(
        0,
        tabs.findIndex(({ id }) => location.hash === `#${id}`),
      ),
    );
  }

  get current(): View {
    return (this.#tabs[this.#at] as Tab).view;
  }

  show(id: string): void {
    this.#show(this.#tabs.findIndex((tab) => tab.id === id));
    history.replaceState(null, '', `#${id}`);
  }

  #show(at: number): void {
    this.#at = at;
    for (const [index, { view }] of this.#tabs.entries()) view.root.hidden = index !== at;
    for (const [index, button] of this.#buttons.entries()) {
      button.ariaSelected = String(index === at);
      button.tabIndex = index === at ? 0 : -1;
    }
    this.current.shown();
  }

  #keyed(event: KeyboardEvent): void {
    const step = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (step === undefined) return;
    event.preventDefault();
    const next = step(this.#at, this.#tabs.length);
    this.show((this.#tabs[next] as Tab).id);
    this.#buttons[next]?.focus();
  }
}
