// Canaries: planted secrets that must not come out of the vault, in any encoding, by any way of looking at it.

import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import type { KeyedMac } from '../src/backend/mac.ts';
import { Vault } from '../src/vault.ts';
import { backends } from './backend/backends.ts';
import { everything, leaks as found, thrown } from './leaks.ts';

// Bytes that turn up in no program by chance.
const canary = Uint8Array.from({ length: 32 }, (_, at) => (at * 151 + 0x5d) & 255);
const exportKey = Uint8Array.from({ length: 32 }, (_, at) => (at * 197 + 0x2b) & 255);

const leaks = (text: string, secret: Uint8Array = canary): string[] => found(text, secret);

describe('the scanner', () => {
  test('sees a canary in whatever prints it', () => {
    const buffer = Buffer.from(canary);
    expect(leaks(inspect({ deep: [{ key: canary }] }, everything))).toContain('decimal array');
    expect(leaks(inspect(buffer, everything))).toContain('hex');
    expect(leaks(JSON.stringify({ key: canary }))).toContain('object of bytes');
    expect(leaks(JSON.stringify({ key: buffer }))).toContain('decimal array');
    expect(leaks(`x${Buffer.concat([buffer, Buffer.from([1, 2])]).toString('base64')}`)).toContain('base64');
    expect(leaks(buffer.toString('base64url'))).toContain('base64url');
    expect(leaks(buffer.toString('hex').toUpperCase())).toContain('upper-case hex');
    expect(leaks(serialize(canary).toString('latin1'))).toContain('raw');
    expect(leaks('nothing here')).toEqual([]);
  });
});

describe.each(backends)('a vault over the $name backend', (backend) => {
  const context = new Map([['tenant', 'a']]);
  const random = new Uint8Array(28);

  /** A vault in which the canary has been used in every way there is. */
  function used(): { vault: Vault; materialId: string; blob: Uint8Array; box: Uint8Array } {
    const vault = new Vault(backend);
    const materialId = vault.create('key-1', canary);
    const blob = vault.seal(materialId, 'encrypt', context, new Uint8Array(32), random);
    if (typeof blob === 'string') expect.fail(`refused: ${blob}`);
    const found = vault.find(blob);
    if (typeof found === 'string') expect.fail(found);
    expect(vault.open(found, context, blob)).toHaveLength(32);
    const box = vault.export(exportKey);
    const again = new Vault(backend);
    expect(again.import(exportKey, box)).toBe(true);
    return { vault: again, materialId, blob, box };
  }

  test.each<[string, (vault: Vault) => string]>([
    ['util.inspect with everything shown', (vault) => inspect(vault, everything)],
    ['JSON.stringify', (vault) => JSON.stringify(vault)],
    ['JSON.stringify of its properties', (vault) => JSON.stringify(Object.getOwnPropertyDescriptors(vault))],
    ['String', (vault) => `${String(vault)} ${Object.entries(vault).join()}`],
    ['structuredClone, or its refusal', (vault) => thrown(() => structuredClone(vault))],
    ['v8.serialize, or its refusal', (vault) => thrown(() => serialize(vault))],
    ['an object spread', (vault) => inspect({ ...vault }, everything)],
  ])('does not show the canary to %s', (_name, look) => {
    const seen = look(used().vault);
    expect(seen.length).toBeGreaterThan(10);
    expect(leaks(seen)).toEqual([]);
    expect(leaks(seen, exportKey)).toEqual([]);
  });

  test('its answers do not hold the canary: ids, names, blobs, exports', () => {
    const { vault, materialId, blob, box } = used();
    expect(leaks(materialId)).toEqual([]);
    expect(leaks(inspect(vault.find(blob), everything))).toEqual([]);
    for (const bytes of [blob, box, new Uint8Array(blob.buffer)]) {
      expect(leaks(Buffer.from(bytes).toString('latin1'))).toEqual([]);
      expect(leaks(Buffer.from(bytes).toString('hex'))).toEqual([]);
      expect(leaks(Buffer.from(bytes).toString('latin1'), exportKey)).toEqual([]);
    }
  });

  test('a sealed export holds no half of the canary in hexadecimal, as its plaintext does', () => {
    const sealed = Buffer.from(used().box).toString('latin1');
    const hex = Buffer.from(canary).toString('hex');
    for (let at = 0; at + 8 <= hex.length; at += 2) expect(sealed).not.toContain(hex.slice(at, at + 8));
    expect(sealed).not.toContain('key-1');
  });

  test.each<[string, (vault: Vault, blob: Uint8Array) => unknown]>([
    [
      'a plaintext that is too long',
      (vault) => vault.seal(vault.create('key-1', canary), 'encrypt', context, new Uint8Array(9_000), random),
    ],
    [
      'too few random bytes',
      (vault) => vault.seal(vault.create('key-1', canary), 'encrypt', context, canary, new Uint8Array(3)),
    ],
    ['an export under a short key', (vault) => vault.export(canary.subarray(0, 31))],
    ['an import of noise', (vault) => vault.import(canary, new Uint8Array(500))],
    ['a secret that is no bytes', (vault) => vault.create('key-1', null as unknown as Uint8Array)],
    ['a blob that is no bytes', (vault) => vault.find(null as unknown as Uint8Array)],
    ['opening what was not found', (vault, blob) => vault.open({} as never, context, blob)],
  ])('an error or refusal says nothing of the canary: %s', (_name, mistake) => {
    const { vault, blob } = used();
    expect(leaks(thrown(() => mistake(vault, blob)))).toEqual([]);
  });

  describe('overwrites what it no longer needs', () => {
    /** A backend that keeps hold of the secret bytes that pass through it. */
    function watched(): { vault: Vault; held: Uint8Array[] } {
      const held: Uint8Array[] = [];
      const vault = new Vault({
        name: backend.name,
        sha256: (data) => backend.sha256(data),
        primitives: () => backend.primitives(),
        hmacSha256: (key) => {
          held.push(key);
          return backend.hmacSha256(key);
        },
        gcmSeal: (key, iv, aad, plaintext, out, at) => {
          held.push(key, plaintext);
          backend.gcmSeal(key, iv, aad, plaintext, out, at);
        },
        gcmOpen: (key, iv, aad, sealed, from) => {
          const plaintext = backend.gcmOpen(key, iv, aad, sealed, from);
          held.push(key);
          // Of a message the caller gets what is opened, behind its mark; the rest is erased below.
          if (from === undefined && plaintext !== undefined) held.push(plaintext);
          return plaintext;
        },
      });
      return { vault, held };
    }

    const isErased = (bytes: Uint8Array): boolean => bytes.length > 0 && bytes.every((byte) => byte === 0);

    test('a material, when it is destroyed', () => {
      const { vault, held } = watched();
      const id = vault.create('key-1', canary);
      expect(held.map((bytes) => [...bytes])).toEqual([[...canary]]);
      vault.destroy(id);
      expect(held.map(isErased)).toEqual([true]);
    });

    test('the second copy of a material that is there already', () => {
      const { vault, held } = watched();
      vault.create('key-1', canary);
      vault.create('key-1', canary);
      expect(held.map(isErased)).toEqual([false, true]);
    });

    test('a plaintext and the key of its message, once it is sealed and once it is opened', () => {
      const { vault, held } = watched();
      const blob = vault.seal(vault.create('key-1', new Uint8Array(32)), 'encrypt', context, canary, random);
      if (typeof blob === 'string') expect.fail(`refused: ${blob}`);
      const found = vault.find(blob);
      if (typeof found === 'string') expect.fail(found);
      expect(vault.open(found, context, blob)).toEqual(canary);
      // The secret stays; the plaintexts begin with a mark of 11 bytes that is no secret.
      const [secret, secretAgain, ...passed] = held;
      expect([secret, secretAgain].map((bytes) => bytes?.length)).toEqual([32, 32]);
      expect(passed.map((bytes) => bytes.length)).toEqual([32, 43, 32]);
      expect(passed.map((bytes) => isErased(bytes.subarray(bytes.length - 32)))).toEqual([true, true, true]);
    });

    test('what a MAC keeps of a secret, when the material is named and when it is destroyed', () => {
      const macs: KeyedMac[] = [];
      const vault = new Vault({
        ...backend,
        hmacSha256: (key) => {
          const mac = backend.hmacSha256(key);
          macs.push(mac);
          return mac;
        },
      });
      const id = vault.create('key-1', canary);
      vault.seal(id, 'encrypt', context, canary, random);
      const under = (key: Uint8Array): string => Buffer.from(backend.hmacSha256(key)(random)).toString('hex');
      const answers = (): string[] => macs.map((mac) => Buffer.from(mac(random)).toString('hex'));
      const [naming, sealing] = answers();
      expect([naming === under(canary), sealing === under(canary)]).toEqual([false, true]);
      vault.destroy(id);
      expect(answers()).toEqual([naming, naming]);
    });

    test('the list of secrets in an export and an import', () => {
      const { vault, held } = watched();
      vault.create('key-1', canary);
      const box = vault.export(exportKey);
      vault.import(exportKey, box);
      expect(held.filter((bytes) => bytes.length > 64).map(isErased)).toEqual([true, true]);
    });
  });
});
