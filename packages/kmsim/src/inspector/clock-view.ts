// The clock: where it stands, what time brings, and the buttons that push it forward.

import type { Upcoming, UpcomingList } from '../admin/inspector/upcoming.ts';
import type { Api } from './api.ts';
import { doings, effects } from './effects.ts';
import { announce, element, fill } from './element.ts';
import { type Happened, happenedAfter, type Moment, momentOf } from './happened.ts';
import type { Room } from './room.ts';
import { counted, distance, instant, shortKey } from './words.ts';

const steps: readonly (readonly [label: string, duration: string])[] = [
  ['+1 hour', '1 hour'],
  ['+1 day', '1 day'],
  ['+30 days', '30 days'],
  ['+1 year', '365 days'],
];

export class ClockView {
  readonly root: HTMLElement;
  readonly #api: Api;
  readonly #room: Room;
  readonly #now: HTMLElement = element('p', { class: 'now' });
  readonly #mode: HTMLElement = element('p', { class: 'note' });
  readonly #upcoming: HTMLElement = element('div', {});
  readonly #happened: HTMLElement = element('div', { role: 'status' });
  readonly #duration: HTMLInputElement;
  #isBusy = false;

  constructor(api: Api, room: Room) {
    this.#api = api;
    this.#room = room;
    this.#duration = element('input', {
      id: 'duration',
      type: 'text',
      placeholder: '90 days, 1 hour 30 minutes, P1D',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    const custom = element(
      'form',
      {
        class: 'custom',
        onsubmit: (event) => {
          event.preventDefault();
          void this.push({ advance: this.#duration.value });
        },
      },
      element('label', { for: 'duration' }, 'By'),
      this.#duration,
      element('button', { type: 'submit' }, 'Push forward'),
    );
    this.root = element(
      'div',
      { class: 'page' },
      element(
        'div',
        { class: 'card' },
        element('h2', {}, 'Clock'),
        this.#now,
        this.#mode,
        element(
          'div',
          { class: 'steps', role: 'group', 'aria-label': 'Push the clock forward' },
          ...this.stepButtons(),
        ),
        custom,
        this.#happened,
      ),
      element('div', { class: 'card' }, element('h2', {}, 'What time brings'), this.#upcoming),
    );
  }

  stepButtons(): readonly HTMLElement[] {
    return steps.map(([label, advance]) =>
      element('button', { type: 'button', onclick: () => void this.push({ advance }) }, label),
    );
  }

  shown(): void {
    void this.refresh();
  }

  async refresh(): Promise<void> {
    this.#show(await this.#api.get<UpcomingList>('/api/upcoming'));
  }

  /** Moves the clock, and tells what became due on the way. */
  async push(how: { readonly advance: string } | { readonly to: string }): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      const before = await momentOf(this.#api);
      await this.#api.post('/api/clock', how);
      const happened = await happenedAfter(this.#api, before);
      this.#tell(before, happened);
      this.#show(happened.list);
      this.#room.changed();
    } catch (error) {
      fill(this.#happened, element('p', { class: 'problem' }, (error as Error).message));
    } finally {
      this.#isBusy = false;
    }
  }

  #tell({ list }: Moment, { events, hasMore, list: after }: Happened): void {
    const many = events.length === 0 ? 'nothing became due' : `${counted(events.length, 'thing')} became due`;
    const title = `From ${instant(list.now)} to ${instant(after.now)}: ${many}${hasMore ? ', and more' : ''}.`;
    fill(
      this.#happened,
      element('p', { class: 'told' }, title),
      events.length > 0 &&
        element(
          'ol',
          { class: 'due' },
          ...events.map((one) => this.#line(one, (one.isEvent ? doings : effects)[one.what] ?? one.what)),
        ),
    );
    announce(title);
  }

  #show({ clock, now, rows, total }: UpcomingList): void {
    this.#now.textContent = instant(now);
    this.#mode.textContent =
      clock === 'still'
        ? 'It stands still until somebody pushes it. UTC.'
        : 'It runs with the clock of the machine. UTC.';
    if (total === 0) {
      fill(
        this.#upcoming,
        element(
          'p',
          { class: 'note' },
          'Nothing is due. Rotations, scheduled deletions and material that expires stand here.',
        ),
      );
      return;
    }
    const goTo = ({ at }: Upcoming): HTMLElement | false =>
      Date.parse(at) > Date.parse(now) &&
      element(
        'button',
        { type: 'button', 'aria-label': `Go to ${instant(at)}`, onclick: () => void this.push({ to: at }) },
        'Go there',
      );
    fill(
      this.#upcoming,
      element(
        'ol',
        { class: 'due' },
        ...rows.map((one) =>
          this.#line(
            one,
            effects[one.what] ?? one.what,
            element('span', { class: 'by' }, distance(now, one.at)),
            goTo(one),
          ),
        ),
      ),
      total > rows.length && element('p', { class: 'note' }, `and ${counted(total - rows.length, 'more', 'more')}`),
    );
  }

  #line({ alias, at, of }: Upcoming, what: string, ...more: readonly (HTMLElement | false)[]): HTMLElement {
    const name = of.startsWith('arn:')
      ? element(
          'button',
          { type: 'button', class: 'link', title: of, onclick: () => this.#room.toKey(of) },
          alias ?? shortKey(of),
        )
      : element('span', {}, of);
    return element(
      'li',
      {},
      element('time', { datetime: at }, instant(at)),
      element('span', { class: 'what' }, name, ` ${what}`),
      ...more,
    );
  }
}
