// The list of steps, and what stands under it: another request, and the clock.

import { button, el, instantText } from './dom.ts';
import type { Run, StepResult } from './run.ts';
import { limits, type Step } from './script.ts';
import { type Choices, type StepCard, stepCard } from './step-card.ts';

const said: Readonly<Record<string, string>> = {
  answer: ', answered',
  denied: ', denied',
  error: ', refused',
  mistake: ', not sent',
  waits: ', waits',
};

const pushes = ['1 hour', '1 day', '90 days', '365 days'];

export class StepsView {
  readonly element: HTMLElement = el('section', { class: 'steps', 'aria-label': 'Steps' });
  /** What came of each step, in a line. */
  readonly overview: HTMLElement = el('ol', { class: 'overview', 'aria-label': 'Overview' });
  readonly #changed: (steps: readonly Step[]) => void;
  readonly #now: HTMLElement = el('strong', { class: 'now' });
  #steps: readonly Step[] = [];
  #cards: readonly StepCard[] = [];
  #choices: Choices | undefined;

  constructor(changed: (steps: readonly Step[]) => void) {
    this.#changed = changed;
  }

  show(steps: readonly Step[], choices: Choices): void {
    this.#steps = steps;
    this.#choices = choices;
    this.#cards = steps.map((step, at) =>
      stepCard(
        step,
        at + 1,
        {
          change: (changed) => this.#put(at, changed),
          move: (by) => this.#move(at, by),
          remove: () =>
            this.#replace(
              this.#steps.filter((_, index) => index !== at),
              at,
            ),
        },
        choices,
      ),
    );
    this.element.replaceChildren(
      el('ol', {}, ...this.#cards.map(({ element }) => element)),
      el('div', { class: 'after card' }, this.#adding(), this.#clock()),
    );
  }

  showRun({ now, steps }: Run): void {
    for (const [at, card] of this.#cards.entries()) card.show(steps[at]);
    this.overview.replaceChildren(...this.#steps.map((step, at) => this.#link(step, at, steps[at])));
    this.#now.textContent = instantText(now);
  }

  #link(step: Step, at: number, result: StepResult | undefined): HTMLElement {
    const outcome = result?.kind === 'call' ? result.outcome : (result?.kind ?? '');
    const text = step.kind === 'clock' ? `+ ${step.advance}` : step.operation;
    const show = (): void => {
      const card = this.#cards[at]?.element;
      card?.scrollIntoView({ block: 'start' });
      card?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
    };
    const label = `Step ${at + 1}: ${text}${said[outcome] ?? ''}`;
    return el('li', {}, button(text, show, { class: `link ${outcome}`, 'aria-label': label }));
  }

  #adding(): HTMLElement {
    const request: Step = { kind: 'call', name: '', operation: 'ListKeys', as: '', region: '', input: '{}' };
    return button('+ Request', () => this.#append(request), { class: 'add' });
  }

  #clock(): HTMLElement {
    const push = (advance: string): HTMLElement =>
      button(`+ ${advance}`, () => this.#append({ kind: 'clock', advance }), {
        'aria-label': `Push the clock by ${advance}`,
      });
    return el('div', { class: 'clock-bar' }, el('span', {}, 'It is ', this.#now), ...pushes.map(push));
  }

  #append(step: Step): void {
    if (this.#steps.length >= limits.steps) return;
    this.#replace([...this.#steps, step], this.#steps.length);
  }

  #put(at: number, step: Step): void {
    this.#steps = this.#steps.map((other, index) => (index === at ? step : other));
    this.#changed(this.#steps);
  }

  #move(at: number, by: -1 | 1): void {
    const other = at + by;
    const [one, two] = [this.#steps[at], this.#steps[other]];
    if (one === undefined || two === undefined) return;
    this.#replace(
      this.#steps.map((step, index) => (index === at ? two : index === other ? one : step)),
      other,
    );
  }

  /** The keyboard goes on where it was. */
  #replace(steps: readonly Step[], focused: number): void {
    if (this.#choices !== undefined) this.show(steps, this.#choices);
    const card = this.#cards[Math.min(focused, this.#cards.length - 1)]?.element;
    card?.querySelector<HTMLElement>('input')?.focus();
    this.#changed(steps);
  }
}
