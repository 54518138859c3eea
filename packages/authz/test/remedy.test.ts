// Advice, and that following it helps.

import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import type { Grant } from '../src/grant.ts';
import { GrantIndex } from '../src/grant-index.ts';
import { remediesOf } from '../src/remedy.ts';
import type { AuthorizationRequest } from '../src/request.ts';
import {
  DEFAULT_KEY_POLICY,
  identityPolicy,
  KEY,
  keyPolicy,
  named,
  OTHER,
  OWNER,
  principal,
  role,
  rootOf,
  session,
  user,
  type Written,
} from './sample.ts';

const bobAlone = { Effect: 'Allow', Principal: { AWS: user('Bob') }, Action: 'kms:*', Resource: '*' };
const own = { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' };

function ask(arn: string, key: readonly Written[], identity: readonly Written[]): AuthorizationRequest {
  return {
    principal: principal(arn),
    action: 'kms:Decrypt',
    resource: KEY,
    ...(key.length > 0 && { keyPolicy: keyPolicy(...key), keyAccount: OWNER }),
    crossAccount: true,
    identityPolicies: identity.length > 0 ? named(identityPolicy(...identity)) : [],
  };
}

const advice = (request: AuthorizationRequest): readonly string[] =>
  remediesOf(authorize(request)).flatMap(({ notes = [], oneOf }) => [...notes, ...oneOf]);

describe('the remedy', () => {
  test.each([
    ['nobody speaks of the caller', user('Alice'), [bobAlone], [], 1],
    ['the key policy leaves the root user out', rootOf(OWNER), [bobAlone], [], 1],
    ['a session is not named', session('App/s1'), [bobAlone], [own], 1],
    ['the account delegates', user('Alice'), [{ ...bobAlone, Principal: { AWS: OWNER } }], [own], 1],
    ['no key is involved', user('Alice'), [], [own], 1],
    ['neither account says anything', session('App/s1', OTHER), [bobAlone], [own], 2],
    ['only the other account says something', user('Alice', OTHER), [bobAlone], [{ ...own, Action: '*' }], 1],
    ['only the key policy says something', user('Alice', OTHER), [{ ...bobAlone, Principal: '*' }], [], 1],
  ] as const)('is enough when %s', (_what, arn, key, identity, count) => {
    const lines = advice(ask(arn, key, identity));
    const found = lines.map((line): Written => JSON.parse(line.slice(line.indexOf('{'))));
    expect(found).toHaveLength(count);
    const toKey = found.filter((statement) => 'Principal' in statement);
    const toIdentity = found.filter((statement) => !('Principal' in statement));
    for (const missing of found) {
      const part = found.filter((statement) => statement !== missing);
      const partly = ask(
        arn,
        [...key, ...part.filter((s) => toKey.includes(s))],
        [...identity, ...part.filter((s) => toIdentity.includes(s))],
      );
      expect(authorize(partly).outcome).toBe('ImplicitDeny');
    }
    expect(authorize(ask(arn, [...key, ...toKey], [...identity, ...toIdentity])).outcome).toBe('Allow');
  });

  test('grants to the role of a session, which outlives it', () => {
    const lines = advice(ask(session('App/s1', OTHER), [bobAlone], []));
    expect(lines).toEqual([expect.stringContaining(role('App', OTHER)), expect.stringContaining(role('App', OTHER))]);
    expect(lines.join()).not.toContain('s1');
  });

  test('is nothing for what is allowed', () => {
    expect(advice(ask(user('Bob'), [bobAlone], []))).toEqual([]);
  });

  test('points at the Deny that is in the way', () => {
    const deny = { ...bobAlone, Effect: 'Deny' };
    expect(advice(ask(user('Bob'), [bobAlone, deny], []))).toEqual([
      'remove or narrow statement [1] of key policy "default": no Allow outweighs a Deny',
    ]);
    expect(advice(ask(user('Bob'), [bobAlone, { ...deny, Note: 1 }], []))).toContain(
      'AWS may not deny it: Note cannot be evaluated, and the statement denies to be safe',
    );
  });

  test('goes on to what stands behind the first obstacle', () => {
    const request = ask(user('Alice', OTHER), [bobAlone, { ...bobAlone, Effect: 'Deny', Principal: '*' }], []);
    expect(advice(request).map((line) => line.replace(/:.*/, ''))).toEqual([
      'remove or narrow statement [1] of key policy "default"',
      'add to the key policy',
      `add to an identity policy of arn`,
    ]);
  });

  test('points at an Allow that cannot be evaluated', () => {
    expect(advice(ask(user('Alice'), [{ ...bobAlone, Principal: '*', Note: 1 }], []))[0]).toBe(
      'statement [0] of key policy "default" may allow it on AWS: Note cannot be evaluated',
    );
    const unsure = { ...own, Action: '*', Note: 1 };
    expect(advice(ask(user('Alice'), [{ ...bobAlone, Principal: { AWS: OWNER } }], [unsure]))[0]).toBe(
      'statement [0] of identity policy "policy-0" may allow it on AWS: Note cannot be evaluated',
    );
  });

  test('names a condition that stands in the way before a statement without one', () => {
    const Condition = { StringEquals: { 'kms:ViaService': ['a', 'b'] } };
    expect(advice(ask(user('Alice'), [{ ...bobAlone, Principal: '*', Condition }], []))).toEqual([
      'call it so that statement [0] of key policy "default" holds: StringEquals of kms:ViaService: a or b',
      expect.stringMatching(/^add to the key policy/),
    ]);
  });

  test('tells what is each enough from what is needed together', () => {
    const Condition = { StringEquals: { 'kms:ViaService': 'a' } };
    const request = ask(user('Alice', OTHER), [{ ...bobAlone, Principal: '*', Condition }], [own]);
    expect(remediesOf(authorize(request))).toEqual([
      {
        oneOf: [
          'call it so that statement [0] of key policy "default" holds: StringEquals of kms:ViaService: a',
          expect.stringMatching(/^add to the key policy/),
        ],
      },
      { oneOf: [expect.stringMatching(/^add to an identity policy/)] },
    ]);
  });

  test('leaves out a condition that would not be enough', () => {
    const Condition = { StringEquals: { 'kms:ViaService': 'a' } };
    const delegating = { ...bobAlone, Principal: { AWS: OWNER }, Condition };
    expect(advice(ask(user('Alice'), [delegating], []))).toEqual([expect.stringMatching(/^add to the key policy/)]);
    expect(advice(ask(user('Alice'), [delegating], [{ ...own, Action: '*' }]))).toHaveLength(2);
  });

  test('names what a grant asks for, be it a context or its token', () => {
    const constraints = { encryptionContextSubset: [['tenant', 'acme'] as const] };
    const grant: Grant = { id: 'g1', grantee: user('Alice'), operations: ['Decrypt'] };
    const withGrant = (more: Partial<Grant>) =>
      advice({ ...ask(user('Alice'), [bobAlone], []), now: 0, grants: new GrantIndex([{ ...grant, ...more }]) });
    expect(withGrant({ constraints })).toEqual([
      'call it so that grant "g1" holds: EncryptionContextSubset {tenant=acme}',
      expect.stringMatching(/^add to the key policy/),
    ]);
    expect(withGrant({ activeAt: 1 })[0]).toBe('call it with the token of grant "g1"');
    // Neither the one nor the other would be enough.
    expect(withGrant({ activeAt: 1, constraints })).toHaveLength(1);
    expect(withGrant({ endsAt: 0 })).toHaveLength(1);
    expect(withGrant({ operations: ['Encrypt'] })).toHaveLength(1);
  });

  test('does not suggest policies where none helps', () => {
    const request = { ...ask(user('Alice', OTHER), [bobAlone], []), crossAccount: false };
    expect(advice(request)).toEqual([`call it as a principal of account ${OWNER}: no policy can change this`]);
  });

  test('names a service as a service', () => {
    expect(advice({ ...ask('ec2.amazonaws.com', [], []), keyPolicy: DEFAULT_KEY_POLICY, keyAccount: OWNER })).toEqual([
      'add to the key policy: {"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"kms:Decrypt","Resource":"*"}',
    ]);
  });
});
