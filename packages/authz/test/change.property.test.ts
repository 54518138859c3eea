// The changes are enough, and none is one too many.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { applied, changesToAllow } from '../src/change.ts';
import { parsePolicy } from '../src/policy.ts';
import type { PolicyType } from '../src/policy-type.ts';
import type { AuthorizationRequest, NamedPolicy } from '../src/request.ts';
import { KEY, OWNER, principal, role, session, user } from './sample.ts';

const callers = [user('Alice'), role('App'), session('App/s1'), user('Eve', '444455556666'), 'ec2.amazonaws.com'];
const policy = (type: PolicyType, principals: boolean): fc.Arbitrary<NamedPolicy> =>
  fc
    .array(
      fc.record({
        Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
        Action: fc.constantFrom('kms:Decrypt', 'kms:*', 'kms:Sign', 's3:*'),
        Principal: fc.constantFrom<unknown>(...callers.slice(0, 2).map((AWS) => ({ AWS })), { AWS: OWNER }, '*'),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((statements) => {
      const Statement = statements.map(({ Principal, ...rest }) => ({
        ...rest,
        Resource: '*',
        ...(principals && { Principal }),
      }));
      const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), type);
      if (!parsed.ok) throw new Error(parsed.problem);
      return { name: 'p', policy: parsed.policy };
    });
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const requests: fc.Arbitrary<AuthorizationRequest> = fc
  .record({
    caller: fc.constantFrom(...callers),
    key: policy('key policy', true),
    identityPolicies: fc.array(policy('identity policy', false), { maxLength: 1 }),
    boundary: sometimes(policy('permissions boundary', false)),
    sessionPolicies: sometimes(fc.tuple(policy('session policy', false))),
    serviceControlPolicies: sometimes(
      fc.array(fc.tuple(policy('service control policy', false)), { minLength: 1, maxLength: 2 }),
    ),
    endpointPolicy: sometimes(policy('VPC endpoint policy', true)),
  })
  .map(({ caller, key, ...rest }) => ({
    ...rest,
    principal: principal(caller),
    action: 'kms:Decrypt',
    resource: KEY,
    keyPolicy: key.policy,
    keyAccount: OWNER,
    crossAccount: true,
  }));

test.prop([requests], { numRuns: 500 })('all of them allow, and one less does not', (request) => {
  const changes = changesToAllow(authorize(request)) ?? [];
  const after = (some: typeof changes) =>
    authorize(some.reduce((before, change) => applied(change, before), request)).outcome;
  expect(after(changes)).toBe('Allow');
  for (const left of changes) expect(after(changes.filter((change) => change !== left))).not.toBe('Allow');
});
