// Grants: who has one, what it allows, what it asks for, and which grants may follow from it.
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html

import { carriesEncryptionContext, isGrantOperation } from './actions.ts';
import { foldName } from './condition-keys.ts';
import { type Circumstances, contextValue, type KeyUse, keyUse } from './context.ts';
import type { Principal } from './principal.ts';
import { compilePrincipals, type Hold, listing, type PrincipalSet } from './principal-set.ts';

type Pairs = ReadonlyMap<string, string> | readonly (readonly [string, string])[];

export interface GrantConstraints {
  readonly encryptionContextEquals?: Pairs | undefined;
  readonly encryptionContextSubset?: Pairs | undefined;
  readonly sourceArn?: string | undefined;
}

export interface Grant {
  readonly id: string;
  /** The ARN of a user, role, session or account, or the name of a service. */
  readonly grantee: string;
  readonly retiring?: string | undefined;
  /** The account in which the grant was made: its number, or the ARN of its root user. */
  readonly issuingAccount?: string | undefined;
  readonly operations: readonly string[];
  /** Read once: do not change them afterwards. */
  readonly constraints?: GrantConstraints | undefined;
  /** The instant from which everybody knows of the grant; before it a token is needed. Absent: always. */
  readonly activeAt?: number | undefined;
  /** The instant from which everybody knows that it is gone. Absent: never. */
  readonly endsAt?: number | undefined;
}

/** What a grant that is about to be made would allow. */
export type GrantTerms = Pick<Grant, 'operations' | 'constraints'>;

export interface Asked extends Circumstances {
  readonly tokens?: ReadonlySet<string> | undefined;
  readonly childGrant?: GrantTerms | undefined;
}

export type GrantElement = 'Operations' | 'Constraints' | 'grant token' | 'child grant';

/** Undefined when the grant allows `operation` on this request, to whomever it is for; else what stands in the way. */
export function obstacleOf(grant: Grant, operation: string, asked: Asked): GrantElement | undefined {
  if (!grant.operations.includes(operation)) return 'Operations';
  if (!isActive(grant, asked)) return 'grant token';
  if (!meets(grant.constraints, operation, asked)) return 'Constraints';
  // A right to create grants that comes from a grant reaches no further than that grant.
  const child = operation === 'CreateGrant' ? asked.childGrant : undefined;
  return child !== undefined && !isNoWider(child, grant) ? 'child grant' : undefined;
}

/** A token makes up for the time until everybody knows of a grant. */
function isActive({ id, activeAt, endsAt }: Grant, { now, tokens }: Asked): boolean {
  if (endsAt !== undefined && now !== undefined && now >= endsAt) return false;
  return activeAt === undefined || (now !== undefined && now >= activeAt) || tokens?.has(id) === true;
}

const SOURCE_ARN = keyUse('aws:SourceArn');
const CONTEXT_KEYS = keyUse('kms:EncryptionContextKeys');

interface Compiled {
  readonly sourceArn: string | undefined;
  readonly equals: readonly AskedPair[] | undefined;
  readonly subset: readonly AskedPair[] | undefined;
}

/** One pair of an encryption context, as a request is asked for it. */
export interface AskedPair {
  readonly use: KeyUse;
  readonly value: string;
}

const compiled = new WeakMap<GrantConstraints, Compiled>();

function compile(constraints: GrantConstraints): Compiled {
  const known = compiled.get(constraints);
  if (known !== undefined) return known;
  const { sourceArn, encryptionContextEquals, encryptionContextSubset } = constraints;
  const made = {
    sourceArn,
    equals: encryptionContextEquals && askedPairs(encryptionContextEquals),
    subset: encryptionContextSubset && askedPairs(encryptionContextSubset),
  };
  compiled.set(constraints, made);
  return made;
}

function askedPairs(pairs: Pairs): readonly AskedPair[] {
  return [...pairs].map(([key, value]) => ({ use: keyUse(`kms:EncryptionContext:${key}`), value }));
}

/** Every pair without which no request meets the constraints, where the operation has an encryption context. */
export function neededPairs(constraints: GrantConstraints | undefined): readonly AskedPair[] {
  if (constraints === undefined) return [];
  const { equals, subset } = compile(constraints);
  return [...(equals ?? []), ...(subset ?? [])];
}

function meets(constraints: GrantConstraints | undefined, operation: string, asked: Asked): boolean {
  if (constraints === undefined) return true;
  const { sourceArn, equals, subset } = compile(constraints);
  if (sourceArn !== undefined) {
    const source = contextValue(SOURCE_ARN, asked, 'key policy');
    // DescribeKey is held to a source only where the request carries one.
    if (source !== sourceArn && !(operation === 'DescribeKey' && source === undefined)) return false;
  }
  if (!carriesEncryptionContext(operation)) return true;
  if (subset !== undefined && !carries(subset, asked)) return false;
  return equals === undefined || (carries(equals, asked) && hasNoOtherKeys(equals, asked));
}

/** Keys in any case, values exactly: https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
function carries(pairs: readonly AskedPair[], asked: Asked): boolean {
  for (const { use, value } of pairs) {
    const found = contextValue(use, asked, 'key policy');
    // Two keys that differ only in case are one here; both values must then be the constraint's.
    if (typeof found === 'string' ? found !== value : !found?.every((one) => one === value)) return false;
  }
  return true;
}

// Not by their number alone: two keys of the constraint that differ only in case are met by one of the request.
function hasNoOtherKeys(pairs: readonly AskedPair[], asked: Asked): boolean {
  const value = contextValue(CONTEXT_KEYS, asked, 'key policy') ?? [];
  const keys = typeof value === 'string' ? [value] : value;
  if (keys.length !== pairs.length) return false;
  return keys.every((key) => {
    const folded = `kms:encryptioncontext:${foldName(key)}`;
    return pairs.some(({ use }) => use.folded === folded);
  });
}

function sizeOf(pairs: Pairs): number {
  return 'size' in pairs ? pairs.size : pairs.length;
}

/**
 * Whether `child` allows nothing that `parent` does not: no further operation, and constraints at least as strict.
 * https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html
 */
export function isNoWider(child: GrantTerms, parent: GrantTerms): boolean {
  if (!child.operations.every((operation) => parent.operations.includes(operation))) return false;
  const { sourceArn, encryptionContextEquals: equal, encryptionContextSubset: subset } = parent.constraints ?? {};
  const own = child.constraints ?? {};
  if (sourceArn !== undefined && own.sourceArn !== sourceArn) return false;
  if (equal !== undefined && !(own.encryptionContextEquals && samePairs(own.encryptionContextEquals, equal)))
    return false;
  if (subset === undefined) return true;
  const stricter = [own.encryptionContextEquals, own.encryptionContextSubset];
  return stricter.some((pairs) => pairs !== undefined && hasPairs(pairs, subset));
}

function samePairs(a: Pairs, b: Pairs): boolean {
  return sizeOf(a) === sizeOf(b) && hasPairs(a, b) && hasPairs(b, a);
}

function hasPairs(all: Pairs, some: Pairs): boolean {
  const known = new Set(pairTexts(all));
  return pairTexts(some).every((pair) => known.has(pair));
}

function pairTexts(pairs: Pairs): readonly string[] {
  return [...pairs].map(([key, value]) => JSON.stringify([keyUse(key).folded, value]));
}

/** Undefined when it does not hold the caller; a grant to an account is for those whom that account's IAM lets in. */
export function holdBy(name: string | undefined, principal: Principal): Hold | undefined {
  if (name === undefined) return undefined;
  const set = principalSet(name);
  return set && listing(set, principal);
}

const sets = new Map<string, PrincipalSet | undefined>();
const KEEP = 10_000;

function principalSet(name: string): PrincipalSet | undefined {
  if (sets.has(name)) return sets.get(name);
  const compiled = compilePrincipals(/^arn:|^\d{12}$/.test(name) ? { AWS: name } : { Service: name });
  const set = compiled.ok && !compiled.principals.everyone ? compiled.principals : undefined;
  if (sets.size >= KEEP) sets.clear();
  sets.set(name, set);
  return set;
}

/** Operations that no grant can have: for whoever makes one. */
export function ungrantable(operations: readonly string[]): readonly string[] {
  return operations.filter((operation) => !isGrantOperation(operation));
}
