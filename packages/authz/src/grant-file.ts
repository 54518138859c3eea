// Grants as people have them: in a file of their own, or as ListGrants answers them.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html

import { type CaseGrant, grantsOf } from './case.ts';
import { problemOfGrants } from './case-shape.ts';
import type { Grant } from './grant.ts';

export type GrantFile =
  | { readonly ok: true; readonly grants: readonly Grant[] }
  | { readonly ok: false; readonly problem: string };

/**
 * One grant, a list of them, or `{ "Grants": [...] }`. A grant without an id is named by its place, after `name`.
 * With `key`, its ARN, a grant that says another KeyId is refused.
 */
export function readGrants(value: unknown, name = 'grant', key?: string): GrantFile {
  const listed = isObject(value) && Object.hasOwn(value, 'Grants') ? value['Grants'] : value;
  const grants = Array.isArray(listed) ? listed.map((one, index) => asWritten(one, `${name} ${index}`)) : listed;
  const written = isObject(grants) ? [asWritten(grants, name)] : grants;
  const problem = problemOfGrants(written, 'grants') ?? elsewhere(listed, written, key);
  return problem === undefined ? { ok: true, grants: grantsOf(written as CaseGrant[]) } : { ok: false, problem };
}

function elsewhere(listed: unknown, written: unknown, key: string | undefined): string | undefined {
  const ids = [listed].flat().map((grant) => (isObject(grant) ? grant['KeyId'] : undefined));
  const at = ids.findIndex((id) => id !== undefined && id !== key && id !== key?.replace(/^.*:key\//, ''));
  if (key === undefined || at < 0) return undefined;
  return `the grant ${(written as CaseGrant[])[at]?.id} is on the key ${ids[at]}, not on ${key}`;
}

/** What ListGrants tells beside what a decision needs. */
const ASIDE: ReadonlySet<string> = new Set(['GrantId', 'KeyId', 'Name', 'CreationDate', 'GrantToken']);

function asWritten(grant: unknown, name: string): unknown {
  if (!isObject(grant)) return grant;
  const { GrantId: id = name } = grant;
  return { id, ...Object.fromEntries(Object.entries(grant).filter(([member]) => !ASIDE.has(member))) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
