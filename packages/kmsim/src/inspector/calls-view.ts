// The events as they happen, the newest first, with what was denied one step away from its decision.

import type { CallList, CallOutcome, CallRow } from '../admin/inspector/calls.ts';
import type { OpenedCall } from '../admin/inspector/decision.ts';
import type { Api } from './api.ts';
import { callPane } from './call-pane.ts';
import { announce, element } from './element.ts';
import { LongList } from './long-list.ts';
import { Pane } from './pane.ts';
import type { Room } from './room.ts';
import { RowSource } from './row-source.ts';
import { counted, instant, shortKey, shortPrincipal } from './words.ts';

const marks: Readonly<Record<CallOutcome, readonly [sign: string, name: string]>> = {
  allowed: ['\u2713', 'allowed'],
  denied: ['\u2715', 'denied'],
  failed: ['!', 'failed'],
  service: ['\u2699', 'by KMS itself'],
};

const shows: readonly (readonly [value: string, label: string])[] = [
  ['', 'All events'],
  ['denied', 'Denied'],
  ['failed', 'Denied or failed'],
  ['changes', 'Changes'],
  ['service', 'By KMS itself'],
];

export class CallsView {
  readonly root: HTMLElement;
  readonly #api: Api;
  readonly #room: Room;
  readonly #source: RowSource<CallRow>;
  readonly #list: LongList<CallRow>;
  readonly #pane: Pane;
  readonly #text: HTMLInputElement;
  readonly #show: HTMLSelectElement;
  readonly #count: HTMLElement;
  readonly #newer: HTMLButtonElement;
  readonly #ofKey: HTMLElement;
  #problem: string | undefined;
  #key = '';
  #seen = 0;
  #unseen = 0;

  constructor(api: Api, room: Room) {
    this.#api = api;
    this.#room = room;
    this.#source = new RowSource(
      async (from, limit) => {
        const list = await api.get<CallList>('/api/calls', { from, limit, ...this.#asked });
        // Of what was filtered nobody knows how many are gone.
        const isWhole = Object.values(this.#asked).every((text) => text === '');
        return { ...list, stamp: `${list.epoch} ${list.dropped}`, gone: isWhole ? list.dropped : 0 };
      },
      () => this.#changed(),
      (error) => this.#failed(error),
    );
    this.#list = new LongList({
      label: 'Events',
      rowHeight: 48,
      total: () => this.#source.total,
      // The newest first: numbers of old ones stay what they are.
      at: (index) => this.#source.at(this.#source.total - 1 - index),
      cells: cellsOf,
      kind: ({ outcome }) => outcome,
      identify: ({ id }) => id,
      open: (row) => void this.open(row.id, row.request ?? row.id),
      empty: () => this.#nothing(),
    });
    this.#pane = new Pane('The event', 'Choose an event to see who asked, what was decided, and why.', () => {
      this.#list.mark(undefined);
      this.#list.focus();
    });
    this.#text = element('input', {
      type: 'search',
      id: 'find-events',
      placeholder: 'filter events\u2026',
      title: 'By operation, principal, key or error',
      'aria-label': 'Filter events by text',
      oninput: () => this.#again(),
    });
    this.#show = element(
      'select',
      { 'aria-label': 'Which events', onchange: () => this.#again() },
      ...shows.map(([value, label]) => element('option', { value }, label)),
    );
    this.#count = element('span', { class: 'count' });
    this.#newer = element('button', { type: 'button', class: 'newer', hidden: true, onclick: () => this.#toNewest() });
    this.#ofKey = element('span', { class: 'chip', hidden: true });
    this.root = element(
      'div',
      { class: 'split' },
      element(
        'div',
        { class: 'side' },
        element('div', { class: 'bar' }, this.#text, this.#show, this.#ofKey, this.#count),
        this.#newer,
        this.#list.root,
      ),
      this.#pane.root,
    );
    void this.#source.restart();
  }

  shown(): void {
    this.#list.draw();
    if (this.#source.isKnown) void this.refresh();
  }

  /** Something may have happened. */
  refresh(): Promise<void> {
    return this.#source.refresh('end');
  }

  /** The events about one key. */
  about(key: string): void {
    this.#key = key;
    this.#ofKey.hidden = key === '';
    this.#ofKey.replaceChildren(
      `key ${shortKey(key)}`,
      element('button', { type: 'button', 'aria-label': 'All keys', onclick: () => this.about('') }, '\u00d7'),
    );
    this.#again();
  }

  async open(id: string, request: string): Promise<void> {
    this.#pane.open(id);
    this.#list.mark(id);
    try {
      const opened = await this.#api.get<OpenedCall>('/api/call', { id: request });
      if (this.#pane.shows !== id) return;
      this.#pane.show(...callPane(opened, this.#room));
      this.#pane.focus();
    } catch (error) {
      if (this.#pane.shows === id)
        this.#pane.show(element('p', { class: 'problem' }, String((error as Error).message)));
    }
  }

  get #asked(): Readonly<Record<string, string>> {
    return { text: this.#text.value.trim(), show: this.#show.value, key: this.#key };
  }

  #again(): void {
    this.#seen = 0;
    this.#unseen = 0;
    this.#list.restart();
    void this.#source.restart();
  }

  // A simulation without a trail will not have one later.
  #failed(error: unknown): void {
    this.#problem = (error as Error).message;
    this.#list.draw();
    this.#room.failed(error);
  }

  #changed(): void {
    this.#problem = undefined;
    const { everSeen, total } = this.#source;
    const more = everSeen - this.#seen;
    if (this.#seen > 0 && more > 0) {
      this.#unseen = this.#list.isAtTop ? 0 : this.#unseen + more;
      this.#list.shiftBy(more);
      announce(counted(more, 'new event'));
    }
    this.#seen = everSeen;
    this.#count.textContent = counted(total, 'event');
    this.#newer.hidden = this.#unseen === 0;
    this.#newer.textContent = `\u2191 ${counted(this.#unseen, 'newer event')}`;
    this.#list.draw();
  }

  #toNewest(): void {
    this.#unseen = 0;
    this.#newer.hidden = true;
    this.#list.toTop();
    this.#list.focus();
  }

  #nothing(): readonly (HTMLElement | string)[] {
    if (!this.#source.isKnown) return [this.#problem ?? 'Loading\u2026'];
    const isFiltered = Object.values(this.#asked).some((text) => text !== '');
    if (isFiltered)
      return [
        element('p', {}, element('strong', {}, 'No event matches.')),
        element('p', {}, 'Change the filter above.'),
      ];
    return [
      element('p', {}, element('strong', {}, 'Nothing has happened yet.')),
      element('p', {}, 'Point a client at kmsim and call something: every request shows up here as it is answered.'),
    ];
  }
}

function cellsOf({ alias, error, key, name, outcome, time, who }: CallRow): readonly HTMLElement[] {
  const [sign, word] = marks[outcome];
  const [day, clock = ''] = instant(time).split(' ');
  return [
    element(
      'span',
      { class: 'mark', title: word },
      element('span', { 'aria-hidden': 'true' }, sign),
      element('span', { class: 'unseen' }, `${word}: `),
    ),
    element(
      'span',
      { class: 'what' },
      element('strong', {}, name),
      element('span', { class: 'key', title: key ?? '' }, alias ?? (key === undefined ? '' : shortKey(key))),
    ),
    element(
      'span',
      { class: 'by', title: who },
      error === undefined ? shortPrincipal(who) : `${error} \u00b7 ${shortPrincipal(who)}`,
    ),
    element('time', { datetime: time, title: time }, element('span', {}, clock), element('small', {}, day)),
  ];
}
