// The octets of an export: the JSON that they say they are, written and read without a secret becoming a text.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { chooseBackend } from '../src/backend/choose.ts';
import { Material, nameText } from '../src/material.ts';
import { readContent, writeContent } from '../src/vault-content.ts';

const portable = chooseBackend('portable');
if (portable === undefined) throw new Error('no backend');
const materialOf = (keyId: string, secret: Uint8Array): Material => new Material(portable, keyId, secret.slice());

const keyIds = fc.oneof(
  fc.uuid(),
  fc.string({ unit: 'binary' }).filter((id) => id.isWellFormed()),
);
const secrets = fc.uint8Array({ minLength: 1, maxLength: 80 });
const materials = fc.array(fc.record({ keyId: keyIds, secret: secrets }), { maxLength: 5 });
const withdrawn = fc.array(
  fc.record({ keyId: keyIds, materialId: fc.uuid(), octets: fc.uint8Array({ minLength: 32, maxLength: 32 }) }),
  { maxLength: 3 },
);

test.prop([materials, withdrawn])('is the JSON of its content, and reads as it was written', (entries, bare) => {
  const gone = bare.map(({ octets, ...one }) => ({ ...one, name: nameText(octets, 0) }));
  const octets = writeContent(
    entries.map(({ keyId, secret }) => materialOf(keyId, secret)),
    gone,
  );
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  const json = {
    materials: entries.map(({ keyId, secret }) => ({ keyId, secret: hex(secret) })),
    withdrawn: bare.map(({ octets: name, ...one }) => ({ ...one, name: hex(name) })),
  };
  expect(Buffer.from(octets).toString('utf8')).toBe(JSON.stringify(json));
  expect(readContent(octets)).toEqual({ materials: entries, withdrawn: gone });
});

describe('a key id that looks like what separates', () => {
  test.each(['","secret":"00', '"secret":"', '\\","secret":"', '"}],"withdrawn":[', ''])('%j', (keyId) => {
    const secret = Uint8Array.of(1, 2, 255);
    const octets = writeContent([materialOf(keyId, secret), materialOf('other', secret)], []);
    expect(readContent(octets).materials).toEqual([
      { keyId, secret },
      { keyId: 'other', secret },
    ]);
  });
});

test('the material keeps its secret', () => {
  const material = materialOf('k', Uint8Array.of(7));
  writeContent([material], []);
  expect([...material.copySecret()]).toEqual([7]);
});
