// The value of a key policy's Principal element, and how it holds a caller.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import { membersOf } from './json.ts';
import { type Principal, parsePrincipal } from './principal.ts';

/**
 * By its own ARN or its role's; as anybody (`*`); only as a member of its account, which delegates to IAM; or perhaps,
 * by something that is not evaluated yet: only a Deny counts that.
 */
export type Hold = 'named' | 'everyone' | 'account' | 'unknown';

export interface PrincipalSet {
  readonly written: readonly string[];
  /** Something here is not evaluated yet. */
  readonly unknown: boolean;
  readonly everyone: boolean;
  /** ARNs of users and of single sessions. */
  readonly identities: ReadonlySet<string>;
  readonly roles: readonly RoleName[];
  readonly accounts: readonly AccountName[];
}

interface RoleName {
  readonly partition: string;
  readonly account: string;
  /** How the ARN of a role of this name ends. Names are unique in an account, whatever their path. */
  readonly ending: string;
  /** How the ARNs of its sessions begin: they carry the name, not the path. */
  readonly sessions: string;
}

interface AccountName {
  readonly account: string;
  /** Undefined when written as twelve digits. */
  readonly partition: string | undefined;
}

type CompiledPrincipals =
  | { readonly ok: true; readonly principals: PrincipalSet; readonly notEvaluated: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** https://github.com/aws-samples/siem-on-amazon-opensearch-service/issues/32 */
const INVALID_PRINCIPAL = 'Policy contains a statement with one or more invalid principals.';
/** https://github.com/aws-samples/data-mesh-datazone-cdk-cloudformation/issues/17 */
const NO_PRINCIPAL = 'Policy contains a statement with no principal.';
const FEDERATED_USER = /^arn:aws(?:-[a-z]+)*:sts::\d{12}:federated-user\/[\w+=,.@-]+$/;

/** Whom a NotPrincipal leaves over: not evaluated yet. */
export const UNKNOWN_PRINCIPALS: PrincipalSet = {
  written: [],
  unknown: true,
  everyone: false,
  identities: new Set(),
  roles: [],
  accounts: [],
};

export function compilePrincipals(element: unknown): CompiledPrincipals {
  const byKind = element === '*' ? new Map<string, unknown>([['AWS', '*']]) : membersOf(element);
  if (element === undefined || byKind?.size === 0) return { ok: false, problem: NO_PRINCIPAL };
  if (byKind === undefined) return { ok: false, problem: INVALID_PRINCIPAL };
  const found: Found = { everyone: false, identities: new Set(), roles: [], accounts: [] };
  const written: string[] = [];
  const notEvaluated: string[] = [];
  for (const [kind, value] of byKind) {
    const names: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (names.length === 0) return { ok: false, problem: NO_PRINCIPAL };
    if (kind !== 'AWS') notEvaluated.push(`Principal.${kind}`);
    for (const name of names) {
      if (typeof name !== 'string' || name === '') return { ok: false, problem: INVALID_PRINCIPAL };
      written.push(kind === 'AWS' ? name : `${kind}: ${name}`);
      if (kind !== 'AWS') continue;
      if (FEDERATED_USER.test(name)) notEvaluated.push('Principal.AWS (federated user)');
      else if (!sortIn(name, found)) return { ok: false, problem: INVALID_PRINCIPAL };
    }
  }
  return { ok: true, principals: { ...found, written, unknown: notEvaluated.length > 0 }, notEvaluated };
}

export function holds(set: PrincipalSet, principal: Principal): Hold | undefined {
  if (set.identities.has(principal.arn)) return 'named';
  for (const role of set.roles) if (isRole(role, principal)) return 'named';
  if (set.everyone) return 'everyone';
  for (const { account, partition } of set.accounts) {
    const here = partition === undefined || partition === principal.partition;
    if (here && account === principal.account) return 'account';
  }
  return set.unknown ? 'unknown' : undefined;
}

function isRole(role: RoleName, { kind, arn, account, partition }: Principal): boolean {
  if (kind === 'session') return arn.startsWith(role.sessions);
  return kind === 'role' && account === role.account && partition === role.partition && arn.endsWith(role.ending);
}

interface Found {
  everyone: boolean;
  readonly identities: Set<string>;
  readonly roles: RoleName[];
  readonly accounts: AccountName[];
}

/** False when `name` is no principal. */
function sortIn(name: string, into: Found): boolean {
  if (name === '*') into.everyone = true;
  else if (/^\d{12}$/.test(name)) into.accounts.push({ account: name, partition: undefined });
  else {
    const principal = parsePrincipal(name);
    if (principal === undefined || principal.kind === 'service') return false;
    const { kind, arn, account, partition } = principal;
    if (kind === 'root') into.accounts.push({ account, partition });
    else if (kind === 'role') {
      const ending = arn.slice(arn.lastIndexOf('/'));
      into.roles.push({
        partition,
        account,
        ending,
        sessions: `arn:${partition}:sts::${account}:assumed-role${ending}/`,
      });
    } else into.identities.add(arn);
  }
  return true;
}
