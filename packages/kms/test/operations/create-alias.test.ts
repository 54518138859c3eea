// CreateAlias: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html

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
  operation: 'CreateAlias',
  prepare: () => (TargetKeyId) => ({ AliasName: 'alias/new', TargetKeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'works',
  invalidArn: 'NotFoundException',
});

describe('CreateAlias', () => {
  test('answers with nothing, and the alias is there', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.call('CreateAlias', { AliasName: 'alias/a/B-1_c', TargetKeyId: KeyId })).toStrictEqual({});
    expect(engine.call('DescribeKey', { KeyId: 'alias/a/B-1_c' }).KeyMetadata?.KeyId).toBe(KeyId);
  });

  test('a name is taken once, for whatever key', () => {
    const engine = new TestEngine();
    const [first, second] = [engine.createKey(), engine.createKey()];
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: first.KeyId });
    for (const { KeyId } of [first, second]) {
      expect(engine.refusal('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId })).toEqual({
        code: 'AlreadyExistsException',
        message: `An alias with the name arn:aws:kms:${home}:${ours}:alias/a already exists`,
      });
    }
  });

  test('a name is of one account and one Region, and its case matters', () => {
    const engine = new TestEngine();
    const there = caller(administratorOf(ours), abroad);
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: engine.createKey().KeyId });
    engine.call('CreateAlias', { AliasName: 'alias/A', TargetKeyId: engine.createKey().KeyId });
    for (const who of [there, stranger]) {
      const { KeyId } = engine.createKey({}, who);
      engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId }, who);
      expect(engine.call('DescribeKey', { KeyId: 'alias/a' }, who).KeyMetadata?.KeyId).toBe(KeyId);
    }
  });

  test.each([
    // Recording create-alias-without-prefix.
    [
      'a',
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ],
    [
      'alias/',
      'InvalidAliasNameException',
      'Alias names may have letters, digits, forward slashes, underscores and dashes.',
    ],
    [
      'alias/a:b',
      'InvalidAliasNameException',
      'Alias names may have letters, digits, forward slashes, underscores and dashes.',
    ],
    ['alias/aws/s3', 'InvalidAliasNameException', 'Aliases that begin with alias/aws/ are reserved.'],
    ['alias/aws/mine', 'InvalidAliasNameException', 'Aliases that begin with alias/aws/ are reserved.'],
    [
      'alias/a b',
      'ValidationException',
      "1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    ],
    [
      `alias/${'a'.repeat(251)}`,
      'ValidationException',
      `1 validation error detected: Value 'alias/${'a'.repeat(251)}' at 'aliasName' failed to satisfy constraint: Member must have length less than or equal to 256`,
    ],
  ])('the name %s is refused', (AliasName, code, message) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('CreateAlias', { AliasName, TargetKeyId: KeyId })).toEqual({ code, message });
  });

  test('256 characters are not too many', () => {
    const engine = new TestEngine();
    const AliasName = `alias/${'a'.repeat(250)}`;
    engine.call('CreateAlias', { AliasName, TargetKeyId: engine.createKey().KeyId });
    expect(engine.call('ListAliases', {}).Aliases).toHaveLength(1);
  });

  test('a key takes 50 aliases and no more', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    for (let at = 0; at < 50; at++) engine.call('CreateAlias', { AliasName: `alias/${at}`, TargetKeyId: KeyId });
    engine.kms.setQuotas(enforced);
    expect(engine.refusal('CreateAlias', { AliasName: 'alias/50', TargetKeyId: KeyId })).toEqual({
      code: 'LimitExceededException',
      message: `The limit of aliases has been reached for the key ${Arn}.`,
    });
    engine.call('CreateAlias', { AliasName: 'alias/50', TargetKeyId: engine.createKey().KeyId });
    engine.call('DeleteAlias', { AliasName: 'alias/0' });
    engine.call('CreateAlias', { AliasName: 'alias/51', TargetKeyId: KeyId });
  });

  test('needs the permission on the alias and on the key', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    const alias = `arn:aws:kms:${home}:${ours}:alias/a`;
    const input = { AliasName: 'alias/a', TargetKeyId: KeyId };
    const user = engine.attach(`arn:aws:iam::${ours}:user/u`, { Effect: 'Allow', Action: 'kms:*', Resource: Arn });
    expect(engine.refusal('CreateAlias', input, user).message).toBe(
      texts.noIdentityPolicy(user, 'kms:CreateAlias', alias),
    );
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: alias });
    expect(engine.refusal('CreateAlias', input, user).message).toBe(
      texts.noIdentityPolicy(user, 'kms:CreateAlias', Arn),
    );
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: [alias, Arn] });
    engine.call('CreateAlias', input, user);
  });

  test('an AWS managed key takes no other alias', () => {
    const engine = new TestEngine();
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    const Arn = KeyMetadata?.Arn ?? '';
    expect(engine.refusal('CreateAlias', { AliasName: 'alias/a', TargetKeyId: Arn })).toEqual({
      code: 'AccessDeniedException',
      message: texts.noKeyPolicy(admin, 'kms:CreateAlias', Arn),
    });
  });
});
