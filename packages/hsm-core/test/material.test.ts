// Key material: its two names, and what remains when it is erased.

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { isMaterialName, Material, nameText, writeName } from '../src/material.ts';
import { backends, portable } from './backend/backends.ts';
import { publishedBlobs } from './data/published-blobs.ts';

const secret = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const made = (fill: number, keyId = 'key-1'): Material => new Material(portable, keyId, secret(fill));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const nameOf = (material: Material): Uint8Array => {
  const bytes = new Uint8Array(32);
  writeName(material.name, bytes, 0);
  return bytes;
};

describe.each(backends)('over the $name backend', (backend) => {
  test('id and name are what they have always been', () => {
    const material = new Material(backend, 'key-1', secret(1));
    expect(material.id).toBe('ccb4c95271744250b4edc7b5a680c79ae92c13a6ea68d780c70ae199c57176ef');
    expect(hex(nameOf(material))).toBe('6b6d73696d44f2077a364a84f0bc117e96788df707f5b4b841387a2043ddc807');
  });

  test('the MAC is keyed with the secret', () => {
    const material = new Material(backend, 'key-1', secret(1));
    const message = Buffer.from('message');
    expect(hex(material.mac(backend)(message))).toBe(hex(portable.hmacSha256(secret(1))(message)));
  });
});

describe('the id', () => {
  test('is 64 lower-case hex digits, as KeyMaterialId is', () => {
    expect(made(1).id).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is the same for the same bytes under the same key, and only then', () => {
    expect(made(1).id).toBe(made(1).id);
    expect(new Set([made(1), made(2), made(1, 'key-2'), made(2, 'key-2')].map(({ id }) => id)).size).toBe(4);
  });
});

describe('the name', () => {
  const material = made(1);
  const name = nameOf(material);

  test('says that kmsim made it', () => {
    expect(name).toHaveLength(32);
    expect(Buffer.from(name.subarray(0, 5)).toString()).toBe('kmsim');
    expect(isMaterialName(name, 0)).toBe(true);
  });

  test('is told from the names in ciphertexts of the real service', () => {
    for (const { blob } of publishedBlobs) expect(isMaterialName(blob, 5)).toBe(false);
  });

  test('differs for other bytes and for another key, and is no part of the id', () => {
    const all = [made(1), made(2), made(1, 'key-2')];
    expect(new Set(all.map((one) => one.name)).size).toBe(3);
    expect(made(1).id).not.toContain(hex(name.subarray(5, 13)));
  });

  test('is recognized wherever it stands in a blob', () => {
    const blob = new Uint8Array(50).fill(0xee);
    blob.set(name, 11);
    expect(isMaterialName(blob, 11)).toBe(true);
    expect(nameText(blob, 11)).toBe(material.name);
    expect([10, 12].map((at) => isMaterialName(blob, at))).toEqual([false, false]);
  });

  test('is not recognized with any one byte changed to any other value', () => {
    const spoilt = Uint8Array.from(name);
    for (let at = 0; at < name.length; at++) {
      for (let change = 1; change < 256; change++) {
        spoilt[at] = (name[at] ?? 0) ^ change;
        if (isMaterialName(spoilt, 0) || nameText(spoilt, 0) === material.name)
          expect.fail(`byte ${at} changed by ${change}`);
      }
      spoilt[at] = name[at] ?? 0;
    }
  });
});

describe('erasing', () => {
  test('overwrites the bytes where they stand, and no neighbour of theirs', () => {
    const buffer = new Uint8Array(96).fill(5);
    const material = new Material(portable, 'key-1', buffer.subarray(32, 64));
    material.erase();
    expect([...buffer]).toEqual([...secret(5), ...secret(0), ...secret(5)]);
  });

  test('overwrites the bytes it was given', () => {
    const bytes = secret(7);
    const material = new Material(portable, 'key-1', bytes);
    material.mac(portable);
    material.erase();
    expect([...bytes]).toEqual(new Array(32).fill(0));
    expect([...material.copySecret()]).toEqual(new Array(32).fill(0));
  });

  test('leaves id and name, which are no secrets', () => {
    const material = made(7);
    const { id } = material;
    material.erase();
    expect(material.id).toBe(id);
    expect(isMaterialName(nameOf(material), 0)).toBe(true);
  });
});

test('only copySecret tells the secret, in a copy', () => {
  const material = made(0xab);
  material.mac(portable);
  material.copySecret().fill(0);
  expect([...material.copySecret()]).toEqual(new Array(32).fill(0xab));
  expect(inspect(material, { showHidden: true, depth: Number.POSITIVE_INFINITY })).not.toContain('171, 171');
  expect(JSON.stringify(material)).not.toContain('171');
});
