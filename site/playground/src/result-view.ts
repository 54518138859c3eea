// What came of a step: the answer, the decision behind it, and the event that CloudTrail gets.

import { decisionTree } from './decision-tree.ts';
import { el, instantText } from './dom.ts';
import { jsonView } from './json-view.ts';
import { parse } from './request-text.ts';
import type { CallResult, ClockResult, StepResult } from './run.ts';
import { tabs } from './tabs.ts';

/** Which tab of a step a person has picked. */
export interface Picked {
  tab?: string;
}

export function resultView(result: StepResult, picked: Picked): HTMLElement {
  if (result.kind === 'mistake') return el('p', { class: 'mistake' }, result.problem);
  if (result.kind === 'waits') return el('p', { class: 'quiet' }, `Waits for step ${result.step}.`);
  return result.kind === 'clock' ? clockView(result) : callView(result, picked);
}

function clockView({ at, due, events }: ClockResult): HTMLElement {
  const counted = new Map<string, number>();
  for (const name of due) counted.set(name, (counted.get(name) ?? 0) + 1);
  const names = [...counted].map(([name, times]) => (times === 1 ? name : `${name} ×${times}`));
  const line = el('p', { class: 'status' }, el('span', { class: 'badge time' }, instantText(at)));
  if (names.length === 0) return el('div', {}, line);
  line.append(' meanwhile: ', el('strong', {}, names.join(', ')));
  return el('div', {}, line, el('details', {}, el('summary', {}, 'Events'), jsonView(events, 'Events meanwhile')));
}

const badges = { answer: 'Answered', denied: 'Denied', error: 'Refused' } as const;

function callView(result: CallResult, picked: Picked): HTMLElement {
  const { advice, answer, at, decisions, error, events, message, outcome, readable } = result;
  const status = el(
    'p',
    { class: 'status' },
    el('span', { class: `badge ${outcome}` }, badges[outcome]),
    ...(error === '' ? [] : [' ', el('code', {}, error)]),
    el('time', { datetime: at }, instantText(at)),
  );
  const views = [
    { name: 'Answer', view: () => answerView(answer, message, readable) },
    { name: 'Decision', view: () => decisionView(decisions, advice) },
    { name: events.length > 1 ? `Events (${events.length})` : 'Event', view: () => eventsView(events) },
  ];
  const first = picked.tab ?? (outcome === 'denied' ? 'Decision' : 'Answer');
  return el(
    'div',
    {},
    status,
    tabs(views, views.find(({ name }) => name.startsWith(first.slice(0, 5)))?.name ?? '', 'Result', (name) => {
      picked.tab = name;
    }),
  );
}

function answerView(answer: unknown, message: string, readable: CallResult['readable']): HTMLElement {
  return el(
    'div',
    {},
    ...(message === '' ? [] : [el('p', { class: 'message' }, message)]),
    ...readable.map(([member, text]) => el('p', { class: 'readable' }, `${member} says `, el('q', {}, text))),
    Object.keys(answer as object).length === 0
      ? el('p', { class: 'quiet' }, 'An empty answer: it is done.')
      : jsonView(answer, 'Answer'),
  );
}

function decisionView(decisions: CallResult['decisions'], advice: readonly string[]): HTMLElement {
  if (decisions.length === 0) return el('p', { class: 'quiet' }, 'The call ended before a policy was asked.');
  const remedy = el(
    'section',
    { class: 'advice', 'aria-label': 'What would allow it' },
    el('h3', {}, 'What would allow it'),
    el('ul', {}, ...advice.map(adviceLine)),
  );
  return el('div', {}, ...decisions.map(decisionTree), ...(advice.length === 0 ? [] : [remedy]));
}

/** A statement to add stands at the end of its sentence. */
function adviceLine(line: string): HTMLElement {
  const at = line.indexOf(': {');
  const parsed = at < 0 ? undefined : parse(line.slice(at + 2));
  if (parsed === undefined || 'problem' in parsed) return el('li', {}, line);
  return el('li', {}, line.slice(0, at + 1), jsonView(parsed.value, 'Statement to add'));
}

function eventsView(events: readonly unknown[]): HTMLElement {
  if (events.length === 0) return el('p', { class: 'quiet' }, 'CloudTrail gets nothing of it.');
  return el('div', {}, ...events.map((event) => jsonView(event, 'Event of CloudTrail')));
}
