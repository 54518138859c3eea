// Elements of the page. Whatever comes from a simulation goes in as text: there is no way from here to markup.

type Child = Node | string | undefined | false;

interface Attributes {
  readonly [name: string]: string | number | boolean | undefined | ((event: Event) => void);
}

/** `on...` listens; true sets an attribute without a value, false and undefined set none. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(attribute.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(attribute, value === true ? '' : String(value));
  }
  fill(made, ...children);
  return made;
}

/** In place of what is there. */
export function fill(parent: Element, ...children: readonly (Child | readonly Child[])[]): void {
  parent.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== false));
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

/** Said by a screen reader, when it is done with what it says. */
export function announce(text: string): void {
  byId('announcements').textContent = text;
}

/** A list of names and values; what is absent has no row. */
export function facts(...rows: readonly (readonly [name: string, value: Child])[]): HTMLElement {
  return element(
    'dl',
    { class: 'facts' },
    ...rows.flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [element('dt', {}, name), element('dd', {}, value)],
    ),
  );
}

export function badge(kind: string, text: string): HTMLElement {
  return element('span', { class: `badge ${kind}` }, text);
}

export function section(title: string, ...children: readonly (Child | readonly Child[])[]): HTMLElement {
  return element('section', {}, element('h3', {}, title), ...children);
}
