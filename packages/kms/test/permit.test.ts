// Authorization in the engine: which permissions a call asks for, and the same decisions without the call.

import { describe, expect, test } from 'vitest';
import type { OperationName } from '../src/api/shapes.ts';
import {
  abroad,
  admin,
  caller,
  delegatingTo,
  everything,
  ours,
  policyText,
  stranger,
  TestEngine,
  theirs,
  utf8,
} from './engine.ts';

const user = caller(`arn:aws:iam::${ours}:user/u`);

describe('permit', () => {
  test('an identity policy for one key says nothing of another', () => {
    const engine = new TestEngine();
    const [mine, other] = [engine.createKey(), engine.createKey()];
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: mine.Arn });
    engine.call('DescribeKey', { KeyId: mine.KeyId }, user);
    expect(engine.refusal('DescribeKey', { KeyId: other.KeyId }, user).code).toBe('AccessDeniedException');
  });

  // An alias ARN in an identity policy never stands for its key.
  test('an identity policy for an alias says nothing of its key', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: 'arn:aws:kms:*:*:alias/a' });
    expect(engine.refusal('DescribeKey', { KeyId: 'alias/a' }, user).code).toBe('AccessDeniedException');
  });

  test('a key policy that names a user needs no identity policy', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({
      Policy: policyText(
        { ...everything, Principal: { AWS: admin.principal.arn } },
        { Effect: 'Allow', Principal: { AWS: user.principal.arn }, Action: 'kms:Encrypt', Resource: '*' },
      ),
    });
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x') }, user);
    expect(engine.refusal('DescribeKey', { KeyId }, user).code).toBe('AccessDeniedException');
  });

  test('a session has the policies of its role, whatever the path of the role', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.attach(`arn:aws:iam::${ours}:role/Plain`, everything);
    engine.attach(`arn:aws:iam::${ours}:role/service/team/App`, everything);
    for (const role of ['Plain', 'App']) {
      engine.call('DescribeKey', { KeyId }, caller(`arn:aws:sts::${ours}:assumed-role/${role}/s`));
    }
    const other = caller(`arn:aws:sts::${ours}:assumed-role/Other/s`);
    expect(engine.refusal('DescribeKey', { KeyId }, other).code).toBe('AccessDeniedException');
    const elsewhere = caller(`arn:aws:sts::${theirs}:assumed-role/App/s`);
    expect(engine.refusal('ListKeys', {}, elsewhere).code).toBe('AccessDeniedException');
  });

  test('a new identity policy has a say at once, and so has its removal', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    for (let time = 0; time < 2; time++) {
      engine.attach(user.principal.arn, everything);
      engine.call('DescribeKey', { KeyId }, user);
      engine.attach(user.principal.arn);
      expect(engine.refusal('DescribeKey', { KeyId }, user).code).toBe('AccessDeniedException');
    }
  });

  test('an alias whose key is another’s to give is asked for on both sides', () => {
    const engine = new TestEngine();
    const [from, to] = [engine.createKey(), engine.createKey()];
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: from.KeyId });
    engine.attach(user.principal.arn, everything, { Effect: 'Deny', Action: 'kms:UpdateAlias', Resource: from.Arn });
    expect(engine.refusal('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: to.KeyId }, user).message).toContain(
      `on resource: ${from.Arn} with an explicit deny`,
    );
  });
});

describe('explain', () => {
  test('gives one decision for each permission, in order', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    const actions = (operation: OperationName, keyId?: string, aliasName?: string) =>
      engine.kms
        .explain({ caller: admin, operation, keyId, aliasName })
        .map(({ request, outcome }) => [request.action, request.resource, outcome]);
    expect(actions('Encrypt', KeyId)).toEqual([['kms:Encrypt', Arn, 'Allow']]);
    expect(actions('ReEncrypt', KeyId)).toEqual([
      ['kms:ReEncryptFrom', Arn, 'Allow'],
      ['kms:ReEncryptTo', Arn, 'Allow'],
    ]);
    expect(actions('ListKeys')).toEqual([['kms:ListKeys', '*', 'Allow']]);
    // kms:TagResource only for one who sends tags.
    expect(actions('CreateKey')).toEqual([['kms:CreateKey', '*', 'Allow']]);
    const aliasArn = Arn.replace(/key\/.*/, 'alias/a');
    expect(actions('CreateAlias', KeyId, 'alias/a')).toEqual([
      ['kms:CreateAlias', aliasArn, 'Allow'],
      ['kms:CreateAlias', Arn, 'Allow'],
    ]);
    expect(actions('DeleteAlias', undefined, 'alias/a')).toEqual([['kms:DeleteAlias', aliasArn, 'Allow']]);
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    expect(actions('DeleteAlias', undefined, 'alias/a')).toEqual([
      ['kms:DeleteAlias', aliasArn, 'Allow'],
      ['kms:DeleteAlias', Arn, 'Allow'],
    ]);
    expect(() => actions('DeleteAlias', KeyId)).toThrow("Value null at 'aliasName'");
  });

  test('says what the call would say', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    for (const keyId of [KeyId, Arn, 'alias/a']) {
      const [decision] = engine.kms.explain({ caller: user, operation: 'DescribeKey', keyId });
      const { decision: real } = engine.error('DescribeKey', { KeyId: keyId }, user);
      expect(JSON.stringify(decision)).toBe(JSON.stringify(real));
    }
    const [foreign] = engine.kms.explain({ caller: stranger, operation: 'DescribeKey', keyId: Arn });
    expect(foreign?.outcome).toBe('ImplicitDeny');
  });

  test('takes SYMMETRIC_DEFAULT for the algorithm of symmetric keys only', () => {
    const engine = new TestEngine();
    const allow = { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' } as const;
    const condition = (algorithm: string) => ({ StringEquals: { 'kms:EncryptionAlgorithm': algorithm } });
    const who = engine.attach(user.principal.arn, { ...allow, Condition: condition('SYMMETRIC_DEFAULT') });
    const { Arn: symmetric } = engine.createKey();
    const { Arn: rsa } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const outcome = (keyId: string, input?: object) =>
      engine.kms.explain({ caller: who, operation: 'Encrypt', keyId, ...(input && { input: { ...input } }) })[0]
        ?.outcome;
    expect(outcome(symmetric)).toBe('Allow');
    expect(outcome(rsa)).toBe('ImplicitDeny');
    engine.attach(user.principal.arn, { ...allow, Condition: condition('RSAES_OAEP_SHA_256') });
    expect(outcome(rsa, { EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' })).toBe('Allow');
    expect(outcome(rsa, { EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' })).toBe('ImplicitDeny');
  });

  test('knows the alias by which both sides of ReEncrypt are named', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    const Condition = { StringEquals: { 'kms:RequestAlias': 'alias/a' } };
    const who = engine.attach(user.principal.arn, {
      Effect: 'Allow',
      Action: 'kms:ReEncrypt*',
      Resource: '*',
      Condition,
    });
    const outcomes = (keyId: string) =>
      engine.kms.explain({ caller: who, operation: 'ReEncrypt', keyId }).map(({ outcome }) => outcome);
    expect(outcomes('alias/a')).toEqual(['Allow', 'Allow']);
    expect(outcomes(KeyId)).toEqual(['ImplicitDeny', 'ImplicitDeny']);
  });

  test.each([
    ['CreateAlias', 'xx', 'ValidationException'],
    ['DeleteAlias', 'xx', 'ValidationException'],
    ['CreateAlias', 'alias/a b', 'InvalidAliasNameException'],
    ['CreateAlias', 'alias/aws/mine', 'InvalidAliasNameException'],
  ] as const)('%s of an alias by the name %s is refused as the call is', (operation, aliasName, code) => {
    const engine = new TestEngine();
    const { KeyId: keyId } = engine.createKey();
    const asked = () => engine.kms.explain({ caller: admin, operation, keyId, aliasName });
    expect(asked).toThrow(expect.objectContaining({ code }));
  });

  test('works for operations that have no room yet', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.kms.explain({ caller: admin, operation: 'Sign', keyId: KeyId })[0]?.outcome).toBe('Allow');
  });

  test('raises what finding the key raises', () => {
    const { kms } = new TestEngine();
    expect(() => kms.explain({ caller: admin, operation: 'Encrypt', keyId: 'none' })).toThrow("Invalid keyId 'none'");
    expect(() => kms.explain({ caller: admin, operation: 'Encrypt' })).toThrow("'keyId'");
  });

  test('changes nothing: no record, no key, no turn in a random stream', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Policy: delegatingTo(ours) });
    const before = JSON.stringify(engine.snapshot());
    for (const keyId of [KeyId, 'alias/aws/s3', 'alias/aws/ebs']) {
      for (const operation of ['Encrypt', 'DescribeKey', 'ScheduleKeyDeletion'] as const) {
        for (const who of [admin, user]) engine.kms.explain({ caller: who, operation, keyId });
      }
    }
    engine.kms.explain({ caller: { ...admin, region: abroad }, operation: 'DescribeKey', keyId: 'alias/aws/s3' });
    expect(JSON.stringify(engine.snapshot())).toBe(before);
  });
});
