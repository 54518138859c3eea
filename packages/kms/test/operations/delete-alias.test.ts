// DeleteAlias: https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html

import { describe, expect, test } from 'vitest';
import { abroad, admin, administratorOf, caller, home, ours, stranger, TestEngine, texts } from '../engine.ts';

const aliasArn = `arn:aws:kms:${home}:${ours}:alias/a`;

function engineWithAlias(): { readonly engine: TestEngine; readonly KeyId: string; readonly Arn: string } {
  const engine = new TestEngine();
  const { KeyId, Arn } = engine.createKey();
  engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
  return { engine, KeyId, Arn };
}

describe('DeleteAlias', () => {
  test('answers with nothing; the alias is gone, the key is not, the name is free', () => {
    const { engine, KeyId } = engineWithAlias();
    expect(engine.call('DeleteAlias', { AliasName: 'alias/a' })).toStrictEqual({});
    expect(engine.call('ListAliases', {}).Aliases).toEqual([]);
    expect(engine.keyState(KeyId)).toBe('Enabled');
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
  });

  test.each(['Enabled', 'Disabled', 'PendingDeletion'])('works on the alias of a key that is %s', (state) => {
    const { engine, KeyId } = engineWithAlias();
    if (state === 'Disabled') engine.call('DisableKey', { KeyId });
    if (state === 'PendingDeletion') engine.call('ScheduleKeyDeletion', { KeyId });
    engine.call('DeleteAlias', { AliasName: 'alias/a' });
  });

  test.each([
    [
      'a',
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ],
    [
      aliasArn,
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    ],
    // InvalidAliasNameException is not in the model of DeleteAlias.
    ['alias/', 'NotFoundException', `Alias arn:aws:kms:${home}:${ours}:alias/ is not found.`],
    ['alias/b:c', 'NotFoundException', `Alias arn:aws:kms:${home}:${ours}:alias/b:c is not found.`],
    ['alias/none', 'NotFoundException', `Alias arn:aws:kms:${home}:${ours}:alias/none is not found.`],
    ['alias/aws/s3', 'NotFoundException', `Alias arn:aws:kms:${home}:${ours}:alias/aws/s3 is not found.`],
  ])('the name %s is refused', (AliasName, code, message) => {
    const { engine } = engineWithAlias();
    expect(engine.refusal('DeleteAlias', { AliasName })).toEqual({ code, message });
  });

  test('twice is an error', () => {
    const { engine } = engineWithAlias();
    engine.call('DeleteAlias', { AliasName: 'alias/a' });
    expect(engine.refusal('DeleteAlias', { AliasName: 'alias/a' }).code).toBe('NotFoundException');
  });

  test('reaches no alias of another account or Region', () => {
    const { engine } = engineWithAlias();
    for (const who of [stranger, caller(administratorOf(ours), abroad)]) {
      expect(engine.refusal('DeleteAlias', { AliasName: 'alias/a' }, who).code).toBe('NotFoundException');
    }
  });

  test('the alias of an AWS managed key stays', () => {
    const { engine } = engineWithAlias();
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    expect(engine.refusal('DeleteAlias', { AliasName: 'alias/aws/s3' })).toEqual({
      code: 'AccessDeniedException',
      message: texts.noKeyPolicy(admin, 'kms:DeleteAlias', KeyMetadata?.Arn ?? ''),
    });
  });

  test('needs the permission on the alias and on its key', () => {
    const { engine, Arn } = engineWithAlias();
    const input = { AliasName: 'alias/a' };
    const user = engine.attach(`arn:aws:iam::${ours}:user/u`, { Effect: 'Allow', Action: 'kms:*', Resource: Arn });
    expect(engine.refusal('DeleteAlias', input, user).message).toBe(
      texts.noIdentityPolicy(user, 'kms:DeleteAlias', aliasArn),
    );
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: aliasArn });
    expect(engine.refusal('DeleteAlias', input, user).message).toBe(
      texts.noIdentityPolicy(user, 'kms:DeleteAlias', Arn),
    );
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: [aliasArn, Arn] });
    engine.call('DeleteAlias', input, user);
  });
});
