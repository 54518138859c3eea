// Elements of the page. Whatever comes from a script, an address or the engine becomes text, never markup.

type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;
type Child = Node | string;

export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

export function button(label: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return el('button', { type: 'button', click: press, ...attributes }, label);
}

let count = 0;

/** An id for labels and descriptions. */
export function newId(): string {
  count += 1;
  return `e${count}`;
}

/** A field with its label. */
export function labelled(text: string, field: HTMLElement, kind = ''): HTMLElement {
  const id = newId();
  field.id = id;
  return el('div', { class: `field ${kind}` }, el('label', { for: id }, text), field);
}

/** `2026-01-01 00:00:00 UTC` */
export function instantText(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
