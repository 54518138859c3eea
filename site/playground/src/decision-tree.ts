// A decision as a tree: the outcome, the policies that were asked, and of each statement why it counted or not.

import { el } from './dom.ts';
import type { Compared, DecisionView, PolicyView, StatementView } from './run.ts';

const titles = { Allow: 'Allowed', ExplicitDeny: 'Denied explicitly', ImplicitDeny: 'Denied' } as const;

export function decisionTree({
  action,
  caller,
  delegated,
  outcome,
  policies,
  reason,
  resource,
}: DecisionView): HTMLElement {
  const isAllowed = outcome === 'Allow';
  const facts = [
    ['caller', caller],
    ['action', action],
    ['resource', resource],
  ] as const;
  return el(
    'section',
    { class: `decision ${isAllowed ? 'allow' : 'deny'}`, 'aria-label': `Decision on ${action}` },
    el(
      'p',
      { class: 'verdict' },
      el('strong', {}, titles[outcome]),
      isAllowed ? (delegated ? ' by IAM, to which the key policy leaves it' : '') : `: ${reason}`,
    ),
    el('dl', { class: 'facts' }, ...facts.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])),
    el('ul', { class: 'policies' }, ...policies.map(policyNode)),
  );
}

function policyNode({ name, statements, type }: PolicyView): HTMLElement {
  const counts = statements.some(({ decides, matched }) => matched || decides);
  const title = el('summary', {}, el('span', { class: 'policy-type' }, type), ` ${name}`);
  const list = el('ul', { class: 'statements' }, ...statements.map(statementNode));
  return el('li', { class: counts ? 'counts' : '' }, el('details', { open: true }, title, list));
}

function statementNode({ compared, decides, effect, label, matched, verdict }: StatementView): HTMLElement {
  const mark = matched ? (effect === 'Deny' ? '✕' : '✓') : '–';
  const kind = matched ? (effect === 'Deny' ? 'denies' : 'allows') : 'silent';
  return el(
    'li',
    { class: `statement ${kind}` },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    el(
      'div',
      {},
      el('span', { class: 'label' }, label),
      ` ${effect}: ${verdict}`,
      ...(decides ? [' ', el('span', { class: 'chip' }, 'decides')] : []),
      ...(compared ? [comparison(compared)] : []),
    ),
  );
}

function comparison({ asked, element, filled, written }: Compared): HTMLElement {
  const rows = [
    ['asked', asked],
    ['written', written.join(', ')],
    ...(filled.length > 0 ? [['which is', filled.join(', ')] as const] : []),
  ] as const;
  return el(
    'dl',
    { class: 'compared', 'aria-label': element },
    ...(/ /.test(element) ? [el('dt', {}, 'tests'), el('dd', {}, element)] : []),
    ...rows.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
  );
}
