// What a condition or a policy variable can ask of a request, and the answers that follow from the request itself.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import { type ConditionKey, findConditionKey, foldName } from './condition-keys.ts';
import { POLICY_TRAITS, type PolicyType } from './policy-type.ts';
import type { Principal } from './principal.ts';

export type ContextValue = string | readonly string[];

/**
 * Answers for one condition key, asked by its name in lower case (`kms:encryptioncontext:department`), and only when a
 * policy that could matter asks for it. Undefined, or a list without values: the request does not have the key.
 */
export type Context = (name: string) => ContextValue | undefined;

/** The same from a list, whose names may be in any case. Where two differ only in case, both give their values. */
export function contextOf(entries: Iterable<readonly [name: string, value: ContextValue]>): Context {
  const values = new Map<string, ContextValue>();
  for (const [name, value] of entries) {
    const folded = foldName(name);
    const before = values.get(folded);
    values.set(folded, before === undefined ? value : [before, value].flat());
  }
  return (name) => values.get(name);
}

const PAIR = /^kms:encryptioncontext:/i;

/** With the names of an encryption context, which follow from its pairs, where nobody says them. */
export function withContextKeys(
  entries: readonly (readonly [name: string, value: ContextValue])[],
): readonly (readonly [name: string, value: ContextValue])[] {
  const names = entries.flatMap(([name]) => (PAIR.test(name) ? [name.replace(PAIR, '')] : []));
  const isSaid = entries.some(([name]) => foldName(name) === 'kms:encryptioncontextkeys');
  return names.length === 0 || isSaid ? entries : [...entries, ['kms:EncryptionContextKeys', [...new Set(names)]]];
}

/** The part of a request that conditions look at. */
export interface Circumstances {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context?: Context | undefined;
  /** The instant of the request, in milliseconds since 1970. */
  readonly now?: number | undefined;
}

/** A condition key as a policy uses it. */
export interface KeyUse {
  readonly written: string;
  readonly folded: string;
  /** Undefined when no request to KMS has such a key. */
  readonly known: ConditionKey | undefined;
  /** What the request says without being told. */
  readonly derive: Derive | undefined;
  /** It tells something of a key or of its use. */
  readonly ofKey: boolean;
}

type Derive = (asked: Circumstances) => ContextValue | undefined;

export function keyUse(written: string): KeyUse {
  const folded = foldName(written);
  const derive = Object.hasOwn(DERIVED, folded) ? DERIVED[folded] : undefined;
  const known = findConditionKey(folded);
  return { written, folded, known, derive, ofKey: known?.tagOrAlias === true || folded.startsWith('kms:') };
}

/** Undefined when the request does not have the key, or this type of policy does not see it. */
export function contextValue(use: KeyUse, asked: Circumstances, policyType: PolicyType): ContextValue | undefined {
  const { folded, known, derive, ofKey } = use;
  if (known === undefined || (known.tagOrAlias && !POLICY_TRAITS[policyType].seesTagsAndAliases)) return undefined;
  const value = asked.context?.(folded) ?? derive?.(asked);
  if (value === undefined || (typeof value !== 'string' && value.length === 0)) return undefined;
  // Conditions on alias resources are not supported (alias-access.html): an alias has none of a key's properties.
  return ofKey && asked.resource.includes(':alias/') ? undefined : value;
}

const PRINCIPAL_TYPES: Readonly<Record<Principal['kind'], string | undefined>> = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  session: 'AssumedRole',
  service: undefined,
};
/** conditions-kms.html, kms:CallerAccount, lists every operation but these. */
const WITHOUT_CALLER_ACCOUNT = /^kms:(?:GenerateRandom|ListAliases|ListKeys|ListRetirableGrants)$/i;

/** What needs no telling. The context goes first where it has an answer of its own. */
const DERIVED: Readonly<Record<string, Derive>> = {
  'aws:currenttime': ({ now }) => (now === undefined ? undefined : new Date(now).toISOString()),
  'aws:epochtime': ({ now }) => (now === undefined ? undefined : String(Math.floor(now / 1000))),
  'aws:principalaccount': ({ principal }) => principal.account || undefined,
  'aws:principalarn': ({ principal: { kind, arn, roleArn } }) => (kind === 'service' ? undefined : (roleArn ?? arn)),
  'aws:principalisawsservice': ({ principal }) => String(principal.kind === 'service'),
  'aws:principalservicename': ({ principal: { kind, arn } }) => (kind === 'service' ? arn : undefined),
  'aws:principaltype': ({ principal }) => PRINCIPAL_TYPES[principal.kind],
  'aws:resourceaccount': ({ resource }) => resource.split(':', 5)[4] || undefined,
  'aws:username': ({ principal: { kind, arn } }) => (kind === 'user' ? arn.slice(arn.lastIndexOf('/') + 1) : undefined),
  'kms:calleraccount': ({ principal, action }) =>
    WITHOUT_CALLER_ACCOUNT.test(action) ? undefined : principal.account || undefined,
};
