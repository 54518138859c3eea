// The vault: finding, destroying, carrying away under a seal.

import { describe, expect, test } from 'vitest';
import type { EncryptionContext } from '../src/encryption-context.ts';
import { type BlobFault, type FoundBlob, Vault } from '../src/vault.ts';
import { backends, native, portable } from './backend/backends.ts';
import { legacyBlob, publishedBlobs } from './data/published-blobs.ts';

const secret = (fill: number, length = 32): Uint8Array => new Uint8Array(length).fill(fill);
const context: EncryptionContext = new Map([['tenant', 'a']]);
const plaintext = Buffer.from('attack at dawn');

let drawn = 0;
const random = (): Uint8Array =>
  Uint8Array.from({ length: 28 }, (_, at) => (at < 4 ? (drawn++ >> (8 * at)) & 255 : at));

function sealed(vault: Vault, materialId: string, data: Uint8Array = plaintext): Uint8Array {
  const blob = vault.seal(materialId, 'encrypt', context, data, random());
  if (typeof blob === 'string') expect.fail(`refused: ${blob}`);
  return blob;
}

const exported = (vault: Vault, key: Uint8Array): string => Buffer.from(vault.export(key)).toString('hex');

function opened(
  vault: Vault,
  blob: Uint8Array,
  given: EncryptionContext | undefined = context,
): string | BlobFault | undefined {
  const found = vault.find(blob);
  if (typeof found === 'string') return found;
  const data = vault.open(found, given, blob);
  return data && Buffer.from(data).toString();
}

describe.each(backends)('over the $name backend', (backend) => {
  test('what was sealed is found by its key and material, and opens', () => {
    const vault = new Vault(backend);
    const ids = [vault.create('key-1', secret(1)), vault.create('key-1', secret(2)), vault.create('key-2', secret(1))];
    for (const [at, materialId] of ids.entries()) {
      const blob = sealed(vault, materialId);
      expect(vault.find(blob)).toMatchObject({ keyId: at < 2 ? 'key-1' : 'key-2', materialId });
      expect(opened(vault, blob)).toBe('attack at dawn');
    }
  });

  test('gives back plain bytes, no class of the backend', () => {
    const vault = new Vault(backend);
    const blob = sealed(vault, vault.create('key-1', secret(1)));
    const plain = vault.open(vault.find(blob) as FoundBlob, context, blob);
    for (const bytes of [blob, plain, vault.export(secret(9))]) expect(bytes?.constructor).toBe(Uint8Array);
  });

  test('the same bytes under the same key are one material', () => {
    const vault = new Vault(backend);
    const id = vault.create('key-1', secret(1));
    const blob = sealed(vault, id);
    expect(vault.create('key-1', secret(1))).toBe(id);
    expect(opened(vault, blob)).toBe('attack at dawn');
    vault.destroy(id);
    expect(opened(vault, blob)).toBe('foreign');
  });

  test('keeps a copy: the bytes it was given may be erased', () => {
    const vault = new Vault(backend);
    const bytes = secret(1);
    const blob = sealed(vault, vault.create('key-1', bytes));
    bytes.fill(0);
    expect(opened(vault, blob)).toBe('attack at dawn');
    expect(vault.create('key-1', bytes)).not.toBe(vault.create('key-1', secret(1)));
  });

  test.each([1, 16, 28, 48, 64, 200])('takes a secret of %d bytes', (length) => {
    const vault = new Vault(backend);
    expect(opened(vault, sealed(vault, vault.create('key-1', secret(1, length))))).toBe('attack at dawn');
  });

  test('does not seal under a material it does not have, or with a context that has no form', () => {
    const vault = new Vault(backend);
    expect(vault.seal('0'.repeat(64), 'encrypt', undefined, plaintext, random())).toBe('no material');
    const id = vault.create('key-1', secret(1));
    expect(vault.seal(id, 'encrypt', new Map([['k', '\ud800']]), plaintext, random())).toBe('ill-formed string');
  });

  describe('finding', () => {
    const vault = new Vault(backend);
    const blob = sealed(vault, vault.create('key-1', secret(1)));

    test('a blob of another vault is foreign', () => {
      const other = new Vault(backend);
      expect(vault.find(sealed(other, other.create('key-1', secret(2))))).toBe('foreign');
      expect(new Vault(backend).find(blob)).toBe('foreign');
    });

    test('a blob of the real service, present or legacy, is malformed: it was never made here', () => {
      for (const published of [...publishedBlobs.map((one) => one.blob), legacyBlob]) {
        expect(vault.find(published)).toBe('malformed');
      }
    });

    test.each([0, 1, 58, 151, 152, 184, 6_144, 100_000])('%d bytes of nothing are malformed', (length) => {
      expect(vault.find(new Uint8Array(length))).toBe('malformed');
      expect(vault.find(new Uint8Array(length).fill(0xff))).toBe('malformed');
    });

    test('a name that is damaged in any byte is malformed, never foreign', () => {
      for (let at = 5; at < 37; at++) {
        const spoilt = Uint8Array.from(blob);
        spoilt[at] = (spoilt[at] ?? 0) ^ 0x10;
        expect(vault.find(spoilt)).toBe('malformed');
      }
    });

    test('opens nothing: what is found may still be refused', () => {
      const spoilt = Uint8Array.from(blob);
      spoilt[spoilt.length - 1] = (spoilt.at(-1) ?? 0) ^ 1;
      expect(vault.find(spoilt)).toEqual(vault.find(blob));
      expect(opened(vault, spoilt)).toBeUndefined();
      expect(opened(vault, blob, new Map())).toBeUndefined();
    });
  });

  describe('destroying', () => {
    test('makes ciphertexts foreign and spares the other materials', () => {
      const vault = new Vault(backend);
      const [gone, kept] = [vault.create('key-1', secret(1)), vault.create('key-1', secret(2))];
      const [lost, safe] = [sealed(vault, gone), sealed(vault, kept)];
      const foundBefore = vault.find(lost) as FoundBlob;
      vault.destroy(gone);
      expect([vault.has(gone), vault.has(kept)]).toEqual([false, true]);
      expect(opened(vault, lost)).toBe('foreign');
      expect(vault.open(foundBefore, context, lost)).toBeUndefined();
      expect(vault.seal(gone, 'encrypt', undefined, plaintext, random())).toBe('no material');
      expect(opened(vault, safe)).toBe('attack at dawn');
    });

    test('what is not there is no fault', () => {
      const vault = new Vault(backend);
      const id = vault.create('key-1', secret(1));
      vault.destroy('0'.repeat(64));
      vault.destroy(id);
      vault.destroy(id);
      expect(vault.has(id)).toBe(false);
    });

    test('the same bytes brought again open the old ciphertexts again', () => {
      const vault = new Vault(backend);
      const id = vault.create('key-1', secret(1));
      const blob = sealed(vault, id);
      vault.destroy(id);
      expect(vault.create('key-1', secret(1))).toBe(id);
      expect(opened(vault, blob)).toBe('attack at dawn');
    });

    test('a destroyed material is not in an export', () => {
      const vault = new Vault(backend);
      const id = vault.create('key-1', secret(1));
      vault.destroy(id);
      expect(exported(vault, secret(9))).toBe(exported(new Vault(backend), secret(9)));
    });
  });

  describe('an export', () => {
    const key = secret(9);
    const vault = new Vault(backend);
    const ids = [1, 2, 3].map((fill) => vault.create(`key-${fill}`, secret(fill, 16 * fill)));
    const blobs = ids.map((id) => sealed(vault, id));
    const box = vault.export(key);

    test('carries every material over', () => {
      const other = new Vault(backend);
      expect(other.import(key, box)).toBe(true);
      expect(ids.map((id) => other.has(id))).toEqual([true, true, true]);
      expect(blobs.map((blob) => opened(other, blob))).toEqual(new Array(3).fill('attack at dawn'));
      expect(exported(other, key)).toBe(exported(vault, key));
    });

    test('adds to what is there', () => {
      const other = new Vault(backend);
      const own = other.create('key-0', secret(0));
      expect(other.import(key, box)).toBe(true);
      expect([own, ...ids].map((id) => other.has(id))).toEqual([true, true, true, true]);
    });

    test('of an empty vault is an empty vault', () => {
      const other = new Vault(backend);
      expect(other.import(key, new Vault(backend).export(key))).toBe(true);
      expect(exported(other, key)).toBe(exported(new Vault(backend), key));
    });

    test('is the same for the same content, in whatever order it came', () => {
      const other = new Vault(backend);
      for (const fill of [3, 1, 2]) other.create(`key-${fill}`, secret(fill, 16 * fill));
      expect(exported(other, key)).toBe(exported(vault, key));
      other.create('key-4', secret(4));
      expect(exported(other, key)).not.toBe(exported(vault, key));
    });

    test('does not open with another key, and then nothing is taken in', () => {
      const other = new Vault(backend);
      for (const wrong of [secret(8), secret(9, 16), secret(9, 31), new Uint8Array()]) {
        expect(other.import(wrong, box)).toBe(false);
      }
      expect(ids.map((id) => other.has(id))).toEqual([false, false, false]);
    });

    test('does not open cut short, lengthened or with a bit changed', () => {
      const other = new Vault(backend);
      for (let length = 0; length < box.length; length += 7) {
        expect(other.import(key, box.subarray(0, length))).toBe(false);
      }
      const longer = new Uint8Array(box.length + 1);
      longer.set(box);
      expect(other.import(key, longer)).toBe(false);
      for (let at = 0; at < box.length; at++) {
        const spoilt = box.map((byte, i) => (i === at ? byte ^ 0x04 : byte));
        expect(other.import(key, spoilt)).toBe(false);
      }
      expect(exported(other, key)).toBe(exported(new Vault(backend), key));
    });

    test('is sealed under 32 bytes and nothing else', () => {
      expect(() => vault.export(secret(9, 16))).toThrow(RangeError);
    });
  });
});

test('what one backend made, the other opens: blobs and exports', () => {
  const [one, other] = [new Vault(portable), new Vault(native)];
  const id = one.create('key-1', secret(1));
  expect(other.import(secret(9), one.export(secret(9)))).toBe(true);
  expect(exported(other, secret(9))).toBe(exported(one, secret(9)));
  expect(opened(other, sealed(one, id))).toBe('attack at dawn');
  expect(opened(one, sealed(other, id))).toBe('attack at dawn');
});

describe.each(backends)('imported material over the $name backend', (backend) => {
  test('what was withdrawn is found by its ciphertexts, and opens nothing until it comes again', () => {
    const vault = new Vault(backend);
    const id = vault.create('key-1', secret(1));
    const blob = sealed(vault, id);
    const found = vault.find(blob);
    vault.withdraw(id);
    expect(vault.has(id)).toBe(false);
    expect(vault.find(blob)).toEqual(found);
    expect(opened(vault, blob)).toBeUndefined();
    expect(vault.seal(id, 'encrypt', context, plaintext, random())).toBe('no material');
    expect(vault.takeIn('key-1', secret(1))).toEqual({ id, before: 'withdrawn' });
    expect(opened(vault, blob)).toBe('attack at dawn');
    expect(vault.takeIn('key-1', secret(1))).toEqual({ id, before: 'here' });
  });

  test('the same bytes for another key, or others for the same, are not what was withdrawn', () => {
    const vault = new Vault(backend);
    const id = vault.create('key-1', secret(1));
    const blob = sealed(vault, id);
    vault.withdraw(id);
    expect(vault.takeIn('key-2', secret(1)).before).toBe('nothing');
    expect(vault.takeIn('key-1', secret(2)).before).toBe('nothing');
    expect(opened(vault, blob)).toBeUndefined();
  });

  test('withdrawn and destroyed, it is foreign, as if it had never been here', () => {
    const vault = new Vault(backend);
    const id = vault.create('key-1', secret(1));
    const blob = sealed(vault, id);
    vault.withdraw(id);
    vault.withdraw(id);
    vault.destroy(id);
    expect(vault.find(blob)).toBe('foreign');
    expect(exported(vault, secret(9))).toBe(exported(new Vault(backend), secret(9)));
    expect(vault.takeIn('key-1', secret(1)).before).toBe('nothing');
  });

  test('an export remembers what was withdrawn, and none of its bytes', () => {
    const vault = new Vault(backend);
    const [gone, kept] = [vault.create('key-1', secret(0x5a)), vault.create('key-1', secret(2))];
    const blobs = [sealed(vault, gone), sealed(vault, kept)];
    vault.withdraw(gone);
    const again = new Vault(backend);
    expect(again.import(secret(9), vault.export(secret(9)))).toBe(true);
    expect(blobs.map((blob) => opened(again, blob))).toEqual([undefined, 'attack at dawn']);
    expect(exported(again, secret(9))).toBe(exported(vault, secret(9)));
    expect(again.takeIn('key-1', secret(0x5a)).before).toBe('withdrawn');
    expect(blobs.map((blob) => opened(again, blob))).toEqual(['attack at dawn', 'attack at dawn']);
  });

  test('withdrawing what is not here does nothing', () => {
    const vault = new Vault(backend);
    vault.withdraw('0'.repeat(64));
    expect(exported(vault, secret(9))).toBe(exported(new Vault(backend), secret(9)));
  });
});
