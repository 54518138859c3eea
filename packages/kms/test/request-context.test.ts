// The condition keys of KMS as policies meet them: each lets one request in and keeps its neighbour out.

import { describe, expect, test } from 'vitest';
import type { OperationInputs } from '../src/api/types.ts';
import { caller, delegatingTo, ours, policyText, TestEngine } from './engine.ts';

const app = caller(`arn:aws:iam::${ours}:role/App`);
const account = JSON.parse(delegatingTo(ours)).Statement as never[];

// A key whose policy lets App in under one condition.
function keyFor(action: string, condition: object, options: OperationInputs['CreateKey'] = {}) {
  const engine = new TestEngine();
  const allow = {
    Effect: 'Allow',
    Principal: { AWS: app.principal.arn },
    Action: action,
    Resource: '*',
    Condition: condition,
  } as const;
  const key = engine.createKey({ ...options, Policy: policyText(...account, allow) });
  engine.call('CreateAlias', { AliasName: 'alias/named', TargetKeyId: key.KeyId });
  return { engine, ...key };
}

const Plaintext = new Uint8Array(4);
const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } });

describe('one request is let in, its neighbour is not', () => {
  test.each([
    [
      'kms:EncryptionContext:tenant',
      { EncryptionContext: { tenant: 'acme' } },
      { EncryptionContext: { tenant: 'other' } },
    ],
    ['KMS:EncryptionContext:TENANT', { EncryptionContext: { tenant: 'acme' } }, {}],
  ])('%s', (name, good, bad) => {
    const { engine, KeyId } = keyFor('kms:Encrypt', equals(name, 'acme'));
    engine.call('Encrypt', { KeyId, Plaintext, ...good }, app);
    expect(engine.refusal('Encrypt', { KeyId, Plaintext, ...bad }, app).code).toBe('AccessDeniedException');
  });

  test.each([
    ['kms:EncryptionContext:Ämter', 'Ämter', 'ämter'],
    ['KMS:encryptioncontext:ÄMTER', 'ÄmtEr', 'ämter'],
    ['kms:EncryptionContext:k', 'K', '\u212a'],
  ])('%s is the name %s: letters beyond ASCII have no case', (name, good, bad) => {
    const { engine, KeyId } = keyFor('kms:Encrypt', equals(name, 'acme'));
    engine.call('Encrypt', { KeyId, Plaintext, EncryptionContext: { [good]: 'acme' } }, app);
    const input = { KeyId, Plaintext, EncryptionContext: { [bad]: 'acme' } };
    expect(engine.refusal('Encrypt', input, app).code).toBe('AccessDeniedException');
  });

  test('a pair under a name beyond ASCII is found by a Deny and by a grant', () => {
    const { engine, KeyId } = keyFor('kms:Encrypt', {});
    const deny = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } as const;
    const Condition = equals('kms:EncryptionContext:Ämter', 'geheim');
    engine.call('PutKeyPolicy', { KeyId, Policy: policyText(...account, { ...deny, Condition }) });
    const refused = { KeyId, Plaintext, EncryptionContext: { Ämter: 'geheim' } };
    expect(engine.refusal('Encrypt', refused).message).toMatch(/explicit deny/);
    engine.call('CreateGrant', {
      KeyId,
      GranteePrincipal: app.principal.arn,
      Operations: ['Encrypt'],
      Constraints: { EncryptionContextEquals: { Ämter: 'x' } },
    });
    engine.call('Encrypt', { KeyId, Plaintext, EncryptionContext: { Ämter: 'x' } }, app);
  });

  test('a second pair whose name differs only in case does not get around a Deny', () => {
    const { engine, KeyId } = keyFor('kms:Encrypt', {});
    const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt', Resource: '*' } as const;
    const Condition = { StringNotEquals: { 'kms:EncryptionContext:tenant': 'acme' } };
    engine.call('PutKeyPolicy', { KeyId, Policy: policyText(...account, { ...deny, Condition }) });
    engine.call('Encrypt', { KeyId, Plaintext, EncryptionContext: { Tenant: 'acme' } });
    for (const EncryptionContext of [
      { tenant: 'evil', Tenant: 'evil' },
      { tenant: 'acme', Tenant: 'evil' },
    ])
      expect(engine.refusal('Encrypt', { KeyId, Plaintext, EncryptionContext }).message).toMatch(/explicit deny/);
  });

  test('kms:EncryptionContextKeys', () => {
    const { engine, KeyId } = keyFor('kms:Encrypt', {
      'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'tenant' },
    });
    engine.call('Encrypt', { KeyId, Plaintext, EncryptionContext: { app: 'x', tenant: 'y' } }, app);
    expect(engine.refusal('Encrypt', { KeyId, Plaintext, EncryptionContext: { app: 'x' } }, app).code).toBe(
      'AccessDeniedException',
    );
  });

  test('kms:EncryptionAlgorithm has its default', () => {
    const { engine, KeyId } = keyFor('kms:*', equals('kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'));
    engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, app);
    expect(engine.refusal('DescribeKey', { KeyId }, app).code).toBe('AccessDeniedException');
  });

  test('kms:RequestAlias is the name, whichever form was sent, and absent for an id', () => {
    const { Arn, engine, KeyId } = keyFor('kms:Encrypt', equals('kms:RequestAlias', 'alias/named'));
    engine.call('Encrypt', { KeyId: 'alias/named', Plaintext }, app);
    engine.call('Encrypt', { KeyId: Arn.replace(/key\/.*/, 'alias/named'), Plaintext }, app);
    expect(engine.refusal('Encrypt', { KeyId, Plaintext }, app).code).toBe('AccessDeniedException');
  });

  test('each side of ReEncrypt is asked for its own context', () => {
    const { engine, KeyId } = keyFor('kms:*', equals('kms:EncryptionContext:side', 'from'));
    const CiphertextBlob = engine.call('Encrypt', {
      KeyId,
      Plaintext,
      EncryptionContext: { side: 'from' },
    }).CiphertextBlob;
    const from = { CiphertextBlob, SourceEncryptionContext: { side: 'from' }, DestinationKeyId: KeyId };
    engine.call('ReEncrypt', { ...from, DestinationEncryptionContext: { side: 'from' } }, app);
    expect(
      engine.refusal('ReEncrypt', { ...from, DestinationEncryptionContext: { side: 'to' } }, app).message,
    ).toContain('kms:ReEncryptTo');
  });

  test('kms:ReEncryptOnSameKey', () => {
    const { engine, KeyId } = keyFor('kms:*', { Bool: { 'kms:ReEncryptOnSameKey': 'true' } });
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId }, app);
    const other = engine.createKey({ Policy: engine.call('GetKeyPolicy', { KeyId }).Policy });
    expect(engine.refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: other.KeyId }, app).code).toBe(
      'AccessDeniedException',
    );
  });

  test.each([
    ['kms:RotationPeriodInDays', 'EnableKeyRotation', { RotationPeriodInDays: 90 }, { RotationPeriodInDays: 91 }, '90'],
    ['kms:RotationPeriodInDays', 'EnableKeyRotation', {}, { RotationPeriodInDays: 366 }, '365'],
    ['kms:ScheduleKeyDeletionPendingWindowInDays', 'ScheduleKeyDeletion', {}, { PendingWindowInDays: 31 - 1 }, '29'],
  ] as const)('%s of %s', (name, operation, good, bad, limit) => {
    const { engine, KeyId } = keyFor('kms:*', { NumericLessThanEquals: { [name]: limit } });
    if (operation === 'EnableKeyRotation') engine.call(operation, { KeyId, ...good }, app);
    else engine.call(operation, { KeyId, PendingWindowInDays: 29 }, app);
    const { engine: again, KeyId: second } = keyFor('kms:*', { NumericLessThanEquals: { [name]: limit } });
    expect(again.refusal(operation, { KeyId: second, ...bad }, app).code).toBe('AccessDeniedException');
  });
});

describe('what the key is', () => {
  const properties = {
    'kms:KeySpec': 'SYMMETRIC_DEFAULT',
    'kms:KeyUsage': 'ENCRYPT_DECRYPT',
    'kms:KeyOrigin': 'AWS_KMS',
    'kms:MultiRegion': 'true',
    'kms:MultiRegionKeyType': 'PRIMARY',
    'kms:CallerAccount': ours,
    'aws:RequestedRegion': 'us-east-1',
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
  };

  test.each(Object.entries(properties))('%s is %s', (name, value) => {
    const right = keyFor('kms:DescribeKey', equals(name, value), { MultiRegion: true });
    right.engine.call('DescribeKey', { KeyId: right.KeyId }, app);
    const wrong = keyFor('kms:DescribeKey', equals(name, `not ${value}`), { MultiRegion: true });
    expect(wrong.engine.refusal('DescribeKey', { KeyId: wrong.KeyId }, app).code).toBe('AccessDeniedException');
  });

  // Tags and aliases are seen by identity policies: https://docs.aws.amazon.com/kms/latest/developerguide/abac.html
  test.each([
    ['aws:ResourceTag/team', 'orders', 'StringEquals'],
    ['kms:ResourceAliases', 'alias/named', 'ForAnyValue:StringEquals'],
  ])('%s', (name, value, operator) => {
    const engine = new TestEngine();
    const condition = { [operator]: { [name]: value } };
    const who = engine.attach(app.principal.arn, {
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Condition: condition,
    });
    const tagged = engine.createKey({ Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
    engine.call('CreateAlias', { AliasName: 'alias/named', TargetKeyId: tagged.KeyId });
    engine.call('DescribeKey', { KeyId: tagged.KeyId }, who);
    const plain = engine.createKey();
    expect(engine.refusal('DescribeKey', { KeyId: plain.KeyId }, who).code).toBe('AccessDeniedException');
  });
});

describe('what the request asks for', () => {
  const creating = (condition: object) => {
    const engine = new TestEngine();
    return {
      engine,
      who: engine.attach(app.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition: condition }),
    };
  };
  const tagged = (TagValue: string) => ({ Tags: [{ TagKey: 'team', TagValue }] });

  test.each([
    ['kms:KeySpec', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, {}, 'HMAC_256', 'StringEquals'],
    ['kms:KeyOrigin', {}, { Origin: 'EXTERNAL' }, 'AWS_KMS', 'StringEquals'],
    ['kms:MultiRegion', {}, { MultiRegion: true }, 'false', 'Bool'],
    ['kms:BypassPolicyLockoutSafetyCheck', {}, { BypassPolicyLockoutSafetyCheck: true }, 'false', 'Bool'],
    ['aws:RequestTag/team', tagged('a'), tagged('b'), 'a', 'StringEquals'],
    ['aws:TagKeys', tagged('a'), { Tags: [{ TagKey: 'other', TagValue: '' }] }, 'team', 'ForAnyValue:StringEquals'],
  ] as const)('CreateKey: %s', (name, good, bad, value, operator) => {
    const { engine, who } = creating({ [operator]: { [name]: value } });
    engine.call('CreateKey', good, who);
    expect(engine.refusal('CreateKey', bad, who).code).toBe('AccessDeniedException');
  });
});

test('a Deny with a condition denies what it describes, and only that', () => {
  const engine = new TestEngine();
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { StringNotEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
  } as const;
  const { KeyId } = engine.createKey({ Policy: policyText(...account, deny) });
  const blobs = ['acme', 'other'].map(
    (tenant) => engine.call('Encrypt', { KeyId, Plaintext, EncryptionContext: { tenant } }).CiphertextBlob,
  );
  engine.call('Decrypt', { CiphertextBlob: blobs[0], EncryptionContext: { tenant: 'acme' } });
  const refused = engine.refusal('Decrypt', {
    KeyId,
    CiphertextBlob: blobs[1],
    EncryptionContext: { tenant: 'other' },
  });
  expect(refused.message).toContain('with an explicit deny in a resource-based policy');
});
