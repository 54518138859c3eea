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

// What never changes needs no message: the rest of what is shared is brought by messages.
test('of what is shared, the id, the kind, the use and the origin are fixed from the first instant on', () => {
  const fixed: readonly Property[] = ['keyId', 'keyMaterialOrigin', 'keySpec', 'keyUsage'];
  const table = shared.map((name) => [name, properties[name]]);
  expect(table).toEqual(shared.map((name) => [name, fixed.includes(name) ? 'fixed' : 'synchronized']));
});
