// The value of a Principal or NotPrincipal element, and how it holds a caller.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import { membersOf } from './json.ts';
import { type Principal, parsePrincipal } from './principal.ts';

/**
 * By its own ARN or a service's name; by the role that it is or comes from; as anybody (`*`); only as a member of its
 * account, which delegates to IAM; or perhaps, by an account that is written in a way that cannot be compared: only a
 * Deny counts that.
 */
export type Hold = 'named' | 'role' | 'everyone' | 'account' | 'unknown';

export interface PrincipalSet {
  readonly written: readonly string[];
  /** It lists whom the statement is not about. */
  readonly negated: boolean;
  readonly everyone: boolean;
  /** ARNs of users, of single sessions and of federated users; names of services. */
  readonly names: ReadonlySet<string>;
  readonly roles: readonly RoleName[];
  readonly accounts: readonly AccountName[];
  /** Accounts by their canonical user id. */
  readonly canonical: ReadonlySet<string>;
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
const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

export function compilePrincipals(element: unknown, negated = false): CompiledPrincipals {
  const byKind = element === '*' ? new Map<string, unknown>([['AWS', '*']]) : membersOf(element);
  if (element === undefined || byKind?.size === 0) return { ok: false, problem: NO_PRINCIPAL };
  if (byKind === undefined) return { ok: false, problem: INVALID_PRINCIPAL };
  const found: Found = { everyone: false, names: new Set(), roles: [], accounts: [], canonical: new Set() };
  const written: string[] = [];
  const notEvaluated: string[] = [];
  for (const [kind, value] of byKind) {
    const names: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (names.length === 0) return { ok: false, problem: NO_PRINCIPAL };
    const sort = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (sort === undefined) notEvaluated.push(`Principal.${kind}`);
    for (const name of names) {
      if (typeof name !== 'string' || name === '') return { ok: false, problem: INVALID_PRINCIPAL };
      written.push(kind === 'AWS' ? name : `${kind}: ${name}`);
      if (sort?.(name, found) === false) return { ok: false, problem: INVALID_PRINCIPAL };
    }
  }
  return { ok: true, principals: { ...found, negated, written }, notEvaluated };
}

/** How a Principal element holds `principal`; how a NotPrincipal element names it as one it does not hold. */
export function listing(set: PrincipalSet, principal: Principal): Hold | undefined {
  if (set.names.has(principal.arn)) return 'named';
  for (const role of set.roles) if (isRole(role, principal)) return 'role';
  if (set.everyone) return 'everyone';
  for (const { account, partition } of set.accounts) {
    const here = partition === undefined || partition === principal.partition;
    if (here && account === principal.account) return 'account';
  }
  if (set.canonical.size === 0 || principal.kind === 'service') return undefined;
  if (principal.canonicalUser === undefined) return 'unknown';
  return set.canonical.has(principal.canonicalUser) ? 'account' : undefined;
}

/**
 * Whom a statement is about. NotPrincipal leaves out whom it names; whom it names only by account it leaves out of an
 * Allow, and of a Deny only as the root user: AWS asks to name the account *and* the user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function holds(set: PrincipalSet, principal: Principal, effect: 'Allow' | 'Deny'): Hold | undefined {
  const listed = listing(set, principal);
  if (!set.negated) return listed === 'unknown' && effect === 'Allow' ? undefined : listed;
  const byAccount = listed === 'account' && principal.kind !== 'root';
  const spared = effect === 'Deny' && (byAccount || listed === 'unknown') ? undefined : listed;
  return spared === undefined ? 'everyone' : undefined;
}

function isRole(role: RoleName, { kind, arn, account, partition }: Principal): boolean {
  if (kind === 'session') return arn.startsWith(role.sessions);
  return kind === 'role' && account === role.account && partition === role.partition && arn.endsWith(role.ending);
}

interface Found {
  everyone: boolean;
  readonly names: Set<string>;
  readonly roles: RoleName[];
  readonly accounts: AccountName[];
  readonly canonical: Set<string>;
}

/** Each is false for a name that is no principal of its kind. */
const KINDS: Readonly<Record<string, (name: string, into: Found) => boolean>> = {
  AWS: sortIn,
  Service: (name, into) => {
    if (name === '*') into.everyone = true;
    else into.names.add(name);
    return name === '*' || SERVICE.test(name);
  },
  // Who signs in with an identity provider calls KMS as a session of a role, so this holds no caller.
  Federated: () => true,
  CanonicalUser: (name, into) => {
    into.canonical.add(name);
    return /^[0-9a-f]{64}$/.test(name);
  },
};

function sortIn(name: string, into: Found): boolean {
  if (name === '*') into.everyone = true;
  else if (/^\d{12}$/.test(name)) into.accounts.push({ account: name, partition: undefined });
  else if (FEDERATED_USER.test(name)) into.names.add(name);
  else {
    const principal = parsePrincipal(name);
    if (principal === undefined || principal.kind === 'service') return false;
    const { kind, arn, account, partition } = principal;
    if (kind === 'root') into.accounts.push({ account, partition });
    else if (kind === 'role') {
      const ending = arn.slice(arn.lastIndexOf('/'));
      const sessions = `arn:${partition}:sts::${account}:assumed-role${ending}/`;
      into.roles.push({ partition, account, ending, sessions });
    } else into.names.add(arn);
  }
  return true;
}
