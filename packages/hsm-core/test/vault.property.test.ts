// Laws of the vault over any secrets, contexts, plaintexts and any order of events.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { BlobPurpose } from '../src/envelope.ts';
import { Vault } from '../src/vault.ts';
import { native, portable } from './backend/backends.ts';

const secret = fc.uint8Array({ minLength: 16, maxLength: 64 });
const random = fc.uint8Array({ minLength: 28, maxLength: 28 });
const exportKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
const keyId = fc.constantFrom('key-1', 'key-2', 'mrk-3');
const text = fc.string({ unit: 'binary', maxLength: 12 });
const context = fc
  .uniqueArray(fc.tuple(text, text), { maxLength: 4, selector: ([key]) => key })
  .map((pairs) => new Map(pairs));
const purpose = fc.constantFrom<BlobPurpose>('encrypt', 'data key by length', 'data key by spec');
const plaintext = fc.oneof(fc.uint8Array({ maxLength: 130 }), fc.uint8Array({ maxLength: 4_096, size: 'max' }));

const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex');

function made(result: ReturnType<Vault['seal']>): Uint8Array {
  if (typeof result === 'string') expect.fail(`refused: ${result}`);
  return result;
}

function opened(vault: Vault, given: ReadonlyMap<string, string>, blob: Uint8Array): string | undefined {
  const found = vault.find(blob);
  return typeof found === 'string' ? found : hex(vault.open(found, given, blob));
}

test.prop([secret, keyId, purpose, context, plaintext, random])(
  'both backends make the same blob, and each opens the other’s',
  (bytes, key, operation, given, data, fresh) => {
    const vaults = [new Vault(portable), new Vault(native)];
    const blobs = vaults.map((vault) => made(vault.seal(vault.create(key, bytes), operation, given, data, fresh)));
    expect(hex(blobs[0])).toBe(hex(blobs[1]));
    for (const vault of vaults) for (const blob of blobs) expect(opened(vault, given, blob)).toBe(hex(data));
  },
);

test.prop([secret, context, context, plaintext, random])(
  'opens under its own context and no other',
  (bytes, given, other, data, fresh) => {
    const vault = new Vault(native);
    const blob = made(vault.seal(vault.create('key-1', bytes), 'encrypt', given, data, fresh));
    const same = given.size === other.size && [...given].every(([key, value]) => other.get(key) === value);
    expect(opened(vault, other, blob)).toBe(same ? hex(data) : undefined);
  },
);

test.prop([fc.uint8Array({ maxLength: 400 })])('any bytes are malformed to a vault that made none of them', (noise) => {
  const vault = new Vault(native);
  vault.create('key-1', new Uint8Array(32));
  expect(vault.find(noise)).toBe('malformed');
});

// A model of one line: which secrets of which keys are inside.
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('create' as const), at: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('destroy' as const), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), at: fc.nat(5) }) },
);

test.prop([fc.array(event, { maxLength: 30 }), exportKey, random])(
  'a ciphertext opens exactly while its material is inside, through exports and imports',
  (events, key, fresh) => {
    const elsewhere = new Vault(native);
    const materials = Array.from({ length: 6 }, (_, at) => {
      const bytes = new Uint8Array(32).fill(at >> 1);
      const id = elsewhere.create(`key-${at & 1}`, bytes);
      return { keyId: `key-${at & 1}`, bytes, id, blob: made(elsewhere.seal(id, 'encrypt', undefined, bytes, fresh)) };
    });
    let vault = new Vault(native);
    const inside = new Set<string>();
    for (const { kind, at } of events) {
      const material = materials[at];
      if (material === undefined) continue;
      if (kind === 'create') {
        expect(vault.create(material.keyId, material.bytes)).toBe(material.id);
        inside.add(material.id);
      } else if (kind === 'destroy') {
        vault.destroy(material.id);
        inside.delete(material.id);
      } else {
        const box = vault.export(key);
        vault = new Vault(at % 2 === 0 ? native : portable);
        expect(vault.import(key, box)).toBe(true);
        expect(hex(vault.export(key))).toBe(hex(box));
      }
      for (const { id, blob, bytes } of materials) {
        expect(vault.has(id)).toBe(inside.has(id));
        expect(opened(vault, new Map(), blob)).toBe(inside.has(id) ? hex(bytes) : 'foreign');
      }
    }
  },
);

test.prop([fc.array(fc.tuple(keyId, secret), { maxLength: 6 }), exportKey, fc.nat(), fc.integer({ min: 1, max: 255 })])(
  'an export with any byte changed is refused whole',
  (materials, key, at, change) => {
    const vault = new Vault(native);
    for (const [id, bytes] of materials) vault.create(id, bytes);
    const box = vault.export(key);
    const spoilt = Uint8Array.from(box);
    spoilt[at % box.length] = (box[at % box.length] ?? 0) ^ change;
    const other = new Vault(native);
    expect(other.import(key, spoilt)).toBe(false);
    expect(hex(other.export(key))).toBe(hex(new Vault(native).export(key)));
  },
);
