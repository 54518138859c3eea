// GetKeyLastUsage: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html

import { describe, expect, test } from 'vitest';
import { Visit } from '../../src/operation.ts';
import { admin, dayMs, TestEngine, utf8 } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'GetKeyLastUsage',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('GetKeyLastUsage', () => {
  test('a key that was never used, by its bare id', () => {
    const engine = new TestEngine();
    const { Arn, KeyId, CreationDate } = engine.createKey();
    engine.wait(1000);
    expect(engine.call('GetKeyLastUsage', { KeyId: Arn })).toStrictEqual({
      KeyId,
      KeyLastUsage: {},
      TrackingStartDate: CreationDate,
      KeyCreationDate: CreationDate,
    });
  });

  test('the last success, with the id of its request', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.wait(dayMs);
    const visit = new Visit('Encrypt', { KeyId, Plaintext: utf8('x') }, 'direct', admin);
    engine.kms.dispatch(visit);
    const at = new Date(engine.now);
    engine.wait(dayMs);
    // Neither a refusal nor a dry run nor management is use.
    engine.refusal('Decrypt', { CiphertextBlob: utf8('x'), KeyId });
    engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x'), DryRun: true });
    engine.call('DescribeKey', { KeyId });
    const { KeyLastUsage } = engine.call('GetKeyLastUsage', { KeyId });
    expect(KeyLastUsage).toStrictEqual({
      Operation: 'Encrypt',
      Timestamp: at,
      CloudTrailEventId: expect.stringMatching(uuid),
      KmsRequestId: engine.kms.requestId(visit),
    });
    expect(KeyLastUsage?.CloudTrailEventId).not.toBe(KeyLastUsage?.KmsRequestId);
  });

  test('each use takes the place of the one before', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId);
    const last = () => engine.call('GetKeyLastUsage', { KeyId }).KeyLastUsage?.Operation;
    engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_128' });
    expect(last()).toBe('GenerateDataKey');
    engine.call('Decrypt', { CiphertextBlob });
    expect(last()).toBe('Decrypt');
  });

  test('is forgotten with the key', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.encrypt(KeyId);
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs);
    engine.call('ListKeys', {});
    expect(engine.snapshot().state.usages).toEqual([]);
  });
});
