// toHaveBeenDenied: whether a call was denied, by which policy and why.

import { explainDecision, type PolicyType, type Reason } from '@kmsim/authz';
import { deciderOf, decisionsKept, type OperationName } from '@kmsim/kms';
import type { Kmsim } from '../create-kmsim.ts';
import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, type Form, type Forms, isText, oneOf } from '../option-forms.ts';
import { principalOf } from '../principals.ts';
import { matcher } from '../trail-query.ts';
import { operationFor } from './called.ts';
import { counted, eventLines, lastEvents } from './event-lines.ts';
import { callsOf, type Denial, denialsOf, page, requireWhole } from './received.ts';
import type { Verdict } from './verdict.ts';

/** All that is said must hold of one denied call. */
export interface DeniedQuery {
  /** The kind of policy that denied, or that did not allow: `service control policy`. */
  readonly by?: PolicyType;
  /**
   * The reason of the decision (`explicit deny`), or a text that its explanation or its error message has: the Sid of a statement, a condition
   * key.
   */
  readonly because?: Reason | (string & {}) | RegExp;
  readonly operation?: OperationName;
  /** ARN of whoever called; a role stands for its sessions. */
  readonly principal?: string;
  /** A key by its ARN or id, as the error message names it. */
  readonly key?: string;
}

const layers: Readonly<Record<PolicyType, true>> = {
  'key policy': true,
  'identity policy': true,
  'permissions boundary': true,
  'session policy': true,
  'service control policy': true,
  'resource control policy': true,
  'VPC endpoint policy': true,
};

const reasons: Readonly<Record<Reason, true>> = {
  allowed: true,
  'explicit deny': true,
  'no key policy statement allows it': true,
  'no identity policy statement allows it': true,
  'no permissions boundary allows it': true,
  'no session policy allows it': true,
  'no service control policy allows it': true,
  'no VPC endpoint policy allows it': true,
  'the operation cannot be called from another account': true,
  'nothing lets the caller retire the grant': true,
  'the action is unknown': true,
  'the evaluation failed': true,
};

// What is none has an error of its own.
const anOperation: Form = { is: () => true, text: 'the name of an operation' };

const forms: Forms<DeniedQuery> = {
  by: oneOf(...Object.keys(layers)),
  because: { is: (value) => isText(value) || value instanceof RegExp, text: 'a text or a regular expression' },
  operation: anOperation,
  principal: { is: isText, text: 'the ARN of a principal' },
  key: { is: isText, text: 'the ARN or the id of a key' },
};

export function beenDenied(sim: Kmsim, query: DeniedQuery = {}): Verdict {
  checkOptions('toHaveBeenDenied', query, forms, page);
  const { because, by, key, operation, principal } = query;
  // Raises InvalidPrincipal: of a misspelt one nothing was ever denied.
  if (principal !== undefined) principalOf(principal);
  const isMeant = matcher({
    ...(operation !== undefined && { operation: operationFor('toHaveBeenDenied', operation) }),
    ...(principal !== undefined && { principal }),
    ...(key !== undefined && { key }),
  });
  const all = denialsOf(sim, callsOf(sim));
  const candidates = all.filter(({ event }) => isMeant(event));
  const denied = candidates.filter((denial) => isBy(denial, by) && isBecause(denial, because));
  const pass = denied.length > 0;
  if (!pass) requireKnown(sim, all, candidates, by !== undefined || because !== undefined);
  return {
    pass,
    found: foundText(denied.length, all.length),
    evidence: () => {
      if (pass) return explained(denied);
      return all.length > 0 ? ['What was denied:', ...all.slice(-5).flatMap(denialLines)] : lastEvents(sim);
    },
  };
}

function foundText(denied: number, all: number): string {
  if (all === 0) return 'nothing was denied.';
  const were = all === 1 ? 'was' : 'were';
  return denied === 0
    ? `${counted(all, 'call')} ${were} denied, none of them so.`
    : `${counted(denied, 'call')} ${denied === 1 ? 'was' : 'were'} denied so.`;
}

function isBy({ decision }: Denial, by: PolicyType | undefined): boolean {
  return by === undefined || (decision !== undefined && deciderOf(decision) === by);
}

function isBecause({ decision, event }: Denial, because: DeniedQuery['because']): boolean {
  if (because === undefined) return true;
  if (typeof because === 'string' && Object.hasOwn(reasons, because)) return decision?.reason === because;
  const text = `${decision === undefined ? '' : explainDecision(decision)}\n${event.errorMessage ?? ''}`;
  // `search` begins at the beginning, whatever the expression was used for before.
  return typeof because === 'string' ? text.includes(because) : text.search(because) >= 0;
}

// Some denials have no decision: no policy was asked. So where as many are known as are kept, one without may be an old one.
function requireKnown(sim: Kmsim, all: readonly Denial[], candidates: readonly Denial[], isWhyAsked: boolean): void {
  requireWhole('toHaveBeenDenied', sim);
  const known = all.filter(({ decision }) => decision !== undefined).length;
  if (!isWhyAsked || known < decisionsKept || candidates.every(({ decision }) => decision !== undefined)) return;
  throw new KmsimError(
    'NoTrail',
    `toHaveBeenDenied: of ${all.length} denials only the newest ${decisionsKept} tell why.`,
    {
      hint: 'Begin anew before what you test: sim.trail.clear().',
    },
  );
}

/** The newest in full. */
function explained(denied: readonly Denial[]): readonly string[] {
  const newest = denied.at(-1);
  if (newest?.decision === undefined) return ['These calls:', ...eventLines(denied.map(({ event }) => event))];
  return ['The newest of them:', ...eventLines([newest.event]), ...indented(explainDecision(newest.decision))];
}

function denialLines({ decision, event }: Denial): readonly string[] {
  const line = eventLines([event]);
  if (decision === undefined) return line;
  const by = deciderOf(decision);
  const { policy, sid } = decision.decidedBy ?? {};
  const statement = sid === undefined ? '' : `, statement "${sid}"`;
  const named = policy === undefined ? '' : ` "${policy}"${statement}`;
  return [
    ...line,
    ...indented(`by: ${by === undefined ? 'no policy' : `'${by}'${named}`}, because: '${decision.reason}'`),
  ];
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `    ${line}`);
}
