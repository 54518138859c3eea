// A role's trust policy: a policy on a resource, the role, that it need not name.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html

import { type Policy, parsePolicy } from '@kmsim/authz';

type Trust = { readonly ok: true; readonly policy: Policy } | { readonly ok: false; readonly problem: string };

/** Read as a key policy is: both stand on one resource and say who may use it. */
export function parseTrust(text: string): Trust {
  return parsePolicy(withResource(text), 'key policy');
}

export function trustProblem(text: string): string | undefined {
  const parsed = parseTrust(text);
  return parsed.ok ? undefined : `trust policy: ${parsed.problem}`;
}

/** Who may assume a role that says nothing of it: whom the role's account lets. */
export function defaultTrust(account: string, partition: string): string {
  const AWS = `arn:${partition}:iam::${account}:root`;
  const Statement = {
    Effect: 'Allow',
    Principal: { AWS },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  };
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

// What is no document of statements is left for the parser to name.
function withResource(text: string): string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return text;
  }
  if (!isObject(document)) return text;
  const { Statement } = document;
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  return JSON.stringify({
    ...document,
    Statement: statements.map((one) => (isObject(one) ? { ...one, Resource: '*' } : one)),
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
