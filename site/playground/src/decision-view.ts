// Decisions as the page shows them: grouped by policy, each statement with what it says and what was asked.

import type { Decision, Explanation } from 'kmsim';
import type { DecisionView, PolicyView, StatementView } from './run.ts';

type Trace = Decision['considered'][number];
type Mismatch = NonNullable<Trace['mismatch']>;

export function viewOf(decision: Decision): DecisionView {
  const { considered, delegated, outcome, reason, request } = decision;
  const policies = new Map<string, { type: string; name: string; statements: StatementView[] }>();
  for (const trace of considered) {
    const name = trace.at === undefined ? trace.policy : `${trace.policy} (of ${trace.at})`;
    const id = `${trace.policyType}\0${name}`;
    const policy = policies.get(id) ?? { type: trace.policyType, name, statements: [] };
    policies.set(id, policy);
    policy.statements.push(statementOf(trace, decision));
  }
  return {
    outcome,
    reason,
    delegated,
    caller: request.principal.arn,
    action: request.action,
    resource: request.resource,
    policies: [...policies.values()] satisfies PolicyView[],
  };
}

function statementOf(trace: Trace, { decidedBy }: Decision): StatementView {
  const { effect, matched, mismatch, policy, policyType, sid, statement } = trace;
  const decides =
    decidedBy?.policyType === policyType &&
    decidedBy.policy === policy &&
    decidedBy.at === trace.at &&
    decidedBy.statement === statement;
  return {
    label: policyType === 'grant' ? 'grant' : `[${statement}]${sid === undefined ? '' : ` ${sid}`}`,
    effect,
    matched,
    decides,
    verdict: verdictOf(trace),
    ...(mismatch && { compared: comparedOf(mismatch) }),
  };
}

const plural = new Set(['Constraints', 'Operations']);

function verdictOf({ holds, matched, mismatch, notEvaluated }: Trace): string {
  if (mismatch !== undefined) return `${mismatch.element} ${plural.has(mismatch.element) ? 'do' : 'does'} not match`;
  if (!matched) return `counts as nothing: ${notEvaluated.join(', ')} cannot be evaluated`;
  return holds === 'account' ? 'matches the account: IAM policies go on' : 'matches';
}

function comparedOf({
  asked,
  element,
  filled = [],
  key,
  operator,
  written,
}: Mismatch): StatementView['compared'] & object {
  const name = operator === undefined ? element : `${operator} ${key ?? ''}`;
  return { element: name, asked, written: written.length === 0 ? ['(nothing)'] : written, filled };
}

/** The end of an explanation: what has to change, line by line. */
export function adviceIn(explanation: Explanation): readonly string[] {
  const lines = explanation.toString().split('\n');
  const first = lines.findIndex((line) => line.startsWith('-> '));
  return first < 0 ? [] : lines.slice(first).map((line) => line.replace(/^-> /, '').trim());
}
