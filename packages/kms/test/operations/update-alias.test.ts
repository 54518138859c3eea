// UpdateAlias: https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html

import { describe, expect, test } from 'vitest';
import {
  abroad,
  admin,
  administratorOf,
  caller,
  enforced,
  home,
  ours,
  stranger,
  TestEngine,
  texts,
} from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'UpdateAlias',
  prepare: (engine) => {
    for (const who of [admin, stranger, caller(administratorOf(ours), abroad)]) {
      const { KeyId } = engine.createKey({}, who);
      engine.call('CreateAlias', { AliasName: 'alias/moving', TargetKeyId: KeyId }, who);
    }
    return (TargetKeyId) => ({ AliasName: 'alias/moving', TargetKeyId });
  },
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'works',
  invalidArn: 'NotFoundException',
});

const aliasArn = `arn:aws:kms:${home}:${ours}:alias/a`;

function engineWithAlias(): {
  readonly engine: TestEngine;
  readonly from: ReturnType<TestEngine['createKey']>;
  readonly to: ReturnType<TestEngine['createKey']>;
} {
  const engine = new TestEngine();
  const [from, to] = [engine.createKey(), engine.createKey()];
  engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: from.KeyId });
  return { engine, from, to };
}

describe('UpdateAlias', () => {
  test('answers with nothing, and the alias names the other key from then on', () => {
    const { engine, from, to } = engineWithAlias();
    const created = new Date(engine.now);
    engine.wait(5000);
    expect(engine.call('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: to.KeyId })).toStrictEqual({});
    expect(engine.call('ListAliases', {}).Aliases).toEqual([
      {
        AliasName: 'alias/a',
        AliasArn: aliasArn,
        TargetKeyId: to.KeyId,
        CreationDate: created,
        LastUpdatedDate: new Date(engine.now),
      },
    ]);
    expect(engine.call('ListAliases', { KeyId: from.KeyId }).Aliases).toEqual([]);
    expect(engine.call('ListAliases', { KeyId: to.KeyId }).Aliases).toHaveLength(1);
  });

  test('to the key it already names is no error', () => {
    const { engine, from } = engineWithAlias();
    engine.call('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: from.KeyId });
    expect(engine.call('ListAliases', { KeyId: from.KeyId }).Aliases).toHaveLength(1);
  });

  test('may leave a key that is pending deletion', () => {
    const { engine, from, to } = engineWithAlias();
    engine.call('ScheduleKeyDeletion', { KeyId: from.KeyId });
    engine.call('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: to.KeyId });
    expect(engine.keyState('alias/a')).toBe('Enabled');
  });

  test.each([
    [
      'a',
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ],
    // Names that nothing can have; InvalidAliasNameException is not in the model of UpdateAlias.
    ['alias/', 'NotFoundException', `Alias arn:aws:kms:${home}:${ours}:alias/ is not found.`],
    ['alias/a:b', 'NotFoundException', `Alias arn:aws:kms:${home}:${ours}:alias/a:b is not found.`],
    ['alias/none', 'NotFoundException', `Alias arn:aws:kms:${home}:${ours}:alias/none is not found.`],
    ['alias/aws/s3', 'NotFoundException', `Alias arn:aws:kms:${home}:${ours}:alias/aws/s3 is not found.`],
  ])('the alias %s is refused', (AliasName, code, message) => {
    const { engine, to } = engineWithAlias();
    expect(engine.refusal('UpdateAlias', { AliasName, TargetKeyId: to.KeyId })).toEqual({ code, message });
  });

  test('the alias of an AWS managed key stays where it is', () => {
    const { engine, to } = engineWithAlias();
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    expect(engine.refusal('UpdateAlias', { AliasName: 'alias/aws/s3', TargetKeyId: to.KeyId })).toEqual({
      code: 'AccessDeniedException',
      message: texts.noKeyPolicy(admin, 'kms:UpdateAlias', KeyMetadata?.Arn ?? ''),
    });
  });

  test('an AWS managed key takes no alias of others', () => {
    const { engine } = engineWithAlias();
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    const input = { AliasName: 'alias/a', TargetKeyId: KeyMetadata?.KeyId ?? '' };
    expect(engine.refusal('UpdateAlias', input).code).toBe('AccessDeniedException');
  });

  test.each([
    ['symmetric to HMAC', {}, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
    ['symmetric to RSA', {}, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }],
    [
      'one usage to another',
      { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
      { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
    ],
  ] as const)('from %s is refused', (_what, from, to) => {
    const engine = new TestEngine();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: engine.createKey(from).KeyId });
    expect(engine.refusal('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: engine.createKey(to).KeyId })).toEqual({
      code: 'ValidationException',
      message: `Alias ${aliasArn} cannot be moved to a key of another type or usage.`,
    });
  });

  test('from one signing key to another of another spec works', () => {
    const engine = new TestEngine();
    const first = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const second = engine.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: first.KeyId });
    engine.call('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: second.KeyId });
  });

  test('a key with 50 aliases takes no other, and keeps its own', () => {
    const { engine, to } = engineWithAlias();
    for (let at = 0; at < 50; at++) engine.call('CreateAlias', { AliasName: `alias/${at}`, TargetKeyId: to.KeyId });
    engine.kms.setQuotas(enforced);
    expect(engine.refusal('UpdateAlias', { AliasName: 'alias/a', TargetKeyId: to.KeyId }).code).toBe(
      'LimitExceededException',
    );
    engine.call('UpdateAlias', { AliasName: 'alias/7', TargetKeyId: to.KeyId });
  });

  test('needs the permission on the alias, the key it leaves and the key it goes to', () => {
    const { engine, from, to } = engineWithAlias();
    const input = { AliasName: 'alias/a', TargetKeyId: to.KeyId };
    const user = caller(`arn:aws:iam::${ours}:user/u`);
    const resources = [aliasArn, from.Arn, to.Arn];
    for (const [at, missing] of resources.entries()) {
      engine.attach(user.principal.arn, {
        Effect: 'Allow',
        Action: 'kms:*',
        Resource: [...resources.slice(0, at), 'x'],
      });
      expect(engine.refusal('UpdateAlias', input, user).message).toBe(
        texts.noIdentityPolicy(user, 'kms:UpdateAlias', missing),
      );
    }
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: resources });
    engine.call('UpdateAlias', input, user);
  });
});
