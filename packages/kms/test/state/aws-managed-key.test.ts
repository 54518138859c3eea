// AWS managed keys: they appear with the first look, belong to a service, and nobody can change them.

import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../src/api/shapes.ts';
import type { OperationInputs } from '../../src/api/types.ts';
import { awsManagedKeys } from '../../src/tables/aws-managed-keys.ts';
import {
  abroad,
  admin,
  administratorOf,
  caller,
  dayMs,
  delegatingTo,
  everything,
  home,
  ours,
  stranger,
  TestEngine,
  texts,
  utf8,
} from '../engine.ts';

function engineWithKey(): { readonly engine: TestEngine; readonly KeyId: string; readonly Arn: string } {
  const engine = new TestEngine();
  const { KeyId = '', Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
  return { engine, KeyId, Arn };
}

describe('the first look', () => {
  test.each(Object.values(awsManagedKeys).map(({ alias, description }) => [alias, description]))(
    'at %s makes its key',
    (alias, Description) => {
      const { KeyMetadata } = new TestEngine().call('DescribeKey', { KeyId: alias });
      expect(KeyMetadata).toMatchObject({
        KeyManager: 'AWS',
        KeyState: 'Enabled',
        Enabled: true,
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        Origin: 'AWS_KMS',
        MultiRegion: false,
        Description,
      });
    },
  );

  test('makes one key for each account and Region, and only one', () => {
    const engine = new TestEngine();
    const callers = [admin, stranger, caller(administratorOf(ours), abroad)];
    const look = () =>
      callers.map((who) => engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }, who).KeyMetadata?.Arn);
    const first = look();
    expect(new Set(first).size).toBe(3);
    expect(look()).toEqual(first);
  });

  test.each(['alias/aws/none', 'alias/aws/', 'alias/aws/S3', 'alias/aws/s3/x'])('at %s finds nothing', (KeyId) => {
    expect(new TestEngine().refusal('DescribeKey', { KeyId })).toEqual({
      code: 'NotFoundException',
      message: `Alias arn:aws:kms:${home}:${ours}:${KeyId} is not found.`,
    });
  });

  test('by somebody who may not look makes nothing', () => {
    const engine = new TestEngine();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    expect(engine.refusal('DescribeKey', { KeyId: 'alias/aws/s3' }, user).code).toBe('AccessDeniedException');
    expect(engine.call('ListKeys', {}).Keys).toEqual([]);
  });

  test('at another account’s makes nothing either', () => {
    const engine = new TestEngine();
    const KeyId = `arn:aws:kms:${home}:${ours}:alias/aws/s3`;
    expect(engine.refusal('DescribeKey', { KeyId }, stranger).code).toBe('AccessDeniedException');
  });
});

describe('direct use', () => {
  const uses: { readonly [Name in OperationName]?: (KeyId: string) => OperationInputs[Name] } = {
    Encrypt: (KeyId) => ({ KeyId, Plaintext: utf8('x') }),
    GenerateDataKey: (KeyId) => ({ KeyId, KeySpec: 'AES_256' }),
    GenerateDataKeyWithoutPlaintext: (KeyId) => ({ KeyId, KeySpec: 'AES_256' }),
  };

  test.each(Object.keys(uses) as (keyof typeof uses)[])('%s is refused and leaves nothing behind', (operation) => {
    const engine = new TestEngine();
    const input = uses[operation]?.('alias/aws/s3') as OperationInputs[typeof operation];
    const { code, message } = engine.refusal(operation, input);
    expect(code).toBe('AccessDeniedException');
    expect(message).toMatch(/ because no resource-based policy allows the kms:\w+ action$/);
    expect(engine.call('ListKeys', {}).Keys).toEqual([]);
    expect(engine.call('ListAliases', {}).Aliases).toEqual([]);
  });

  test('is refused when the key is there, for the root user too', () => {
    const { engine, Arn } = engineWithKey();
    for (const who of [admin, caller(`arn:aws:iam::${ours}:root`)]) {
      expect(engine.refusal('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, who)).toEqual({
        code: 'AccessDeniedException',
        message: texts.noKeyPolicy(who, 'kms:Encrypt', Arn),
      });
    }
  });
});

describe('nobody changes it', () => {
  const changes: { readonly [Name in OperationName]?: (KeyId: string) => OperationInputs[Name] } = {
    CreateAlias: (TargetKeyId) => ({ AliasName: 'alias/mine', TargetKeyId }),
    DisableKey: (KeyId) => ({ KeyId }),
    DisableKeyRotation: (KeyId) => ({ KeyId }),
    EnableKey: (KeyId) => ({ KeyId }),
    EnableKeyRotation: (KeyId) => ({ KeyId }),
    PutKeyPolicy: (KeyId) => ({ KeyId, Policy: delegatingTo(ours) }),
    RotateKeyOnDemand: (KeyId) => ({ KeyId }),
    ScheduleKeyDeletion: (KeyId) => ({ KeyId }),
    TagResource: (KeyId) => ({ KeyId, Tags: [{ TagKey: 'a', TagValue: '' }] }),
    UntagResource: (KeyId) => ({ KeyId, TagKeys: ['a'] }),
    UpdateKeyDescription: (KeyId) => ({ KeyId, Description: 'mine' }),
  };

  test.each(Object.keys(changes) as (keyof typeof changes)[])('%s', (operation) => {
    const { engine, Arn } = engineWithKey();
    const input = changes[operation]?.(Arn) as OperationInputs[typeof operation];
    engine.attach(administratorOf(ours), everything, { Effect: 'Allow', Action: `kms:${operation}`, Resource: Arn });
    for (const who of [admin, caller(`arn:aws:iam::${ours}:root`)]) {
      expect(engine.refusal(operation, input, who)).toEqual({
        code: 'AccessDeniedException',
        message: texts.noKeyPolicy(who, `kms:${operation}`, Arn),
      });
    }
  });
});

describe('it can be read', () => {
  test('policy, tags, rotation, alias', () => {
    const { engine, KeyId, Arn } = engineWithKey();
    expect(engine.call('GetKeyPolicy', { KeyId }).Policy).toContain(`s3.${home}.amazonaws.com`);
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toEqual([]);
    expect(engine.call('GetKeyRotationStatus', { KeyId })).toMatchObject({ KeyId: Arn, KeyRotationEnabled: true });
    expect(engine.call('ListAliases', { KeyId }).Aliases).toHaveLength(1);
    expect(engine.call('ListKeys', {}).Keys).toEqual([{ KeyId, KeyArn: Arn }]);
  });

  test('it rotates every year', () => {
    const { engine, KeyId } = engineWithKey();
    const start = engine.now;
    engine.wait(3 * 365 * dayMs + 1);
    expect(engine.call('ListKeyRotations', { KeyId }).Rotations).toMatchObject(
      [1, 2, 3].map((year) => ({ RotationDate: new Date(start + year * 365 * dayMs), RotationType: 'AUTOMATIC' })),
    );
  });
});
