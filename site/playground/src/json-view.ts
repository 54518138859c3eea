// JSON for eyes: indented, its names and values told apart, nothing of it markup.

import { compactJson } from './compact-json.ts';
import { el } from './dom.ts';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const lineWidth = 72;
// More would make the page slow, and nobody reads it here.
const longest = 60_000;

export function jsonView(value: unknown, label: string): HTMLElement {
  const text = compactJson(value, lineWidth);
  const shown =
    text.length > longest ? `${text.slice(0, longest)}\n… (${text.length - longest} characters more)` : text;
  const view = el('pre', { class: 'json', tabindex: '0', 'aria-label': label });
  let at = 0;
  for (const match of shown.matchAll(token)) {
    const [whole, string, colon] = match;
    view.append(shown.slice(at, match.index));
    const kind = string === undefined ? 'value' : colon === undefined ? 'text' : 'name';
    view.append(el('span', { class: `json-${kind}` }, string ?? whole), colon ?? '');
    at = match.index + whole.length;
  }
  view.append(shown.slice(at));
  return view;
}
