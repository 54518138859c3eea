// Keys in CloudHSM: HSMs that are lost, keys that are gone, sessions that are over.

import { describe, expect, test } from 'vitest';
import { utf8 } from '../engine.ts';
import { Rig } from './rig.ts';

const cannotCommunicate = {
  code: 'KMSInvalidStateException',
  message: 'KMS cannot communicate with your CloudHSM cluster',
};

function made() {
  const rig = new Rig();
  const cluster = rig.cluster();
  const store = rig.cloudHsmStore(cluster);
  const { Arn: KeyId } = rig.cloudHsmKey(store);
  return { rig, engine: rig.engine, cluster, store, KeyId };
}

test('DescribeKey names the store and the cluster', () => {
  const { cluster, engine, KeyId, store } = made();
  expect(engine.call('DescribeKey', { KeyId }).KeyMetadata).toMatchObject({
    CustomKeyStoreId: store,
    CloudHsmClusterId: cluster.id,
    Origin: 'AWS_CLOUDHSM',
  });
});

test('an HSM lost in the middle is made good for by another; the last one is not', () => {
  const { cluster, engine, KeyId } = made();
  const CiphertextBlob = engine.encrypt(KeyId);
  cluster.loseHsmDuring({ during: 'decrypt', by: 'failure' });
  expect(engine.decrypt(CiphertextBlob)).toBe('secret');
  expect(cluster.hsms.map(({ state }) => state).sort()).toEqual(['ACTIVE', 'DEGRADED']);
  cluster.loseHsmDuring({ during: 'encrypt', by: 'failure' });
  expect(() => engine.call('Encrypt', { KeyId, Plaintext: utf8('x') })).toThrow(cannotCommunicate.message);
  expect(engine.refusal('Decrypt', { CiphertextBlob })).toEqual(cannotCommunicate);
  // Losing the cluster changes no state of a store or a key.
  expect(engine.keyState(KeyId)).toBe('Enabled');
  for (const { id } of cluster.hsms) cluster.recoverHsm(id);
  expect(engine.decrypt(CiphertextBlob)).toBe('secret');
});

test('a network that fails', () => {
  const { cluster, engine, KeyId, rig, store } = made();
  cluster.setNetwork({ isReachable: false });
  expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') })).toEqual(cannotCommunicate);
  expect(rig.state(store).state).toBe('CONNECTED');
  cluster.setNetwork({ isReachable: true });
  engine.encrypt(KeyId);
});

test('no session is left', () => {
  const { cluster, engine, KeyId } = made();
  cluster.limitSessions(0);
  expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }).code).toBe('KMSInternalException');
});

test('the material is gone from the cluster', () => {
  const { cluster, engine, KeyId } = made();
  const CiphertextBlob = engine.encrypt(KeyId);
  for (const { id } of cluster.hsms) cluster.zeroizeHsm(id);
  for (const { id } of cluster.hsms) cluster.recoverHsm(id);
  expect(engine.refusal('Decrypt', { CiphertextBlob }).code).toBe('KMSInvalidStateException');
  expect(engine.keyState(KeyId)).toBe('Enabled');
});

describe('CreateKey', () => {
  test('asks for two HSMs, and leaves nothing in the cluster when it fails', () => {
    const { cluster, engine, store } = made();
    const input = { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: store } as const;
    const [first] = cluster.hsms;
    cluster.failHsm(first?.id ?? '');
    expect(engine.refusal('CreateKey', input).code).toBe('CloudHsmClusterInvalidConfigurationException');
    cluster.recoverHsm(first?.id ?? '');
    cluster.setNetwork({ isReachable: false });
    expect(engine.refusal('CreateKey', input)).toEqual({
      code: 'CustomKeyStoreInvalidStateException',
      message: cannotCommunicate.message,
    });
    cluster.setNetwork({ isReachable: true });
    engine.kms.clusters.logout(store);
    expect(engine.createKey(input).KeyState).toBe('Enabled');
  });
});

test('a key that is deleted is deleted in the cluster as well, as far as it can be reached', () => {
  const { cluster, engine, KeyId, rig, store } = made();
  const [, kept] = [KeyId, rig.cloudHsmKey(store).Arn];
  const place = engine.kms.state.get('keys', KeyId)?.customKeyStore?.backingKey?.id ?? '';
  const orphan = engine.kms.state.get('keys', kept)?.customKeyStore?.backingKey?.id ?? '';
  engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  engine.wait(7 * 86_400_000);
  engine.kms.advance();
  const session = engine.kms.clusters.sessionOf(store);
  expect(session?.findKey(place)).toBeUndefined();
  expect(session?.findKey(orphan)).toBeTypeOf('number');
  engine.call('ScheduleKeyDeletion', { KeyId: kept, PendingWindowInDays: 7 });
  cluster.setNetwork({ isReachable: false });
  engine.wait(7 * 86_400_000);
  engine.kms.advance();
  cluster.setNetwork({ isReachable: true });
  expect(session?.findKey(orphan)).toBeTypeOf('number');
});

test('GenerateRandom asks an HSM of a store that is connected', () => {
  const { cluster, engine, rig, store } = made();
  const input = { NumberOfBytes: 32, CustomKeyStoreId: store };
  expect(engine.call('GenerateRandom', input).Plaintext).toHaveLength(32);
  expect(engine.refusal('GenerateRandom', { ...input, CustomKeyStoreId: 'cks-0' }).code).toBe(
    'CustomKeyStoreNotFoundException',
  );
  cluster.setNetwork({ isReachable: false });
  engine.kms.clusters.logout(store);
  expect(engine.refusal('GenerateRandom', input).code).toBe('CustomKeyStoreInvalidStateException');
  cluster.setNetwork({ isReachable: true });
  rig.disconnect(store);
  expect(engine.refusal('GenerateRandom', input).code).toBe('CustomKeyStoreInvalidStateException');
});
