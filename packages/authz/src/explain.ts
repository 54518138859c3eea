// A Decision as text for a person: who decided, what every statement said, and what would change the answer.

import { type Decision, isDecisive } from './decision.ts';
import { policyOf, type Remedy, remediesOf } from './remedy.ts';
import { isFromAnotherAccount } from './request.ts';
import type { Mismatch, StatementTrace } from './trace.ts';

const MAX_VALUES = 8;

export function explainDecision(decision: Decision): string {
  const { request, outcome, reason, considered } = decision;
  const { principal, action, resource, keyPolicy, keyAccount } = request;
  const lines = [
    `${outcome}: ${reason}`,
    `  caller    ${printable(principal.arn)}`,
    `  action    ${printable(action)}`,
    `  resource  ${printable(resource)}`,
  ];
  const owner = printable(keyAccount ?? 'unknown');
  if (isFromAnotherAccount(request)) lines.push(`  the key belongs to another account: ${owner}`);
  if (keyPolicy === undefined) lines.push('no key policy is asked: identity policies decide alone');
  if (decision.delegated) lines.push('the key policy leaves it to identity policies');
  let heading = '';
  for (const trace of considered) {
    const next = printable(policyOf(trace));
    if (next !== heading) lines.push(next);
    heading = next;
    lines.push(...linesOf(trace, decision));
  }
  if (request.identityPolicies.length === 0) lines.push('no identity policies');
  const missing = decision.missingKeys;
  if (missing.length > 0) lines.push(`condition keys that the request does not have: ${printable(missing.join(', '))}`);
  lines.push(...remediesOf(decision).flatMap((remedy, step) => adviceOf(remedy, step === 0)));
  return lines.join('\n');
}

/** All steps are needed, and of a step one way. */
function adviceOf({ notes = [], oneOf }: Remedy, isFirst: boolean): readonly string[] {
  const lead = isFirst ? '-> ' : '   and ';
  const ways = oneOf.length < 2 ? oneOf : oneOf.map((way, index) => `${index === 0 ? 'either' : 'or'} ${way}`);
  const indent = ' '.repeat(lead.length);
  return [...ways, ...notes.map((note) => `note: ${note}`)].map(
    (line, index) => `${index === 0 ? lead : indent}${printable(line)}`,
  );
}

function linesOf(trace: StatementTrace, decision: Decision): readonly string[] {
  const { statement, sid, effect, mismatch, notEvaluated } = trace;
  const name = `  [${statement}]${sid === undefined ? '' : ` "${printable(sid)}"`} ${effect}`;
  const lines = [`${name}: ${verdictOf(trace)}${isDecisive(trace, decision) ? '  <- decides' : ''}`];
  if (mismatch !== undefined) lines.push(...comparison(mismatch));
  if (notEvaluated.length > 0) {
    lines.push(`      cannot be evaluated: ${printable(notEvaluated.join(', '))}; ${consequenceOf(trace)}`);
  }
  return lines;
}

/** What comes of it that something in the statement is not evaluated. */
function consequenceOf({ matched, effect }: StatementTrace): string {
  if (matched) return 'so it denies, to be safe';
  return effect === 'Allow' ? 'so it allows nothing' : 'no matter here';
}

const PLURAL = /^(?:Constraints|Operations)$/;

function verdictOf({ matched, mismatch, holds }: StatementTrace): string {
  if (mismatch !== undefined) return `${mismatch.element} ${PLURAL.test(mismatch.element) ? 'do' : 'does'} not match`;
  if (!matched) return 'what can be evaluated matches';
  if (holds === 'account') return 'matches, by the account';
  if (holds === 'unknown') return 'matches, perhaps: the canonical user id of the account is not known';
  return holds === 'everyone' ? 'matches, by everybody (*)' : 'matches';
}

function comparison({ asked, written, filled, element, operator, key }: Mismatch): readonly string[] {
  const lines = [
    `      asked    ${printable(asked)}`,
    `      written  ${listOf(written) || `no ${element}: the statement is inert`}`,
  ];
  if (operator !== undefined) lines.unshift(`      ${printable(operator)} of ${printable(key ?? '')}`);
  if (filled !== undefined) lines.push(`      which is ${listOf(filled) || 'nothing: the request cannot fill it in'}`);
  return lines;
}

function listOf(values: readonly string[]): string {
  const shown = values.slice(0, MAX_VALUES).map(printable).join(', ');
  return values.length > MAX_VALUES ? `${shown} and ${values.length - MAX_VALUES} more` : shown;
}

/** Names and values come from outside: nothing of them may move a terminal's cursor or turn its text around. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`);
}
