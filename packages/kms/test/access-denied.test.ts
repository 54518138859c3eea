// The words of AccessDeniedException: authz.md section 9, for what is built.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { KmsError } from '../src/api/errors.ts';
import {
  administratorOf,
  caller,
  delegatingTo,
  everything,
  home,
  ours,
  policyText,
  type StatementText,
  stranger,
  TestEngine,
  texts,
  theirs,
  utf8,
} from './engine.ts';

const root: StatementText = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ours}:root` },
  Action: '*',
  Resource: '*',
};
const denyUser: StatementText = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'kms:Encrypt',
  Resource: '*',
};

interface Case {
  readonly situation: string;
  readonly keyPolicy: string;
  readonly identity: readonly StatementText[];
  readonly words: string;
}

const user = caller(`arn:aws:iam::${ours}:user/u`);
const denied: StatementText = { Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' };

const cases: readonly Case[] = [
  {
    situation: 'the key policy delegates, no identity policy allows',
    keyPolicy: policyText(root),
    identity: [],
    words: 'on resource: KEY because no identity-based policy allows the kms:Encrypt action',
  },
  {
    situation: 'the identity policy allows, the key policy does not delegate',
    keyPolicy: policyText({ ...everything, Principal: { AWS: administratorOf(ours) } }),
    identity: [everything],
    words: 'on resource: KEY because no resource-based policy allows the kms:Encrypt action',
  },
  {
    situation: 'the key policy denies',
    keyPolicy: policyText(root, denyUser),
    identity: [everything],
    words: 'on resource: KEY with an explicit deny in a resource-based policy',
  },
  {
    situation: 'the identity policy denies',
    keyPolicy: policyText(root),
    identity: [everything, denied],
    words: 'on resource: KEY with an explicit deny in an identity-based policy',
  },
  {
    situation: 'both deny',
    keyPolicy: policyText(root, denyUser),
    identity: [denied],
    words: 'on resource: KEY with an explicit deny in a resource-based policy',
  },
];

describe('a key of the own account', () => {
  test.each(cases)('$situation', ({ keyPolicy, identity, words }) => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ Policy: keyPolicy, BypassPolicyLockoutSafetyCheck: true });
    engine.attach(user.principal.arn, ...identity);
    expect(engine.refusal('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, user)).toEqual({
      code: 'AccessDeniedException',
      message: `User: ${user.principal.arn} is not authorized to perform: kms:Encrypt ${words.replace('KEY', Arn)}`,
    });
  });

  test.each([
    ['a session', `arn:aws:sts::${ours}:assumed-role/App/s-1`],
    ['a role', `arn:aws:iam::${ours}:role/App`],
  ])('%s is named by its own ARN', (_kind, arn) => {
    const engine = new TestEngine();
    const who = caller(arn);
    const { Arn } = engine.createKey();
    expect(engine.refusal('DescribeKey', { KeyId: Arn }, who).message).toBe(
      texts.noIdentityPolicy(who, 'kms:DescribeKey', Arn),
    );
  });

  test('the root user needs the key policy, and no identity policy', () => {
    const engine = new TestEngine();
    const rootUser = caller(`arn:aws:iam::${ours}:root`);
    const closed = engine.createKey({
      Policy: policyText({ ...everything, Principal: { AWS: administratorOf(ours) } }),
    });
    expect(engine.refusal('DescribeKey', { KeyId: closed.Arn }, rootUser).message).toBe(
      texts.noKeyPolicy(rootUser, 'kms:DescribeKey', closed.Arn),
    );
    engine.call('DescribeKey', { KeyId: engine.createKey().Arn }, rootUser);
  });
});

describe('a key of another account', () => {
  test('that allows nothing, that denies and that is not there read the same', () => {
    const engine = new TestEngine();
    const closed = engine.createKey();
    const denies = engine.createKey({
      Policy: policyText(root, {
        Effect: 'Deny',
        Principal: { AWS: `arn:aws:iam::${theirs}:root` },
        Action: '*',
        Resource: '*',
      }),
    });
    const absent = `arn:aws:kms:${home}:${ours}:key/12345678-1234-1234-1234-123456789012`;
    for (const KeyId of [closed.Arn, denies.Arn, absent]) {
      expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }, stranger)).toEqual({
        code: 'AccessDeniedException',
        message: texts.foreign(stranger, 'kms:Encrypt'),
      });
    }
  });

  test('that lets the account in tells whose policy is missing', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    const poor = engine.attach(`arn:aws:iam::${theirs}:user/poor`);
    expect(engine.refusal('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, poor).message).toBe(
      texts.noIdentityPolicy(poor, 'kms:Encrypt', Arn),
    );
  });

  test('that lets the account in does not help where an operation never crosses accounts', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    expect(engine.refusal('EnableKey', { KeyId: Arn }, stranger).message).toBe(
      texts.foreign(stranger, 'kms:EnableKey'),
    );
  });
});

describe('the decision behind it', () => {
  function refused(): KmsError {
    const engine = new TestEngine();
    engine.attach(user.principal.arn, everything, { ...denied, Sid: 'NoEncryption' });
    return engine.error('Encrypt', { KeyId: engine.createKey().Arn, Plaintext: utf8('x') }, user);
  }

  test('comes with the error', () => {
    expect(refused().decision).toMatchObject({
      outcome: 'ExplicitDeny',
      reason: 'explicit deny',
      decidedBy: { policyType: 'identity policy', policy: 'p', statement: 1, sid: 'NoEncryption' },
    });
  });

  test('does not come out of the process with it', () => {
    const error = refused();
    expect(Object.keys(error)).not.toContain('decision');
    expect(JSON.stringify(error)).not.toContain('NoEncryption');
    expect(inspect(error)).not.toContain('NoEncryption');
    expect({ ...error }).not.toHaveProperty('decision');
  });

  test('also comes with the refusal of a key that is not there', () => {
    const engine = new TestEngine();
    const absent = `arn:aws:kms:${home}:${ours}:key/12345678-1234-1234-1234-123456789012`;
    expect(engine.error('DescribeKey', { KeyId: absent }, stranger).decision?.outcome).toBe('ImplicitDeny');
  });

  test('no other error has one', () => {
    const engine = new TestEngine();
    expect(engine.error('DescribeKey', { KeyId: 'none' })).not.toHaveProperty('decision');
  });
});
