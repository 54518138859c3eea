// A field for JSON, with the sentence of a mistake beneath it.

import { el, newId } from './dom.ts';

export interface CodeField {
  readonly element: HTMLElement;
  complain(problem: string | undefined): void;
}

export function codeField(label: string, text: string, changed: (text: string) => void): CodeField {
  const id = newId();
  const area = el('textarea', {
    id,
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    rows: `${rowsFor(text)}`,
    input: () => {
      area.rows = rowsFor(area.value);
      changed(area.value);
    },
  });
  area.value = text;
  const complaint = el('p', { class: 'mistake', id: `${id}-mistake`, hidden: true });
  const element = el('div', { class: 'field code' }, el('label', { for: id }, label), area, complaint);
  const complain = (problem: string | undefined): void => {
    complaint.hidden = problem === undefined;
    complaint.textContent = problem ?? '';
    area.setAttribute('aria-invalid', `${problem !== undefined}`);
    if (problem === undefined) area.removeAttribute('aria-describedby');
    else area.setAttribute('aria-describedby', complaint.id);
  };
  return { element, complain };
}

function rowsFor(text: string): number {
  return Math.min(Math.max(text.split('\n').length, 2), 24);
}
