// Accounts, principals and policies that the tests share.

import { type Policy, parsePolicy } from '../src/policy.ts';
import type { PolicyType } from '../src/policy-type.ts';
import { type Principal, parsePrincipal } from '../src/principal.ts';
import type { NamedPolicy } from '../src/request.ts';

export const OWNER = '111122223333';
export const OTHER = '444455556666';
export const KEY = `arn:aws:kms:us-west-2:${OWNER}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const OTHER_KEY = `arn:aws:kms:us-west-2:${OWNER}:key/0987dcba-09fe-87dc-65ba-ab0987654321`;

/** Statements as they are written; `Version` is added. */
export type Written = Readonly<Record<string, unknown>>;

export function keyPolicy(...statements: readonly Written[]): Policy {
  return read({ Version: '2012-10-17', Statement: statements }, 'key policy');
}

export function identityPolicy(...statements: readonly Written[]): Policy {
  return read({ Version: '2012-10-17', Statement: statements }, 'identity policy');
}

export function policy(policyType: PolicyType, ...statements: readonly Written[]): Policy {
  return read({ Version: '2012-10-17', Statement: statements }, policyType);
}

export function named(...policies: readonly Policy[]): readonly NamedPolicy[] {
  return policies.map((policy, index) => ({ name: `policy-${index}`, policy }));
}

export function read(document: unknown, policyType: PolicyType): Policy {
  const parsed = parsePolicy(JSON.stringify(document), policyType);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.policy;
}

export function principal(arn: string): Principal {
  const parsed = parsePrincipal(arn);
  if (!parsed) throw new Error(`no principal: ${arn}`);
  return parsed;
}

export const rootOf = (account: string): string => `arn:aws:iam::${account}:root`;
export const user = (name: string, account: string = OWNER): string => `arn:aws:iam::${account}:user/${name}`;
export const role = (name: string, account: string = OWNER): string => `arn:aws:iam::${account}:role/${name}`;
export const session = (name: string, account: string = OWNER): string =>
  `arn:aws:sts::${account}:assumed-role/${name}`;

/** What CreateKey gives a key when nobody says otherwise. */
export const DEFAULT_KEY_POLICY: Policy = read(
  {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: rootOf(OWNER) },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  },
  'key policy',
);
