// A decision: what came out, the policies that were asked as a tree, and what would change the answer.

import type { DecisionTree, LayerView, StatementView } from '../admin/inspector/decision.ts';
import { badge, element, facts } from './element.ts';
import { type Branch, tree } from './tree.ts';

export function decisionView(decision: DecisionTree): HTMLElement {
  const { action, keyAccount, layers, missingKeys, outcome, principal, reason, resource } = decision;
  const kind = outcome === 'Allow' ? 'allowed' : 'denied';
  const word = outcome === 'Allow' ? 'Allowed' : outcome === 'ExplicitDeny' ? 'Explicit deny' : 'Implicit deny';
  const isForeign = keyAccount !== undefined && !principal.includes(`:${keyAccount}:`);
  return element(
    'div',
    { class: `decision ${kind}` },
    element('p', { class: 'verdict' }, badge(kind, word), element('strong', {}, sentence(outcome, reason))),
    facts(
      ['Principal', principal],
      ['Action', action],
      ['Resource', resource],
      ['Key of', isForeign ? `another account: ${keyAccount}` : undefined],
      ['Not in the request', missingKeys.length > 0 ? missingKeys.join(', ') : undefined],
    ),
    tree(`Policies asked about ${action}`, layers.map(branchOf)),
    ...remediesOf(decision),
  );
}

function sentence(outcome: DecisionTree['outcome'], reason: string): string {
  if (outcome === 'Allow') return 'a statement or a grant allows it, and none denies it';
  return reason === 'explicit deny' ? 'a statement denies it, and no Allow outweighs that' : reason;
}

const signs: Readonly<Record<LayerView['says'], readonly [kind: string, sign: string]>> = {
  denies: ['denied', '\u2715'],
  allows: ['allowed', '\u2713'],
  'leaves it to identity policies': ['passed', '\u2192'],
  'says nothing': ['silent', '\u2013'],
};

function branchOf({ at, name, says, settles, statements, type }: LayerView): Branch {
  const [kind, sign] = signs[says];
  const place = at === undefined ? '' : ` of ${at}`;
  return {
    kind: `layer ${kind}${settles ? ' settles' : ''}`,
    isOpen: settles,
    label: [
      element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      element('span', { class: 'type' }, type),
      element('span', { class: 'name', title: name }, `${nameOf(type, name)}${place}`),
      element('span', { class: 'says' }, saysOf(type, says, settles, statements.length)),
    ],
    branches: statements.map((statement) => statementOf(statement, type)),
  };
}

// Of the 64 digits of a grant eight tell it from others.
function nameOf(type: string, name: string): string {
  if (name === '') return 'none attached';
  return type === 'grant' ? `${name.slice(0, 8)}\u2026` : name;
}

function saysOf(type: string, says: LayerView['says'], settles: boolean, statements: number): string {
  if (says !== 'says nothing') return settles ? `${says}: this decides` : says;
  if (type === 'grant') return 'does not apply';
  const looked = statements === 0 ? 'says nothing' : 'no statement matches';
  return settles ? `${looked}: the allow that is missing` : looked;
}

function statementOf(statement: StatementView, type: string): Branch {
  const { byAccount, decides, effect, index, matched, sid, source } = statement;
  const sign = matched ? (effect === 'Deny' ? '\u2715' : byAccount ? '\u2192' : '\u2713') : '\u2013';
  const kind = matched ? (effect === 'Deny' ? 'denied' : byAccount ? 'passed' : 'allowed') : 'silent';
  return {
    kind: `statement ${kind}${decides ? ' settles' : ''}`,
    isOpen: decides,
    label: [
      element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      element('span', { class: 'type' }, effect),
      element('span', { class: 'name' }, sid ?? (type === 'grant' ? 'of the grant' : `statement ${index}`)),
      element('span', { class: 'says' }, verdictOf(statement)),
      ...mismatchOf(statement),
    ],
    content: source === undefined ? undefined : element('pre', { tabindex: 0 }, JSON.stringify(source, undefined, 2)),
    branches: [],
  };
}

const plural = /^(?:Constraints|Operations)$/;

function verdictOf({ byAccount, decides, matched, mismatch, notEvaluated }: StatementView): string {
  if (mismatch !== undefined) return `${mismatch.element} ${plural.test(mismatch.element) ? 'do' : 'does'} not match`;
  if (!matched) return `cannot be evaluated: ${notEvaluated.join(', ')}`;
  if (byAccount) return 'matches by the account';
  return decides ? 'matches: this decides' : 'matches';
}

function mismatchOf({ mismatch, missingKeys }: StatementView): readonly HTMLElement[] {
  if (mismatch === undefined) return [];
  const { asked, filled, key, operator, written } = mismatch;
  const missing = missingKeys.length > 0 ? missingKeys.join(', ') : undefined;
  return [
    facts(
      ['condition', operator === undefined ? undefined : `${operator} of ${key ?? ''}`],
      ['asked', asked],
      ['written', written.join(', ') || 'nothing'],
      ['which is', filled === undefined ? undefined : filled.join(', ') || 'nothing: the request cannot fill it in'],
      ['missing', missing],
    ),
  ];
}

function remediesOf({ remedies }: DecisionTree): readonly HTMLElement[] {
  if (remedies.length === 0) return [];
  return [
    element('h4', {}, remedies.length === 1 ? 'What would help' : 'What would help, all of it together'),
    element(
      'ol',
      { class: 'remedies' },
      ...remedies.map(({ notes = [], oneOf }) =>
        element(
          'li',
          {},
          ...oneOf.map((way, at) => element('p', {}, at === 0 ? '' : element('em', {}, 'or '), ...wayOf(way))),
          ...notes.map((note) => element('p', { class: 'note' }, note)),
        ),
      ),
    ),
  ];
}

// A statement to add stands as JSON at the end.
function wayOf(way: string): readonly (HTMLElement | string)[] {
  const at = way.indexOf(': {');
  if (at < 0) return [way];
  try {
    const statement = JSON.parse(way.slice(at + 2)) as unknown;
    return [way.slice(0, at + 1), element('code', { class: 'block' }, JSON.stringify(statement, undefined, 2))];
  } catch {
    return [way];
  }
}
