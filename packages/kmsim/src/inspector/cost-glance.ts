// What the run costs so far, at a glance.

import type { CostView, Overview } from '../admin/inspector/overview.ts';
import type { Api } from './api.ts';
import { money } from './words.ts';

/** Adding up is work for the simulation: of more events only the view of costs asks for it. */
const mostEvents = 20_000;
const rest = 2_000;

export class CostGlance {
  readonly #api: Api;
  text: string | undefined;
  #asked = '';
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(api: Api) {
    this.#api = api;
  }

  async look({ keys, now, trail }: Overview): Promise<void> {
    const asked = JSON.stringify([keys, now, trail]);
    if (asked === this.#asked || performance.now() - this.#askedAt < rest) return;
    this.#asked = asked;
    this.#askedAt = performance.now();
    const isLittle = trail !== undefined && trail.events <= mostEvents;
    this.text = isLittle ? this.#textOf(await this.#api.get<CostView>('/api/cost')) : undefined;
  }

  #textOf({ totals }: CostView): string | undefined {
    const sums = Object.entries(totals).map(([currency, amount]) => money(amount, currency));
    return sums.length === 0 ? undefined : sums.join(' and ');
  }
}
