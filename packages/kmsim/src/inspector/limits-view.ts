// What a run would be throttled for and would cost.

import type { CostView, QuotasView } from '../admin/inspector/overview.ts';
import type { Api } from './api.ts';
import { badge, element, fill, section } from './element.ts';
import type { Room } from './room.ts';
import { counted, instant, money, number } from './words.ts';

const modes: Readonly<Record<string, string>> = {
  enforce: 'Enforced: a request that is too much is refused.',
  meter: 'Counted only: nothing is refused, and what production would refuse stands here.',
  off: 'Off: nobody counts.',
};

export class LimitsView {
  readonly root: HTMLElement;
  readonly #api: Api;
  readonly #room: Room;
  readonly #quotas: HTMLElement = element('div', {});
  readonly #cost: HTMLElement = element('div', {});

  constructor(api: Api, room: Room) {
    this.#api = api;
    this.#room = room;
    const again = element('button', { type: 'button', onclick: () => void this.#look() }, 'Look again');
    this.root = element(
      'div',
      { class: 'page' },
      element(
        'div',
        { class: 'card' },
        element('div', { class: 'head' }, element('h2', {}, 'Quotas'), again),
        this.#quotas,
      ),
      element('div', { class: 'card' }, element('h2', {}, 'Cost on AWS'), this.#cost),
    );
  }

  shown(): void {
    void this.#look();
  }

  /** Adding up is work for the simulation: only when somebody looks. */
  async refresh(): Promise<void> {}

  async #look(): Promise<void> {
    try {
      this.#showQuotas(await this.#api.get<QuotasView>('/api/quotas'));
      this.#showCost(await this.#api.get<CostView>('/api/cost'));
    } catch (error) {
      this.#room.failed(error);
    }
  }

  #showQuotas({ mode, rows }: QuotasView): void {
    const byShare = [...rows].sort((a, b) => b.throttled - a.throttled || b.peak / b.limit - a.peak / a.limit);
    fill(
      this.#quotas,
      element('p', { class: 'note' }, modes[mode] ?? mode),
      rows.length === 0
        ? element('p', { class: 'note' }, 'No request has counted on a quota yet.')
        : element('ul', { class: 'meters' }, ...byShare.map(meterOf)),
    );
  }

  #showCost({ from, months, notes, pricesAsOf, savings, source, totals, until }: CostView): void {
    const sums = Object.entries(totals).map(([currency, amount]) => money(amount, currency));
    fill(
      this.#cost,
      element('p', { class: 'now' }, sums.length === 0 ? 'nothing' : sums.join(' and ')),
      element('p', { class: 'note' }, `${instant(from)} to ${instant(until)}, prices of ${pricesAsOf} (${source})`),
      ...months.map(monthOf),
      ...savings
        .filter(({ saved }) => saved > 0)
        .map(({ amount, cache, requests, saved }) =>
          element(
            'p',
            {},
            `${cache} would have left out ${number(saved)} of ${counted(requests, 'request')}: ${money(amount, 'USD')}`,
          ),
        ),
      ...notes.map((note) => element('p', { class: 'note' }, note)),
    );
  }
}

function meterOf(row: QuotasView['rows'][number]): HTMLElement {
  const { account, calls, kind, limit, of, peak, quota, region, remedy, suggested, throttled } = row;
  const share = limit === 0 ? 1 : peak / limit;
  const meter = element('meter', {
    min: 0,
    max: Math.max(peak, limit),
    low: limit * 0.8,
    high: limit,
    optimum: 0,
    value: peak,
    'aria-label': quota,
  });
  const unit = kind === 'requests' ? 'in the busiest second' : 'wanted';
  return element(
    'li',
    { class: throttled > 0 ? 'denied' : '' },
    element(
      'div',
      { class: 'line' },
      element('strong', {}, quota),
      throttled > 0 && badge('denied', `${number(throttled)} too many`),
    ),
    meter,
    element(
      'p',
      { class: 'by' },
      `${number(peak)} of ${number(limit)} ${unit} (${Math.round(share * 100)} %), ${counted(calls, 'call')}${suggested ? ', a limit that no page of AWS has' : ''}`,
    ),
    element('p', { class: 'by' }, [region, account, of].filter(Boolean).join(' ')),
    throttled > 0 && element('p', {}, remedy),
  );
}

function monthOf({ account, currency, lines, month, total }: CostView['months'][number]): HTMLElement {
  const body = lines.map(({ amount, free, label, quantity, unit }) =>
    element(
      'tr',
      {},
      element('td', {}, label),
      element('td', {}, `${number(quantity)} ${unit}`, free > 0 ? element('small', {}, ` ${number(free)} free`) : ''),
      element('td', {}, amount === undefined ? 'no price' : money(amount, currency)),
    ),
  );
  const head = ['What', 'How many', 'Amount'].map((name) => element('th', { scope: 'col' }, name));
  return section(
    `${month}, account ${account}: ${money(total, currency)}`,
    element(
      'div',
      { class: 'wide' },
      element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body)),
    ),
  );
}
