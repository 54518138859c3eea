// Who may do what, as far as the model's policies go: statements with Effect, AWS principals and actions.

import { isRecord } from '../values.ts';

export interface Person {
  readonly arn: string;
  readonly account: string;
  /** Identity policies for all of KMS, or none. The root user needs none in its account. */
  readonly may: 'everything' | 'nothing';
}

/** `direct`: allowed by name; `delegated`: left to the account's own policies. */
export type Verdict = 'denied' | 'direct' | 'delegated' | 'silent';

interface Statement {
  readonly effect: string;
  readonly principals: readonly string[];
  readonly actions: readonly string[];
}

export function personOf(arn: string, may: Person['may']): Person {
  const account = arn.split(':')[4] ?? '';
  return { arn, account, may: arn === rootOf(arn) ? 'everything' : may };
}

/** The account of a principal or a key, as key policies write it. */
function rootOf(arn: string): string {
  const [, partition, , , account] = arn.split(':');
  return `arn:${partition}:iam::${account}:root`;
}

/** The key policy of the API reference, when CreateKey is given none. */
export function defaultPolicy(callerArn: string, sid: string): string {
  const Statement = [
    { Sid: sid, Effect: 'Allow', Principal: { AWS: rootOf(callerArn) }, Action: 'kms:*', Resource: '*' },
  ];
  return JSON.stringify({ Version: '2012-10-17', Id: 'key-default-1', Statement });
}

/** Undefined when the text is no key policy: each statement needs an effect and a principal. */
export function statementsOf(text: string): readonly Statement[] | undefined {
  const listed = listOf(parse(text)?.['Statement']);
  const read = listed.map((one) => {
    if (!isRecord(one) || !['Allow', 'Deny'].includes(String(one['Effect']))) return undefined;
    const principal = one['Principal'];
    const principals = texts(isRecord(principal) ? principal['AWS'] : principal);
    return { effect: String(one['Effect']), principals, actions: texts(one['Action']) };
  });
  return listed.length > 0 && read.every((one) => one !== undefined && one.principals.length > 0)
    ? (read as Statement[])
    : undefined;
}

export function verdictOf(policy: string, person: Person, action: string): Verdict {
  const matching = (statementsOf(policy) ?? []).filter(({ actions }) => actions.some((one) => covers(one, action)));
  const named = ({ principals }: Statement): boolean => principals.includes('*') || principals.includes(person.arn);
  const ofAccount = ({ principals }: Statement): boolean =>
    principals.includes(rootOf(person.arn)) || principals.includes(person.account);
  // Denying an account denies everybody in it.
  if (matching.some((one) => one.effect === 'Deny' && (named(one) || ofAccount(one)))) return 'denied';
  const allowing = matching.filter(({ effect }) => effect === 'Allow');
  if (allowing.some(named)) return 'direct';
  return allowing.some(ofAccount) ? 'delegated' : 'silent';
}

function covers(pattern: string, action: string): boolean {
  const source = pattern
    .toLowerCase()
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*');
  return new RegExp(`^${source}$`).test(action.toLowerCase());
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function texts(value: unknown): readonly string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}
