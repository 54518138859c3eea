// Tabs: one of several views, moved through with the arrow keys.
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/

import { el, newId } from './dom.ts';

export interface Tab {
  readonly name: string;
  readonly view: () => HTMLElement;
}

/** `chosen` is told which one a person picks. */
export function tabs(all: readonly Tab[], first: string, label: string, chosen: (name: string) => void): HTMLElement {
  const panel = el('div', { role: 'tabpanel', id: newId() });
  const buttons = all.map(({ name }, at) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: newId(),
        'aria-controls': panel.id,
        click: () => pick(at),
        keydown: (event) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
          if (step === undefined) return;
          event.preventDefault();
          pick((at + step + all.length) % all.length);
        },
      },
      name,
    ),
  );
  const show = (at: number): void => {
    for (const [index, tab] of buttons.entries()) {
      tab.setAttribute('aria-selected', `${index === at}`);
      tab.tabIndex = index === at ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', buttons[at]?.id ?? '');
    panel.replaceChildren(all[at]?.view() ?? '');
  };
  const pick = (at: number): void => {
    show(at);
    buttons[at]?.focus();
    chosen(all[at]?.name ?? '');
  };
  show(
    Math.max(
      0,
      all.findIndex(({ name }) => name === first),
    ),
  );
  return el('div', { class: 'tabs' }, el('div', { role: 'tablist', 'aria-label': label }, ...buttons), panel);
}
