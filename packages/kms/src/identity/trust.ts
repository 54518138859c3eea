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
  const problem = parsed.ok ? misfit(JSON.parse(text)) : parsed.problem;
  return problem && `trust policy: ${problem}`;
}

/** What IAM refuses in a trust policy and KMS takes in a key policy. The words follow what people quote of IAM; none is recorded. */
function misfit(document: object): string | undefined {
  for (const statement of statementsIn(document).filter(isObject)) {
    const prohibited = ['Resource', 'NotResource'].find((name) => Object.hasOwn(statement, name));
    if (prohibited !== undefined) return `Has prohibited field ${prohibited}.`;
    const { Action = [], Effect, NotPrincipal } = statement;
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    if (Effect === 'Allow' && NotPrincipal !== undefined)
      return 'Allow with NotPrincipal is not supported in a trust policy.';
    if ([Action].flat().some((action) => !/^sts:/i.test(String(action))))
      return 'AssumeRole policy may only specify STS AssumeRole actions.';
  }
  return undefined;
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
  return JSON.stringify({ ...document, Statement: statementsIn(document).map(withEvery) });
}

function withEvery(statement: unknown): unknown {
  return isObject(statement) ? { ...statement, Resource: '*' } : statement;
}

function statementsIn({ Statement }: { readonly Statement?: unknown }): readonly unknown[] {
  return Array.isArray(Statement) ? Statement : [Statement];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
