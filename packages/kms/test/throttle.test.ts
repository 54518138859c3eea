// Request quotas in the corridor: when a request is too many, which requests count, and what the modes do.

import { chooseBackend } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { quotaUsage } from '../src/quotas/usage.ts';
import { abroad, admin, administratorOf, caller, home, ours, stranger, TestEngine, theirs, utf8 } from './engine.ts';
import { librariesLoaded } from './libraries.ts';
import { calls, engineWith, outcome } from './throttling.ts';

await librariesLoaded();

describe('where quotas are enforced', () => {
  test('the request that is too many is a ThrottlingException in the recorded words, and passes when the bucket has refilled', async () => {
    const engine = engineWith('enforce', { quota: 'DescribeKey request rate', limit: 2 });
    const { KeyId } = engine.createKey();
    for (let n = 0; n < 2; n++) engine.call('DescribeKey', { KeyId });
    let raised: unknown;
    try {
      engine.call('DescribeKey', { KeyId });
    } catch (error) {
      raised = error;
    }
    expect(raised).toMatchObject({
      code: 'ThrottlingException',
      status: 400,
      wireMessage: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    });
    engine.wait(499);
    expect(await outcome(engine, 'DescribeKey', { KeyId })).toBe('ThrottlingException');
    engine.wait(1);
    expect(await outcome(engine, 'DescribeKey', { KeyId })).toBe('answered');
  });

  test('a throttled request has changed nothing', async () => {
    const engine = engineWith('enforce', { quota: 'CreateAlias request rate', limit: 1 });
    const { KeyId: TargetKeyId } = engine.createKey();
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId });
    const before = engine.everything();
    expect(await outcome(engine, 'CreateAlias', { AliasName: 'alias/b', TargetKeyId })).toBe('ThrottlingException');
    expect(engine.everything()).toBe(before);
  });

  test('each quota is by itself: one that is used up refuses nobody else', async () => {
    const engine = engineWith('enforce');
    const { KeyId } = engine.createKey();
    for (let n = 0; n < 5; n++) engine.call('UpdateKeyDescription', { KeyId, Description: `${n}` });
    expect(await outcome(engine, 'UpdateKeyDescription', { KeyId, Description: 'x' })).toBe('ThrottlingException');
    expect(await outcome(engine, 'UntagResource', { KeyId, TagKeys: ['a'] })).toBe('answered');
    expect(
      await outcome(engine, 'UpdateKeyDescription', { KeyId: KeyId }, caller(administratorOf(ours), abroad)),
    ).not.toBe('ThrottlingException');
  });

  test('the defaults are those of the Region', async () => {
    const engine = engineWith('enforce');
    const china = caller(`arn:aws-cn:iam::${ours}:user/administrator`, 'cn-north-1');
    engine.attach(china.principal.arn, { Effect: 'Allow', Action: '*', Resource: '*' });
    for (const [by, limit] of [
      [admin, 4],
      [china, 1],
    ] as const) {
      const { KeyId } = engine.createKey({}, by);
      const input = { KeyId, KeyPairSpec: 'RSA_3072', DryRun: true };
      for (let n = 0; n < limit; n++)
        expect(await outcome(engine, 'GenerateDataKeyPairWithoutPlaintext', input, by)).toBe(
          'DryRunOperationException',
        );
      expect(await outcome(engine, 'GenerateDataKeyPair', input, by)).toBe('ThrottlingException');
    }
  });

  test('a limit of one account, and one of one Region, hold there', async () => {
    const engine = engineWith(
      'enforce',
      { quota: 'ListKeys request rate', limit: 3 },
      { quota: 'ListKeys request rate', limit: 2, region: abroad },
      { quota: 'ListKeys request rate', limit: 1, account: theirs },
    );
    const far = caller(administratorOf(ours), abroad);
    for (const [by, limit] of [
      [admin, 3],
      [far, 2],
      [stranger, 1],
      [caller(administratorOf(theirs), abroad), 1],
    ] as const) {
      for (let n = 0; n < limit; n++) expect(await outcome(engine, 'ListKeys', {}, by)).toBe('answered');
      expect(await outcome(engine, 'ListKeys', {}, by)).toBe('ThrottlingException');
    }
  });
});

describe('which requests count', () => {
  test('refused ones do, unreadable ones do not', async () => {
    const engine = engineWith('meter');
    const { KeyId } = engine.createKey();
    const nobody = caller(`arn:aws:iam::${ours}:user/nobody`);
    expect(await outcome(engine, 'DescribeKey', { KeyId }, nobody)).toBe('AccessDeniedException');
    expect(await outcome(engine, 'DescribeKey', { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' })).toBe(
      'NotFoundException',
    );
    expect(await outcome(engine, 'DescribeKey', { KeyId: 5 })).toBe('SerializationException');
    expect(await outcome(engine, 'DescribeKey', {})).toBe('ValidationException');
    expect(calls(engine)[`DescribeKey ${ours} ${home}`]).toBe(2);
  });

  test('one that asks for a key that is not there counts where its operation alone says on what', async () => {
    const engine = engineWith('meter');
    const KeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(await outcome(engine, 'Encrypt', { KeyId, Plaintext: utf8('a') })).toBe('NotFoundException');
    expect(calls(engine)).toEqual({});
  });

  test('a question of explain does not', () => {
    const engine = engineWith('meter');
    const { KeyId } = engine.createKey();
    engine.kms.explain({ operation: 'DescribeKey', caller: admin, keyId: KeyId });
    expect(calls(engine)).toEqual({ [`CreateKey ${ours} ${home}`]: 1 });
  });

  test('a planned fault in front of the quotas does not', async () => {
    const engine = engineWith('meter');
    engine.kms.setFaults({ services: [{ raise: 'ThrottlingException' }] });
    expect(await outcome(engine, 'ListKeys', {})).toBe('ThrottlingException');
    expect(calls(engine)).toEqual({});
  });

  test('one that waits for a library counts once', async () => {
    const native = chooseBackend('native') ?? expect.fail('Tests run on Node.');
    let isThere = false;
    const primitives = (() => {
      if (isThere) return native.primitives();
      return Promise.resolve().then(() => {
        isThere = true;
      });
    }) as typeof native.primitives;
    const engine = new TestEngine({ backend: { ...native, primitives } });
    engine.kms.setQuotas({
      mode: 'enforce',
      limits: [{ quota: 'Cryptographic operations (ECC and SM2) request rate', limit: 1 }],
    });
    const { KeyId } = engine.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const input = { KeyId, Message: utf8('a'), SigningAlgorithm: 'ECDSA_SHA_256' };
    expect(await outcome(engine, 'Sign', input)).toBe('answered');
    expect(isThere).toBe(true);
    expect(calls(engine)[`Cryptographic operations (ECC and SM2) ${ours} ${home}`]).toBe(1);
    expect(await outcome(engine, 'Sign', input)).toBe('ThrottlingException');
  });
});

describe('the other modes', () => {
  test('meter refuses nobody, and counts what would have been refused', async () => {
    const engine = engineWith('meter', { quota: 'ListKeys request rate', limit: 2 });
    for (let n = 0; n < 5; n++) expect(await outcome(engine, 'ListKeys', {})).toBe('answered');
    expect(quotaUsage(engine.kms.throttler)).toMatchObject([
      { quota: 'ListKeys request rate', calls: 5, throttled: 3, peak: 5, limit: 2 },
    ]);
  });

  test('off counts nothing', async () => {
    const engine = engineWith('off', { quota: 'ListKeys request rate', limit: 1 });
    for (let n = 0; n < 5; n++) expect(await outcome(engine, 'ListKeys', {})).toBe('answered');
    expect(quotaUsage(engine.kms.throttler)).toEqual([]);
  });
});
