// All keys, of every account and Region, and one of them opened.

import type { KeyList, KeyRow, KeyView } from '../admin/inspector/keys.ts';
import type { Api } from './api.ts';
import { badge, element } from './element.ts';
import { keyPane } from './key-pane.ts';
import { stateKinds } from './key-states.ts';
import { LongList } from './long-list.ts';
import { Pane } from './pane.ts';
import type { Room } from './room.ts';
import { RowSource } from './row-source.ts';
import { counted, shortKey } from './words.ts';

export class KeysView {
  readonly root: HTMLElement;
  readonly #api: Api;
  readonly #room: Room;
  readonly #source: RowSource<KeyRow>;
  readonly #list: LongList<KeyRow>;
  readonly #pane: Pane;
  readonly #text: HTMLInputElement;
  readonly #count: HTMLElement;
  #shown = '';

  constructor(api: Api, room: Room) {
    this.#api = api;
    this.#room = room;
    this.#source = new RowSource(
      async (from, limit) => ({
        ...(await api.get<KeyList>('/api/keys', { from, limit, text: this.#text.value.trim() })),
        stamp: '',
      }),
      () => this.#changed(),
      (error) => room.failed(error),
    );
    this.#list = new LongList({
      label: 'Keys',
      rowHeight: 60,
      total: () => this.#source.total,
      at: (index) => this.#source.at(index),
      cells: cellsOf,
      kind: ({ state }) => stateKinds[state],
      identify: ({ arn }) => arn,
      open: ({ arn }) => void this.open(arn),
      empty: () => this.#nothing(),
    });
    this.#pane = new Pane('The key', 'Choose a key to see its versions, policy and grants.', () => {
      this.#list.mark(undefined);
      this.#list.focus();
    });
    this.#text = element('input', {
      type: 'search',
      id: 'find-keys',
      placeholder: 'alias, id, tag, state, Region\u2026',
      'aria-label': 'Filter keys by text',
      oninput: () => {
        this.#list.restart();
        void this.#source.restart();
      },
    });
    this.#count = element('span', { class: 'count' });
    this.root = element(
      'div',
      { class: 'split' },
      element('div', { class: 'side' }, element('div', { class: 'bar' }, this.#text, this.#count), this.#list.root),
      this.#pane.root,
    );
  }

  shown(): void {
    if (this.#source.isKnown) void this.refresh();
    else void this.#source.restart();
  }

  async refresh(): Promise<void> {
    await this.#source.refresh('all');
    if (this.#pane.shows !== '') await this.#show(this.#pane.shows, false);
  }

  async open(arn: string): Promise<void> {
    this.#shown = '';
    this.#pane.open(arn);
    this.#list.mark(arn);
    await this.#show(arn, true);
  }

  async #show(arn: string, isNew: boolean): Promise<void> {
    try {
      const key = await this.#api.get<KeyView>('/api/key', { arn });
      const text = JSON.stringify(key);
      // Who reads is not disturbed by what has not changed.
      if (this.#pane.shows !== arn || text === this.#shown) return;
      this.#shown = text;
      this.#pane.show(...keyPane(key, this.#room));
    } catch (error) {
      if (this.#pane.shows !== arn) return;
      this.#pane.show(element('h2', {}, shortKey(arn)), element('p', { class: 'problem' }, (error as Error).message));
    }
    if (isNew) this.#pane.focus();
  }

  #changed(): void {
    this.#count.textContent = counted(this.#source.total, 'key');
    this.#list.draw();
  }

  #nothing(): readonly (HTMLElement | string)[] {
    if (!this.#source.isKnown) return ['Loading\u2026'];
    const [head, hint] =
      this.#text.value.trim() === ''
        ? ['There is no key yet.', 'CreateKey makes one; a world file brings its own.']
        : ['No key matches.', 'Change the filter above.'];
    return [element('p', {}, element('strong', {}, head)), element('p', {}, hint)];
  }
}

function cellsOf(row: KeyRow): readonly HTMLElement[] {
  const { account, aliases, description, id, manager, multiRegion, region, spec, state } = row;
  const name = aliases[0] ?? (description || shortKey(id));
  const details = [shortKey(id), spec, multiRegion, manager === 'AWS' && 'managed by AWS'];
  return [
    element(
      'span',
      { class: 'what' },
      element('strong', { title: name }, name),
      element('span', { class: 'by' }, details.filter(Boolean).join(' \u00b7 ')),
    ),
    element('span', { class: 'where' }, badge(stateKinds[state], state), element('small', {}, `${region} ${account}`)),
  ];
}
