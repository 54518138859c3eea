// Who there is besides the administrator, and what their IAM policies say.

import { codeField } from './code-field.ts';
import { button, el, labelled } from './dom.ts';
import { limits, type Principal } from './script.ts';

const account = '000000000000';

export class PrincipalsView {
  readonly element: HTMLElement = el('section', { class: 'principals', 'aria-label': 'Principals' });
  readonly #changed: (principals: readonly Principal[], isName: boolean) => void;
  #principals: readonly Principal[] = [];
  #complain: readonly ((problem: string | undefined) => void)[] = [];

  /** `changed` is also told whether the list of names is another one. */
  constructor(changed: (principals: readonly Principal[], isName: boolean) => void) {
    this.#changed = changed;
  }

  show(principals: readonly Principal[]): void {
    this.#principals = principals;
    const cards = principals.map((principal, at) => this.#card(principal, at));
    this.#complain = cards.map(({ complain }) => complain);
    this.element.replaceChildren(
      el('h2', {}, 'Principals'),
      el(
        'p',
        { class: 'quiet' },
        'The administrator may do everything that key policies leave to IAM. Everybody else may do what is written here, or in a key policy.',
      ),
      ...cards.map(({ element }) => element),
      button('+ Principal', () => this.#add(), { class: 'add', disabled: principals.length >= limits.principals }),
    );
  }

  complain(problems: ReadonlyMap<number, string>): void {
    for (const [at, complain] of this.#complain.entries()) complain(problems.get(at));
  }

  #card({ arn, policy }: Principal, at: number): { element: HTMLElement; complain: (problem?: string) => void } {
    const name = el('input', { value: arn, spellcheck: 'false', autocomplete: 'off' });
    name.addEventListener('change', () => this.#put(at, { arn: name.value.trim() }, true));
    const field = codeField('IAM policy', policy, (text) => this.#put(at, { policy: text }, false));
    const remove = button('✕', () => this.#replace(this.#principals.filter((_, index) => index !== at)), {
      class: 'small',
      'aria-label': `Remove ${arn}`,
      title: 'Remove',
    });
    const row = el('div', { class: 'row' }, labelled('ARN', name, 'wide'), remove);
    const element = el('div', { class: 'card principal' }, row, field.element);
    return { element, complain: field.complain };
  }

  #put(at: number, part: Partial<Principal>, isName: boolean): void {
    this.#principals = this.#principals.map((principal, index) =>
      index === at ? { ...principal, ...part } : principal,
    );
    this.#changed(this.#principals, isName);
  }

  #add(): void {
    const names = new Set(this.#principals.map(({ arn }) => arn));
    const free = ['App', 'Auditor', 'Backup', 'Other'].find(
      (name) => !names.has(`arn:aws:iam::${account}:role/${name}`),
    );
    this.#replace([
      ...this.#principals,
      { arn: `arn:aws:iam::${account}:role/${free ?? `Role${names.size}`}`, policy: '' },
    ]);
  }

  #replace(principals: readonly Principal[]): void {
    this.show(principals);
    this.#changed(principals, true);
  }
}
