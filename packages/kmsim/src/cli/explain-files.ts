// The policies and grants that `kmsim explain` is given: documents as they are attached, or as the AWS CLI prints them.

import {
  type Grant,
  type NamedPolicy,
  type Policy,
  type PolicyType,
  parsePolicy,
  parsePrincipal,
  readGrants,
  ungrantable,
} from '@kmsim/authz';
import { isRecord } from '../option-forms.ts';
import { fullAccess } from '../organization.ts';
import { type InputFiles, nameOf } from './input-files.ts';

/** One policy of a file, named after it. */
export async function policyIn(files: InputFiles, path: string, type: PolicyType): Promise<NamedPolicy> {
  return { name: shortName(path), policy: compiled(documentIn(await files.json(path)), path, type) };
}

/** The policies of one level: a file has one, or a list of them. */
export async function levelIn(files: InputFiles, path: string, type: PolicyType): Promise<readonly NamedPolicy[]> {
  const value = await files.json(path);
  const documents: readonly unknown[] = Array.isArray(value) ? value : [value];
  return documents.map((document, index) => ({
    name: documents.length === 1 ? shortName(path) : `${shortName(path)} ${index}`,
    policy: compiled(documentIn(document), path, type),
  }));
}

/** The service control policies of one level, which AWS leaves FullAWSAccess beside. */
export async function controlsIn(
  files: InputFiles,
  path: string,
  level: number,
  withFullAccess: boolean,
): Promise<readonly NamedPolicy[]> {
  const own = await levelIn(files, path, 'service control policy');
  const full = { name: fullAccess.name, policy: compiled(fullAccess.text, path, 'service control policy') };
  const all = withFullAccess && !own.some(isFullAccess) ? [full, ...own] : own;
  return all.map((policy) => ({ ...policy, at: `level ${level}` }));
}

function isFullAccess({ policy: { allows } }: NamedPolicy): boolean {
  return allows.some(({ actions, clauses, notEvaluated, resources }) => {
    const isAll = ({ negated, written }: typeof actions): boolean => !negated && written.includes('*');
    return isAll(actions) && isAll(resources) && clauses.length === 0 && notEvaluated.length === 0;
  });
}

/** `key`: the ARN of the key that is asked for. */
export async function grantsIn(files: InputFiles, path: string, key: string): Promise<readonly Grant[]> {
  const read = readGrants(await files.json(path), shortName(path), key);
  if (!read.ok) throw new Error(`${nameOf(path)}: ${read.problem}.`);
  const nobody = read.grants.find(({ grantee }) => parsePrincipal(grantee) === undefined && !/^\d{12}$/.test(grantee));
  if (nobody !== undefined)
    throw new Error(`${nameOf(path)}: the grant ${nobody.id} has no grantee that can call KMS.`);
  for (const { id, operations } of read.grants) {
    const [stranger] = ungrantable(operations);
    if (stranger !== undefined)
      throw new Error(`${nameOf(path)}: the grant ${id} lists ${stranger}, which no grant can have.`);
  }
  return read.grants;
}

export function shortName(path: string): string {
  return path === '-' ? 'standard input' : (path.split(/[\\/]/).at(-1) ?? path);
}

/** Where the AWS CLI puts a document: get-key-policy, describe-policy; get-role-policy; get-policy-version. */
const wrappers: readonly (readonly string[])[] = [
  ['Policy', 'Content'],
  ['Policy'],
  ['PolicyDocument'],
  ['PolicyVersion', 'Document'],
];

/** A policy as it is attached. */
export function documentIn(value: unknown): unknown {
  if (!isRecord(value) || Object.hasOwn(value, 'Statement')) return value;
  for (const path of wrappers) {
    let inner: unknown = value;
    for (const name of path) inner = isRecord(inner) ? inner[name] : undefined;
    if (inner !== undefined) return inner;
  }
  return value;
}

function compiled(document: unknown, path: string, type: PolicyType): Policy {
  const parsed = parsePolicy(typeof document === 'string' ? document : JSON.stringify(document), type);
  if (!parsed.ok) throw new Error(`${nameOf(path)} is no ${type}: ${parsed.problem}`);
  return parsed.policy;
}
