// The table of properties against the documentation's list.

import { expect, test } from 'vitest';
import { type Property, properties } from '../src/properties.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html#mrk-sync-properties
const shared: readonly Property[] = [
  'keyId',
  'keyMaterial',
  'keyMaterialOrigin',
  'keySpec',
  'keyUsage',
  'automaticRotation',
  'primaryAndReplicas',
];

test('what the documentation lists as shared is shared, and nothing else', () => {
  const said = (Object.keys(properties) as Property[]).filter((name) => properties[name] !== 'independent');
  expect(said.sort()).toEqual([...shared].sort());
});
