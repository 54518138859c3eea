// A tree for keyboards and screen readers: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/

import { element } from './element.ts';

export interface Branch {
  /** For its style. */
  readonly kind: string;
  readonly label: readonly HTMLElement[];
  readonly isOpen: boolean;
  /** What is shown below it when it is open. */
  readonly content?: HTMLElement | undefined;
  readonly branches: readonly Branch[];
}

export function tree(label: string, branches: readonly Branch[]): HTMLElement {
  const root = element(
    'ul',
    {
      class: 'tree',
      role: 'tree',
      'aria-label': label,
      onkeydown: (event) => keyed(root, event as KeyboardEvent),
      onclick: (event) => clicked(root, event.target as Element),
    },
    ...branches.map((branch) => itemOf(branch, 1)),
  );
  root.querySelector<HTMLElement>('[role=treeitem]')?.setAttribute('tabindex', '0');
  return root;
}

function itemOf({ branches, content, isOpen, kind, label }: Branch, level: number): HTMLElement {
  const hasMore = branches.length > 0 || content !== undefined;
  const inner = element(
    'ul',
    { role: 'group' },
    ...branches.map((branch) => itemOf(branch, level + 1)),
    content !== undefined && element('li', { role: 'none' }, content),
  );
  const twist = element('span', { class: 'twist', 'aria-hidden': 'true' });
  const item = element(
    'li',
    { class: kind, role: 'treeitem', 'aria-level': level, tabindex: -1 },
    element('div', { class: 'line' }, twist, ...label),
    hasMore && inner,
  );
  if (hasMore) item.setAttribute('aria-expanded', String(isOpen));
  return item;
}

function keyed(root: HTMLElement, event: KeyboardEvent): void {
  const item = event.target as HTMLElement;
  if (item.role !== 'treeitem' || event.altKey || event.ctrlKey || event.metaKey) return;
  const act = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
  if (act === undefined) return;
  event.preventDefault();
  const next = act(item, inSight(root));
  if (next !== undefined) moveTo(root, next);
}

type Action = (item: HTMLElement, items: readonly HTMLElement[]) => HTMLElement | undefined;

const toggled: Action = (item) => {
  if (item.ariaExpanded !== null) item.ariaExpanded = String(item.ariaExpanded !== 'true');
  return undefined;
};

const actions: Readonly<Record<string, Action>> = {
  ArrowDown: (item, items) => items[items.indexOf(item) + 1],
  ArrowUp: (item, items) => items[items.indexOf(item) - 1],
  Home: (_item, items) => items[0],
  End: (_item, items) => items.at(-1),
  ArrowRight: (item, items) => (item.ariaExpanded === 'false' ? toggled(item, items) : childOf(item)),
  ArrowLeft: (item, items) => (item.ariaExpanded === 'true' ? toggled(item, items) : parentOf(item)),
  Enter: toggled,
  ' ': toggled,
};

function childOf(item: HTMLElement): HTMLElement | undefined {
  return item.querySelector<HTMLElement>('[role=treeitem]') ?? undefined;
}

function parentOf(item: HTMLElement): HTMLElement | undefined {
  return item.parentElement?.closest<HTMLElement>('[role=treeitem]') ?? undefined;
}

function inSight(root: HTMLElement): readonly HTMLElement[] {
  const all = [...root.querySelectorAll<HTMLElement>('[role=treeitem]')];
  return all.filter((item) => item.parentElement?.closest('[aria-expanded=false]') == null);
}

function moveTo(root: HTMLElement, item: HTMLElement): void {
  for (const other of root.querySelectorAll<HTMLElement>('[role=treeitem][tabindex="0"]')) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

function clicked(root: HTMLElement, target: Element): void {
  const line = target.closest<HTMLElement>('.line');
  const item = line?.closest<HTMLElement>('[role=treeitem]');
  if (item == null) return;
  toggled(item, []);
  moveTo(root, item);
}
