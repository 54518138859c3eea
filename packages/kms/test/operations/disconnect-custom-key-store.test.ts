// DisconnectCustomKeyStore, and what it makes of keys.

import { describe, expect, test } from 'vitest';
import { utf8 } from '../engine.ts';
import { Rig } from '../key-stores/rig.ts';

const notConnected =
  'This KMS key is in a custom key store that is not connected to its external key store proxy. Connect the external key store and try the request again.';

test('takes a moment, is refused where there is nothing to disconnect, and ends a connection that is coming', () => {
  const rig = new Rig();
  const CustomKeyStoreId = rig.create(rig.externalInput());
  const refused = (): string => rig.engine.refusal('DisconnectCustomKeyStore', { CustomKeyStoreId }).code;
  expect(refused()).toBe('CustomKeyStoreInvalidStateException');
  rig.engine.call('ConnectCustomKeyStore', { CustomKeyStoreId });
  rig.engine.call('DisconnectCustomKeyStore', { CustomKeyStoreId });
  expect(rig.state(CustomKeyStoreId).state).toBe('DISCONNECTING');
  expect(refused()).toBe('CustomKeyStoreInvalidStateException');
  expect(rig.engine.refusal('ConnectCustomKeyStore', { CustomKeyStoreId }).code).toBe(
    'CustomKeyStoreInvalidStateException',
  );
  rig.pass();
  expect(rig.state(CustomKeyStoreId).state).toBe('DISCONNECTED');
});

describe.each(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const)('the keys of an %s store', (kind) => {
  function made() {
    const rig = new Rig();
    const store = kind === 'AWS_CLOUDHSM' ? rig.cloudHsmStore() : rig.externalStore();
    const key = kind === 'AWS_CLOUDHSM' ? rig.cloudHsmKey(store) : rig.externalKey(store);
    return { rig, engine: rig.engine, store, KeyId: key.Arn };
  }

  test('are unavailable at once, and as before when the store is back', () => {
    const { engine, KeyId, rig, store } = made();
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('DisconnectCustomKeyStore', { CustomKeyStoreId: store });
    expect(engine.keyState(KeyId)).toBe('Unavailable');
    const message = kind === 'AWS_CLOUDHSM' ? `${KeyId} is unavailable.` : notConnected;
    for (const refusal of [
      engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }),
      engine.refusal('Decrypt', { CiphertextBlob }),
      engine.refusal('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }),
      engine.refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: engine.createKey().Arn }),
    ])
      expect(refusal).toEqual({ code: 'KMSInvalidStateException', message });
    rig.pass();
    rig.connect(store);
    expect(engine.keyState(KeyId)).toBe('Enabled');
    expect(engine.decrypt(CiphertextBlob)).toBe('secret');
  });

  test('can be managed meanwhile: what EnableKey and DisableKey say shows later', () => {
    const { engine, KeyId, rig, store } = made();
    rig.disconnect(store);
    engine.call('DisableKey', { KeyId });
    expect(engine.keyState(KeyId)).toBe('Unavailable');
    engine.call('TagResource', { KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    rig.connect(store);
    expect(engine.keyState(KeyId)).toBe('Disabled');
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') })).toEqual({
      code: 'DisabledException',
      message: `${KeyId} is disabled.`,
    });
    rig.disconnect(store);
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(engine.keyState(KeyId)).toBe('PendingDeletion');
    engine.call('CancelKeyDeletion', { KeyId });
    expect(engine.keyState(KeyId)).toBe('Unavailable');
  });

  test('cannot be made while the store is not connected', () => {
    const { engine, rig, store } = made();
    rig.disconnect(store);
    const external = kind === 'EXTERNAL_KEY_STORE';
    const input = { Origin: kind, CustomKeyStoreId: store, ...(external && { XksKeyId: 'two' }) };
    expect(engine.refusal('CreateKey', input).code).toBe('CustomKeyStoreInvalidStateException');
  });

  test('do not rotate, take no material and have no relatives', () => {
    const { engine, KeyId, store } = made();
    const never = 'UnsupportedOperationException';
    expect(engine.refusal('EnableKeyRotation', { KeyId }).code).toBe(never);
    expect(engine.refusal('GetKeyRotationStatus', { KeyId }).code).toBe(never);
    expect(engine.refusal('RotateKeyOnDemand', { KeyId })).toEqual({
      code: never,
      message: `${KeyId} origin is ${kind} which is not valid for this operation.`,
    });
    expect(engine.refusal('ListKeyRotations', { KeyId }).code).toBe(never);
    expect(engine.refusal('ReplicateKey', { KeyId, ReplicaRegion: 'eu-west-1' }).code).toBe(never);
    const input = { Origin: kind, CustomKeyStoreId: store, XksKeyId: 'two' } as const;
    const { XksKeyId: _, ...hsm } = input;
    const own = kind === 'AWS_CLOUDHSM' ? hsm : input;
    expect(engine.refusal('CreateKey', { ...own, KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }).code).toBe(
      never,
    );
    expect(engine.refusal('CreateKey', { ...own, MultiRegion: true }).code).toBe(never);
    const other =
      kind === 'AWS_CLOUDHSM'
        ? { ...input, Origin: 'EXTERNAL_KEY_STORE' as const }
        : { ...hsm, Origin: 'AWS_CLOUDHSM' as const };
    expect(engine.refusal('CreateKey', other).code).toBe('ValidationException');
  });
});
