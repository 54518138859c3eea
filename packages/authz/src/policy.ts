// Reads a policy document once, so that every request after that only compares.

import { membersOf, readJson } from './json.ts';
import type { PolicyType, PolicyVersion } from './policy-type.ts';
import { compileStatement, type Statement } from './statement.ts';

export interface Policy {
  readonly policyType: PolicyType;
  readonly version: PolicyVersion;
  readonly id: string | undefined;
  readonly statements: readonly Statement[];
  /** The statements that can deny, and those that can allow: the two lists a request walks through. */
  readonly denies: readonly Statement[];
  readonly allows: readonly Statement[];
  /** The document as it was given. */
  readonly text: string;
}

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problem: string; readonly tooLong?: true };

/** 32 KiB, https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html; KMS calls it LimitExceededException. */
const MAX_KEY_POLICY_BYTES = 32_768;
/** PutKeyPolicy, Policy. */
const KEY_POLICY_CHARACTERS = /^[\t\n\r -\u00ff]*$/;
const MEMBERS: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);

/** Never throws. */
export function parsePolicy(text: string, policyType: PolicyType): ParsedPolicy {
  if (policyType === 'key policy' && typeof text === 'string') {
    if (!KEY_POLICY_CHARACTERS.test(text)) return refuse('Policy has characters that a key policy cannot have.');
    if (text.length + (text.match(/[\u0080-\u00ff]/g)?.length ?? 0) > MAX_KEY_POLICY_BYTES)
      return { ...refuse(`Policy is longer than ${MAX_KEY_POLICY_BYTES} bytes.`), tooLong: true };
  }
  const document = readJson(text);
  if (!document.ok) return refuse(`Policy ${document.problem}.`);
  const members = membersOf(document.value);
  if (members === undefined) return refuse('Policy is not a JSON object.');
  const stranger = [...members.keys()].find((name) => !MEMBERS.has(name));
  if (stranger !== undefined) return refuse(`Policy has an unknown element: ${JSON.stringify(stranger)}.`);
  // Without Version a policy is of the first one.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  const version = members.has('Version') ? members.get('Version') : '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17')
    return refuse('Policy Version is not 2012-10-17 or 2008-10-17.');
  const id = members.get('Id');
  if (id !== undefined && typeof id !== 'string') return refuse('Policy Id is not a string.');
  const written = members.get('Statement');
  const list: readonly unknown[] = Array.isArray(written) ? written : written === undefined ? [] : [written];
  if (list.length === 0) return refuse('Policy has no Statement.');
  const statements: Statement[] = [];
  for (const [index, entry] of list.entries()) {
    const elements = membersOf(entry);
    if (elements === undefined) return refuse(`Policy statement ${index} is not a JSON object.`);
    const compiled = compileStatement(elements, index, policyType, version);
    if (!compiled.ok) return compiled;
    statements.push(compiled.statement);
  }
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  const allows = statements.filter(({ effect, notEvaluated }) => effect === 'Allow' && notEvaluated.length === 0);
  return { ok: true, policy: { policyType, version, id, statements, denies, allows, text } };
}

function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}
