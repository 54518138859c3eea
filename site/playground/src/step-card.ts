// A step as it is edited: a request with who makes it and where, or a push of the clock.

import { type CodeField, codeField } from './code-field.ts';
import { button, el, labelled } from './dom.ts';
import { type Picked, resultView } from './result-view.ts';
import type { StepResult } from './run.ts';
import type { CallStep, ClockStep, Step } from './script.ts';

/** What a card does to the list that it stands in. */
export interface Hand {
  change(step: Step): void;
  move(by: -1 | 1): void;
  remove(): void;
}

export interface Choices {
  readonly principals: readonly string[];
  /** The first is the script's own. */
  readonly regions: readonly string[];
  /** The id of the list of operations. */
  readonly operations: string;
}

export interface StepCard {
  readonly element: HTMLElement;
  show(result: StepResult | undefined): void;
}

export function stepCard(step: Step, number: number, hand: Hand, choices: Choices): StepCard {
  const result = el('div', { class: 'result', 'aria-live': 'off' }, el('p', { class: 'quiet' }, 'Running …'));
  const picked: Picked = {};
  const editor = step.kind === 'clock' ? clockEditor(step, hand) : callEditor(step, hand, choices);
  const tools = el(
    'div',
    { class: 'tools' },
    tool('↑', `Move step ${number} up`, () => hand.move(-1)),
    tool('↓', `Move step ${number} down`, () => hand.move(1)),
    tool('✕', `Remove step ${number}`, () => hand.remove()),
  );
  const head = el('div', { class: 'step-number' }, `${number}`, tools);
  const element = el(
    'li',
    { class: `step card ${step.kind}`, 'aria-label': `Step ${number}` },
    head,
    el('div', { class: 'editor' }, editor.element),
    result,
  );
  return {
    element,
    show: (found) => {
      const isRequestMistake = found?.kind === 'mistake' && found.field === 'request';
      editor.field?.complain(isRequestMistake ? found.problem : undefined);
      element.dataset['outcome'] = found?.kind === 'call' ? found.outcome : (found?.kind ?? '');
      if (isRequestMistake) result.replaceChildren(el('p', { class: 'quiet' }, 'Not sent.'));
      else if (found !== undefined) result.replaceChildren(resultView(found, picked));
    },
  };
}

function tool(sign: string, label: string, press: () => void): HTMLButtonElement {
  return button(sign, press, { class: 'small', 'aria-label': label, title: label });
}

interface Editor {
  readonly element: HTMLElement;
  readonly field?: CodeField;
}

function clockEditor(step: ClockStep, hand: Hand): Editor {
  const field = el('input', { value: step.advance, spellcheck: 'false', autocomplete: 'off' });
  field.addEventListener('input', () => hand.change({ ...step, advance: field.value }));
  return { element: el('div', { class: 'row' }, labelled('The clock moves on by', field, 'wide')) };
}

function callEditor(first: CallStep, hand: Hand, { operations, principals, regions }: Choices): Editor {
  let step = first;
  const change = (part: Partial<CallStep>): void => {
    step = { ...step, ...part };
    hand.change(step);
  };
  const operation = el('input', {
    value: step.operation,
    list: operations,
    class: 'operation',
    spellcheck: 'false',
    autocomplete: 'off',
    input: () => change({ operation: operation.value.trim() }),
  });
  const who = select(
    step.as,
    [['', 'administrator'], ...principals.map((arn) => [arn, shortName(arn)] as const)],
    (as) => change({ as }),
  );
  const where = select(
    step.region,
    regions.map((region, at) => [at === 0 ? '' : region, region] as const),
    (region) => change({ region }),
  );
  const name = el('input', {
    value: step.name,
    placeholder: '–',
    spellcheck: 'false',
    autocomplete: 'off',
    input: () => change({ name: name.value.trim() }),
  });
  const field = codeField('Request', step.input, (input) => change({ input }));
  const row = el(
    'div',
    { class: 'row request' },
    labelled('Operation', operation, 'wide'),
    labelled('as', who, 'who'),
    labelled('in', where, 'where'),
    labelled('called', name, 'called'),
  );
  return { element: el('div', {}, row, field.element), field };
}

function select(
  value: string,
  options: readonly (readonly [value: string, text: string])[],
  changed: (value: string) => void,
): HTMLSelectElement {
  const known = options.some(([option]) => option === value)
    ? options
    : [...options, [value, shortName(value)] as const];
  const field = el('select', {}, ...known.map(([option, text]) => el('option', { value: option }, text)));
  field.value = value;
  field.addEventListener('change', () => changed(field.value));
  return field;
}

function shortName(arn: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(arn)?.[1] ?? arn;
}
