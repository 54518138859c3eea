// The text that a person reads.

import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { explainDecision } from '../src/explain.ts';
import { GrantIndex } from '../src/grant-index.ts';
import {
  DEFAULT_KEY_POLICY,
  identityPolicy,
  KEY,
  keyPolicy,
  named,
  OTHER,
  OWNER,
  policy,
  principal,
  rootOf,
  user,
} from './sample.ts';

const request = {
  principal: principal(user('Alice')),
  action: 'kms:Decrypt',
  resource: KEY,
  keyPolicy: DEFAULT_KEY_POLICY,
  keyAccount: OWNER,
  identityPolicies: named(identityPolicy({ Effect: 'Allow', Action: ['kms:Describe*', 'kms:List*'], Resource: '*' })),
};

describe('explainDecision', () => {
  test('shows a denial as a tree, with what is missing', () => {
    expect(explainDecision(authorize(request))).toBe(
      `ImplicitDeny: no identity policy statement allows it
  caller    arn:aws:iam::111122223333:user/Alice
  action    kms:Decrypt
  resource  ${KEY}
the key policy leaves it to identity policies
key policy "default"
  [0] "Enable IAM User Permissions" Allow: matches, by the account
identity policy "policy-0"
  [0] Allow: Action does not match
      asked    kms:Decrypt
      written  kms:Describe*, kms:List*
-> add to an identity policy of arn:aws:iam::111122223333:user/Alice: {"Effect":"Allow","Action":"kms:Decrypt","Resource":"${KEY}"}`,
    );
  });

  test('shows a Deny of another account that is not wholly evaluated', () => {
    const deny = { Sid: 'Org', Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', Note: 1 };
    const decision = authorize({
      ...request,
      principal: principal(user('Eve', OTHER)),
      keyPolicy: keyPolicy({ ...deny, Effect: 'Allow' }, { ...deny, Action: 'kms:Sign' }, deny),
      identityPolicies: [],
    });
    expect(explainDecision(decision)).toBe(
      `ExplicitDeny: explicit deny
  caller    arn:aws:iam::444455556666:user/Eve
  action    kms:Decrypt
  resource  ${KEY}
  the key belongs to another account: 111122223333
key policy "default"
  [0] "Org" Allow: what can be evaluated matches
      cannot be evaluated: Note; so it allows nothing
  [1] "Org" Deny: Action does not match
      asked    kms:Decrypt
      written  kms:Sign
      cannot be evaluated: Note; no matter here
  [2] "Org" Deny: matches, by everybody (*)  <- decides
      cannot be evaluated: Note; so it denies, to be safe
no identity policies
-> remove or narrow statement [2] of key policy "default": no Allow outweighs a Deny
   note: AWS may not deny it: Note cannot be evaluated, and the statement denies to be safe
   and call it as a principal of account 111122223333: no policy can change this`,
    );
  });

  test('shows an operation without a key', () => {
    const root = principal(rootOf(OWNER));
    expect(
      explainDecision(authorize({ principal: root, action: 'kms:CreateKey', resource: '*', identityPolicies: [] })),
    ).toBe(
      `Allow: allowed
  caller    arn:aws:iam::111122223333:root
  action    kms:CreateKey
  resource  *
no key policy is asked: identity policies decide alone
no identity policies`,
    );
  });

  test('says that a statement without Resource is inert', () => {
    const inert = keyPolicy({ Effect: 'Allow', Principal: '*', Action: '*' });
    expect(explainDecision(authorize({ ...request, keyPolicy: inert }))).toContain(
      'no Resource: the statement is inert',
    );
  });

  test('shows a condition with what was compared, and the keys that were missing', () => {
    const Condition = { StringLike: { 'kms:ViaService': '${aws:userid}.*' } };
    const identityPolicies = named(identityPolicy({ Effect: 'Allow', Action: '*', Resource: '*', Condition }));
    expect(
      explainDecision(authorize({ ...request, identityPolicies })),
    ).toContain(`  [0] Allow: Condition does not match
      StringLike of kms:ViaService
      asked    (not in the request)
      written  \${aws:userid}.*
      which is nothing: the request cannot fill it in
condition keys that the request does not have: kms:ViaService, aws:userid
-> either call it so that statement [0] of identity policy "policy-0" holds: StringLike of kms:ViaService: \${aws:userid}.*
   or add`);
  });

  test('tells what is needed together from what is each enough', () => {
    const eve = user('Eve', OTHER);
    const constraints = { encryptionContextEquals: [['a', 'b'] as const], sourceArn: 'x' };
    const grants = new GrantIndex([{ id: 'g1', grantee: eve, operations: ['Decrypt'], constraints }]);
    const asked = { ...request, principal: principal(eve), crossAccount: true, grants };
    const text = explainDecision(authorize(asked)).replace(/\{"Effect".*/g, '{}');
    expect(text).toContain('grant "g1"\n  [0] Allow: Constraints do not match\n');
    expect(text.slice(text.indexOf('->'))).toBe(
      `-> either call it so that grant "g1" holds: EncryptionContextEquals {a=b} and SourceArn x
   or add to the key policy: {}
   and add to an identity policy of ${eve}: {}`,
    );
  });

  test('says where a policy is attached, and tells its namesakes apart', () => {
    const deny = policy('service control policy', { Effect: 'Deny', Action: '*', Resource: '*' });
    const full = policy('service control policy', { Effect: 'Allow', Action: '*', Resource: '*' });
    const levels = [
      [{ name: 'P', at: 'r-root', policy: full }],
      [
        { name: 'P', at: 'ou-1', policy: full },
        { name: 'No', at: 'ou-1', policy: deny },
      ],
      [{ name: 'No', at: OWNER, policy: deny }],
    ];
    const decision = authorize({ ...request, serviceControlPolicies: levels });
    expect(decision.decidedBy).toMatchObject({ policy: 'No', at: 'ou-1' });
    const text = explainDecision(decision);
    expect(text.match(/^service.*/gm)).toEqual([
      'service control policy "P" of r-root',
      'service control policy "P" of ou-1',
      'service control policy "No" of ou-1',
      `service control policy "No" of ${OWNER}`,
    ]);
    expect(text.match(/<- decides/g)).toHaveLength(1);
    expect(text).toContain('-> remove or narrow statement [0] of service control policy "No" of ou-1');
  });

  test('cuts long lists', () => {
    const Action = Array.from({ length: 11 }, (_, index) => `kms:Action${index}`);
    const identityPolicies = named(identityPolicy({ Effect: 'Allow', Action, Resource: '*' }));
    const text = explainDecision(authorize({ ...request, identityPolicies }));
    expect(text).toContain('kms:Action7 and 3 more');
    expect(text).not.toContain('kms:Action8');
  });

  test('lets no control or direction character of a policy reach the terminal', () => {
    const Sid = 'a\u001b[2J\u202eb\nc\u0085\u2028\ud800';
    const statement = { Sid, Effect: 'Allow', Action: 'kms:\u0007', Resource: 'x\u200f' };
    const text = explainDecision(authorize({ ...request, identityPolicies: named(identityPolicy(statement)) }));
    expect(text).toContain('"a\\u{1b}[2J\\u{202e}b\\u{a}c\\u{85}\\u{2028}\\u{d800}"');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });
});
