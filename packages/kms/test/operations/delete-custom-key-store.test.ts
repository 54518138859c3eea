// DeleteCustomKeyStore.

import { expect, test } from 'vitest';
import { dayMs } from '../engine.ts';
import { Rig } from '../key-stores/rig.ts';

test('only a store that is disconnected and empty, and keys that wait for their deletion count', () => {
  const rig = new Rig();
  const CustomKeyStoreId = rig.externalStore();
  const refused = (): string => rig.engine.refusal('DeleteCustomKeyStore', { CustomKeyStoreId }).code;
  expect(refused()).toBe('CustomKeyStoreInvalidStateException');
  const KeyId = rig.externalKey(CustomKeyStoreId).Arn;
  rig.disconnect(CustomKeyStoreId);
  expect(refused()).toBe('CustomKeyStoreHasCMKsException');
  rig.engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  expect(refused()).toBe('CustomKeyStoreHasCMKsException');
  rig.engine.wait(7 * dayMs);
  expect(rig.engine.call('DeleteCustomKeyStore', { CustomKeyStoreId })).toEqual({});
  expect(refused()).toBe('CustomKeyStoreNotFoundException');
  expect(rig.engine.call('DescribeCustomKeyStores', {}).CustomKeyStores).toEqual([]);
  // The proxy and the external key are as they were.
  expect(rig.proxy.keys.has('one')).toBe(true);
  expect(rig.externalKey(rig.externalStore()).XksKeyConfiguration).toEqual({ Id: 'one' });
});

test('the cluster stays, and can have another store', () => {
  const rig = new Rig();
  const cluster = rig.cluster();
  const CustomKeyStoreId = rig.create(rig.cloudHsmInput(cluster));
  rig.engine.call('DeleteCustomKeyStore', { CustomKeyStoreId });
  expect(cluster.state).toBe('ACTIVE');
  expect(rig.create(rig.cloudHsmInput(cluster))).not.toBe(CustomKeyStoreId);
});
