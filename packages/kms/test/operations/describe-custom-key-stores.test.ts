// DescribeCustomKeyStores.

import { expect, test } from 'vitest';
import { Rig } from '../key-stores/rig.ts';

function withStores(count: number): Rig {
  const rig = new Rig();
  for (let at = 0; at < count; at++) rig.create(rig.externalInput(`s${at}`, { XksProxyUriPath: `/${at}a/kms/xks/v1` }));
  return rig;
}

test('all, the oldest first, page by page', () => {
  const { engine } = withStores(5);
  const names: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page = engine.call('DescribeCustomKeyStores', { Limit: 2, Marker });
    names.push(...(page.CustomKeyStores ?? []).map(({ CustomKeyStoreName }) => CustomKeyStoreName));
    expect(page.Truncated).toBe(page.NextMarker !== undefined);
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  expect(names).toEqual(['s0', 's1', 's2', 's3', 's4']);
  expect(engine.refusal('DescribeCustomKeyStores', { Marker: 'x' }).code).toBe('InvalidMarkerException');
});

test('one by its name or its id, and not by both', () => {
  const { engine } = withStores(2);
  const [store] = engine.call('DescribeCustomKeyStores', { CustomKeyStoreName: 's1' }).CustomKeyStores ?? [];
  const CustomKeyStoreId = store?.CustomKeyStoreId ?? '';
  expect(engine.call('DescribeCustomKeyStores', { CustomKeyStoreId }).CustomKeyStores).toEqual([store]);
  for (const unknown of [{ CustomKeyStoreName: 'S1' }, { CustomKeyStoreId: 'cks-0' }])
    expect(engine.refusal('DescribeCustomKeyStores', unknown).code).toBe('CustomKeyStoreNotFoundException');
  const both = { CustomKeyStoreId, CustomKeyStoreName: 's1' };
  expect(engine.refusal('DescribeCustomKeyStores', both).code).toBe('ValidationException');
});
